/** `heapdiff runs <run>...`: what workers cost and how they grow, started one way and another. */
import type { Command } from 'commander';
import {
  addMemoryOption,
  addRowOptions,
  addSharedOptions,
  checkFormats,
  type MemoryOption,
  readMemoryOption,
  readReportOptions,
  type TableOptions,
} from './options';
import { withProgress } from './progress';
import { resolveRuns } from './resolve-runs';

interface RunsCommandOptions extends TableOptions, MemoryOption {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

const EXAMPLES = `
A run is a folder of sessions, one per worker, or one session. Several folders or
snapshots (before,after of each worker) are joined with commas. Each run is
compared with the first.

Examples:
  heapdiff runs preload=/tmp/on non-preload=/tmp/off
  heapdiff runs /tmp/heapdiff              one run: its workers in order of time
  heapdiff runs old=a.heapsnapshot,b.heapsnapshot new=c.heapsnapshot,d.heapsnapshot`;

export function addRuns(program: Command): void {
  const command = program
    .command('runs')
    .description('several workers, started one way and another: cost, growth, and whether they differ beyond noise')
    .argument('[runs...]', 'folders of sessions, with or without a label: preload=dir1 non-preload=dir2');
  addRowOptions(command)
    .option('--json', 'everything, as heapdiff/runs@1')
    .option('--markdown', 'for an issue or a pull request');
  addSharedOptions(addMemoryOption(command))
    .addHelpText('after', EXAMPLES)
    .action((args: string[], _: object, self: Command) => runRuns(args, self.optsWithGlobals()));
}

async function runRuns(args: readonly string[], options: RunsCommandOptions): Promise<void> {
  checkFormats(options);
  const resolved = resolveRuns(args);
  const { compareRuns } = await import('../diff/runs/compare-runs.js');
  const memory = readMemoryOption(options);
  const compared = await withProgress((onProgress) => compareRuns(resolved.runs, { onProgress, ...memory }));
  const report = { ...compared, notes: [...resolved.notes, ...compared.notes] };
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(report));
  } else if (options.markdown) {
    const { renderRunsMarkdown } = await import('../report/render-runs-markdown.js');
    process.stdout.write(renderRunsMarkdown(report, readReportOptions(options)));
  } else {
    const { renderRuns } = await import('../report/render-runs.js');
    process.stdout.write(renderRuns(report, readReportOptions(options)));
  }
}
