/** `heapdiff path FILE WHAT`: why an object, or all objects of a constructor, are alive. */
import type { Command } from 'commander';
import {
  addMemoryOption,
  addSharedOptions,
  type MemoryOption,
  parsePositive,
  readMemoryOption,
  readReportOptions,
  type TableOptions,
} from './options';
import { withProgress } from './progress';

interface PathCommandOptions extends TableOptions, MemoryOption {
  readonly json?: boolean;
}

const EXAMPLES = `
Objects of a constructor are grouped by the way they are reached: what differs
from one to the next is shown as [] or [key], a chain of any length once.

Examples:
  heapdiff path b.heapsnapshot Session
  heapdiff path b.heapsnapshot '{id, token}'     plain objects by their shape
  heapdiff path b.heapsnapshot onClose           closures by their function
  heapdiff path b.heapsnapshot @4711             one object, and who else holds it`;

export function addPath(program: Command): void {
  const command = program
    .command('path')
    .description('retaining paths: who keeps an object, or all objects of a constructor, alive')
    .argument('<file>', 'a snapshot')
    .argument('<what>', 'the id of a node, as DevTools and heapdiff show it, or the name of a constructor')
    .option('--top <n>', 'different paths shown (default: 10)', parsePositive)
    .option('--json', 'all of them, as heapdiff/paths@1');
  addSharedOptions(addMemoryOption(command))
    .addHelpText('after', EXAMPLES)
    .action((file: string, what: string, _: object, self: Command) => runPath(file, what, self.optsWithGlobals()));
}

async function runPath(file: string, what: string, options: PathCommandOptions): Promise<void> {
  const { openHeap } = await import('../heap/open-heap.js');
  const { explainPaths } = await import('../diff/paths/explain-paths.js');
  const heap = await withProgress((onProgress) => openHeap(file, { onProgress, ...readMemoryOption(options) }));
  const report = explainPaths(heap, what, options.top === undefined ? {} : { most: options.top });
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(report));
    return;
  }
  const { renderPaths } = await import('../report/render-paths.js');
  process.stdout.write(renderPaths(report, readReportOptions(options)));
}
