/** `heapdiff <before> <after>`, `heapdiff <session-folder>`: the default command. */
import type { Command } from 'commander';
import { HeapdiffError } from '../errors';
import { addSharedOptions, addTableOptions, readReportOptions, type TableOptions } from './options';
import { withProgress } from './progress';
import { resolveInputs } from './resolve-inputs';

interface CompareOptions extends TableOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Makes a command compare: the program itself, and `heapdiff compare`. */
export function defineCompare(command: Command): Command {
  command.argument('[inputs...]', 'two snapshots, before and after (- is standard input), or one session folder');
  addTableOptions(command)
    .option('--json', 'everything, as heapdiff/report@1')
    .option('--markdown', 'for an issue or a pull request');
  return addSharedOptions(command).action((inputs: string[], _: object, self: Command) =>
    runCompare(inputs, self.optsWithGlobals()),
  );
}

export function addCompare(program: Command): void {
  const command = program.command('compare').description('compare two snapshots or a session; the default command');
  defineCompare(command).addHelpText('after', '\nExample:\n  heapdiff compare a.heapsnapshot b.heapsnapshot --top 30');
}

async function runCompare(paths: readonly string[], options: CompareOptions): Promise<void> {
  if (options.json && options.markdown) {
    throw new HeapdiffError('USAGE', { reason: '--json and --markdown exclude each other.' });
  }
  const { notes, ...inputs } = resolveInputs(paths);
  const { diffSnapshots } = await import('../diff/diff-heaps.js');
  const compared = await withProgress((onProgress) => diffSnapshots(inputs, { onProgress }));
  const diff = { ...compared, notes: [...notes, ...compared.notes] };
  const report = readReportOptions(options);
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(diff));
  } else if (options.markdown) {
    const { renderMarkdown } = await import('../report/render-markdown.js');
    process.stdout.write(renderMarkdown(diff, report));
  } else {
    const { renderText } = await import('../report/render-text.js');
    process.stdout.write(renderText(diff, report));
  }
}
