/** `heapdiff table <label=session>...`: variants of one program side by side, as people post them in an issue. */
import path from 'node:path';
import type { Command } from 'commander';
import type { Variant } from '../diff/variants/compare-variants';
import { HeapdiffError } from '../errors';
import {
  addMemoryOption,
  addSharedOptions,
  checkFormats,
  type MemoryOption,
  readMemoryOption,
  readReportOptions,
  type TableOptions,
} from './options';
import { withProgress } from './progress';
import { readPaths, splitArgument } from './resolve-runs';

interface TableCommandOptions extends TableOptions, MemoryOption {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

const EXAMPLES = `
A variant is one session, full or of mode profile, or two snapshots joined with a
comma. Its verdict tells a leak from memory that an allocator keeps, and from
warm-up; where that cannot be told it says so.

Examples:
  heapdiff table node20=/tmp/a/shop-1-1 node24=/tmp/b/shop-1-1 --markdown
  heapdiff table cache=c/shop-9-1 no-cache=n/shop-9-1
  heapdiff table old=a.heapsnapshot,b.heapsnapshot new=c.heapsnapshot,d.heapsnapshot`;

export function addTable(program: Command): void {
  const command = program
    .command('table')
    .description('variants side by side: memory at the start and after the work, growth, and what it is')
    .argument('[variants...]', 'a session each, with or without a label: old=dir1 new=dir2')
    .option('--json', 'everything, as heapdiff/table@1')
    .option('--markdown', 'for an issue or a pull request');
  addSharedOptions(addMemoryOption(command))
    .addHelpText('after', EXAMPLES)
    .action((args: string[], _: object, self: Command) => runTable(args, self.optsWithGlobals()));
}

async function runTable(args: readonly string[], options: TableCommandOptions): Promise<void> {
  checkFormats(options);
  const notes: string[] = [];
  const variants = resolveVariants(args, notes);
  const { compareVariants } = await import('../diff/variants/compare-variants.js');
  const memory = readMemoryOption(options);
  const compared = await withProgress((onProgress) => compareVariants(variants, { onProgress, ...memory }));
  const report = { ...compared, notes: [...notes, ...compared.notes] };
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(report));
    return;
  }
  const { renderVariants, renderVariantsMarkdown } = await import('../report/render-variants.js');
  const render = options.markdown ? renderVariantsMarkdown : renderVariants;
  process.stdout.write(render(report, readReportOptions(options)));
}

/** Throws USAGE for no variant, and for a folder of several sessions. */
function resolveVariants(args: readonly string[], notes: string[]): Variant[] {
  if (args.length === 0) {
    const todo = 'Name a session each: heapdiff table old=dir1 new=dir2.';
    throw new HeapdiffError('USAGE', { reason: 'no variant to look at.', todo });
  }
  return args.map((arg) => {
    const { label, paths } = splitArgument(arg);
    const sessions = readPaths(paths, notes);
    if (sessions.length > 1) {
      const reason = `${paths.join(',')} holds ${sessions.length} sessions, but a variant is one.`;
      throw new HeapdiffError('USAGE', { reason, todo: `Name one of them, or compare workers: heapdiff runs ${arg}` });
    }
    return { label: label ?? path.basename(paths[0]!), session: sessions[0]! };
  });
}
