/** `heapdiff <before> <after>`, `heapdiff <session-folder>`, `heapdiff a b c …`: the default command. */
import type { Command } from 'commander';
import type { DetailRequest, DiffOptions } from '../diff/diff-heaps';
import type { HeapDiff } from '../diff/types';
import { HeapdiffError } from '../errors';
import {
  addMemoryOption,
  addSharedOptions,
  addTableOptions,
  checkFormats,
  type MemoryOption,
  parsePositive,
  readMemoryOption,
  readReportOptions,
  type TableOptions,
} from './options';
import { withProgress } from './progress';
import { type ResolvedInputs, resolveInputs } from './resolve-inputs';

export interface CompareOptions extends TableOptions, MemoryOption {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly suspect?: number;
  readonly values?: boolean;
}

/** Makes a command compare: the program itself, and `heapdiff compare`. */
export function defineCompare(command: Command): Command {
  command.argument(
    '[inputs...]',
    'two snapshots, before and after (- is standard input), or one session folder; or several in order',
  );
  addReportOptions(command);
  return addSharedOptions(command).action((inputs: string[], _: object, self: Command) =>
    runCompare(inputs, self.optsWithGlobals()),
  );
}

/** How a comparison is shown. */
export function addReportOptions(command: Command): Command {
  return addMemoryOption(addTableOptions(command))
    .option('--json', 'everything, as heapdiff/report@1')
    .option('--markdown', 'for an issue or a pull request')
    .option('--suspect <n>', 'look at one suspect closely: path, members, stacks, shapes', parsePositive)
    .option('--values', 'with --suspect: also short beginnings of strings (they may be secrets)');
}

export function addCompare(program: Command): void {
  const command = program.command('compare').description('compare two snapshots or a session; the default command');
  defineCompare(command).addHelpText('after', '\nExample:\n  heapdiff compare a.heapsnapshot b.heapsnapshot --top 30');
}

/** Throws what reading and comparing throw; see `resolveInputs`. */
export async function runCompare(paths: readonly string[], options: CompareOptions): Promise<void> {
  checkOptions(options);
  const resolved = resolveInputs(paths);
  const compared = await withProgress((onProgress) =>
    compare(resolved, { onProgress, ...readMemoryOption(options), ...readDetailRequest(options) }),
  );
  const diff = { ...compared, notes: [...resolved.notes, ...compared.notes] };
  const report = readReportOptions(options);
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(diff));
  } else if (options.markdown) {
    const { renderMarkdown } = await import('../report/render-markdown.js');
    process.stdout.write(renderMarkdown(diff, report));
  } else if (diff.suspectDetails) {
    const { renderSuspectDetails } = await import('../report/render-suspect-details.js');
    process.stdout.write(renderSuspectDetails(diff, report));
  } else {
    const { renderText } = await import('../report/render-text.js');
    process.stdout.write(renderText(diff, report));
  }
}

async function compare({ kind, inputs }: ResolvedInputs, options: DiffOptions): Promise<HeapDiff> {
  switch (kind) {
    case 'pair': {
      const { diffSnapshots } = await import('../diff/diff-heaps.js');
      return diffSnapshots(inputs, options);
    }
    case 'series': {
      const { diffSeries } = await import('../diff/series/diff-series.js');
      return diffSeries(inputs, options);
    }
    case 'profile': {
      const { diffProfile } = await import('../diff/profile/diff-profile.js');
      const diff = diffProfile(inputs, options);
      if (!inputs.after) return diff;
      const { addHolders } = await import('../diff/profile/held-at-end.js');
      return addHolders(diff, inputs.after, options);
    }
  }
}

/** Throws USAGE for options that contradict each other. */
export function checkOptions({ json, markdown, suspect, values }: CompareOptions): void {
  checkFormats({ json, markdown });
  const conflicts: [boolean, string][] = [
    [suspect !== undefined && markdown === true, '--suspect and --markdown exclude each other.'],
    [suspect === undefined && values === true, '--values needs --suspect.'],
  ];
  for (const [isConflict, reason] of conflicts) if (isConflict) throw new HeapdiffError('USAGE', { reason });
}

function readDetailRequest({ suspect, values }: CompareOptions): DetailRequest {
  return suspect === undefined ? {} : { suspect, values: values ?? false };
}
