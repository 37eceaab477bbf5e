/** `heapdiff summary FILE`: one heap. */
import { type Command, InvalidArgumentError } from 'commander';
import {
  addMemoryOption,
  addSharedOptions,
  addTableOptions,
  type MemoryOption,
  readMemoryOption,
  readReportOptions,
  type TableOptions,
} from './options';
import { withProgress } from './progress';

interface SummaryOptions extends TableOptions, MemoryOption {
  readonly json?: boolean;
  readonly node?: readonly number[];
}

const EXAMPLES = `
Examples:
  heapdiff summary b.heapsnapshot --top 30
  heapdiff summary b.heapsnapshot --filter Session --sort count
  heapdiff summary b.heapsnapshot --node 4711 --node 4713 --json`;

export function addSummary(program: Command): void {
  const command = program
    .command('summary')
    .description('the constructors of one heap')
    .argument('<file>', 'a snapshot');
  addTableOptions(command)
    .option('--node <id>', 'also show the node with this id; may be repeated', collectId)
    .option('--json', 'everything, as heapdiff/summary@1');
  addSharedOptions(addMemoryOption(command))
    .addHelpText('after', EXAMPLES)
    .action((file: string, _: object, self: Command) => runSummary(file, self.optsWithGlobals()));
}

async function runSummary(file: string, options: SummaryOptions): Promise<void> {
  const { openHeap } = await import('../heap/open-heap.js');
  const { summarizeHeap } = await import('./summarize-heap.js');
  const heap = await withProgress((onProgress) => openHeap(file, { onProgress, ...readMemoryOption(options) }));
  const summary = summarizeHeap(heap, options.node ?? []);
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(summary));
    return;
  }
  const { renderSummary } = await import('../report/render-summary.js');
  process.stdout.write(renderSummary(summary, readReportOptions(options)));
}

/** DevTools writes ids with an `@`. */
function collectId(value: string, ids: readonly number[] = []): readonly number[] {
  const id = /^@?(\d{1,16})$/.exec(value)?.[1];
  if (id === undefined) throw new InvalidArgumentError('It must be the id of a node.');
  return [...ids, Number(id)];
}
