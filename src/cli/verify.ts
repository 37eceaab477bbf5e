/** `heapdiff verify FILE`: every number held against Chrome DevTools' own engine. */
import type { Command } from 'commander';
import { EXIT } from '../errors';
import {
  addMemoryOption,
  addSharedOptions,
  type MemoryOption,
  readMemoryOption,
  readReportOptions,
  type TableOptions,
} from './options';
import { withProgress } from './progress';

interface VerifyOptions extends TableOptions, MemoryOption {
  readonly json?: boolean;
}

const EXAMPLE = `
Opens the file with heapdiff and with the DevTools engine, and compares node
counts, shallow size, retained size and distance of every node, and count, sizes
and distance of every class. Slow; needs the memory that DevTools would need.
Exit status 5 when a number differs.

Example:
  heapdiff verify b.heapsnapshot`;

export function addVerify(program: Command): void {
  const command = program
    .command('verify')
    .description("compare heapdiff's numbers with Chrome DevTools' on one heap")
    .argument('<file>', 'a snapshot')
    .option('--json', 'the result as JSON');
  addSharedOptions(addMemoryOption(command))
    .addHelpText('after', EXAMPLE)
    .action((file: string, _: object, self: Command) => runVerify(file, self.optsWithGlobals()));
}

async function runVerify(file: string, options: VerifyOptions): Promise<void> {
  if (file === '-') {
    const { HeapdiffError } = await import('../errors.js');
    throw new HeapdiffError('USAGE', {
      reason: 'verify reads its input twice, standard input cannot be.',
      todo: 'Name a file.',
    });
  }
  const { openHeap } = await import('../heap/open-heap.js');
  const { verifyHeap } = await import('../heap/verify-heap.js');
  const verification = await withProgress(async (onProgress) => {
    const heap = await openHeap(file, { onProgress, ...readMemoryOption(options) });
    onProgress('comparing with the DevTools engine', 1);
    return verifyHeap(heap);
  });
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson({ file, ...verification }));
  } else {
    const { renderVerification } = await import('../report/render-verification.js');
    process.stdout.write(renderVerification(verification, file, readReportOptions(options)));
  }
  if (verification.differenceCount > 0) process.exitCode = EXIT.different;
}
