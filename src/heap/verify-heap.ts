/**
 * Holds a heap against Chrome DevTools' own engine (heap-snapshot-toolkit), number by number. Slow and memory hungry,
 * as that engine is: for tests, and for users who want to see that the numbers agree.
 */
import { HeapdiffError } from '../errors';
import type { Heap } from './heap';
import { openSource } from './source';

/** The parts of DevTools' `JSHeapSnapshot` that are compared. */
interface DevToolsSnapshot {
  readonly nodeCount: number;
  readonly totalSize: number;
  readonly retainedSizes: Float64Array;
  readonly nodeDistances: Int32Array;
  readonly nodeFieldCount: number;
  readonly nodes: { getValue(index: number): number };
  readonly nodeSelfSizeOffset: number;
  aggregatesWithFilter(filter: object): Record<string, DevToolsAggregate>;
}

interface DevToolsAggregate {
  readonly name: string;
  readonly count: number;
  readonly self: number;
  readonly maxRet: number;
  readonly distance: number;
}

export interface Verification {
  /** Numbers that were compared. */
  readonly compared: number;
  /** The first differences, one sentence each; empty when everything agrees. */
  readonly differences: readonly string[];
  readonly differenceCount: number;
  /** Class rows that DevTools loses because another of the same name overwrites them; heapdiff keeps both. */
  readonly overwrittenClasses: readonly string[];
}

const MOST_SENTENCES = 20;
/** What is compared of a class. Of several rows with one key DevTools shows one, so any of ours may be it. */
const COMPARED = ['count', 'self', 'maxRet', 'distance'] as const;

/** Opens `heap`'s file again with DevTools' engine and compares all nodes and classes. */
export async function verifyHeap(heap: Heap): Promise<Verification> {
  const devTools = await openWithDevTools(heap.file);
  const comparison = new Comparison();
  comparison.number('node count', heap.graph.nodeCount, devTools.nodeCount);
  comparison.number('total size', heap.totalBytes, devTools.totalSize);
  compareNodes(heap, devTools, comparison);
  const overwrittenClasses = compareClasses(heap, devTools, comparison);
  return { ...comparison.result(), overwrittenClasses };
}

async function openWithDevTools(file: string): Promise<DevToolsSnapshot> {
  const { parse } = await import('heap-snapshot-toolkit');
  const source = await openSource(file);
  const decoder = new TextDecoder();
  const text = new ReadableStream<string>({
    async start(controller) {
      for await (const block of source.blocks()) controller.enqueue(decoder.decode(block, { stream: true }));
      controller.enqueue(decoder.decode());
      controller.close();
    },
  });
  try {
    return (await parse(text as never)) as unknown as DevToolsSnapshot;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause).split('\n')[0];
    throw new HeapdiffError('DEVTOOLS_REFUSES', { file, reason }, cause);
  }
}

function compareNodes(heap: Heap, devTools: DevToolsSnapshot, comparison: Comparison): void {
  const { graph, distances } = heap;
  const count = Math.min(graph.nodeCount, devTools.nodeCount);
  for (let ordinal = 0; ordinal < count; ordinal++) {
    const row = ordinal * devTools.nodeFieldCount;
    const selfSize = devTools.nodes.getValue(row + devTools.nodeSelfSizeOffset);
    const node = () => `node ${ordinal} (@${graph.nodes.id[ordinal]})`;
    comparison.number(() => `shallow size of ${node()}`, heap.shallowOf(ordinal), selfSize);
    comparison.number(() => `retained size of ${node()}`, heap.retainedOf(ordinal), devTools.retainedSizes[ordinal]!);
    comparison.number(() => `distance of ${node()}`, distances[ordinal]!, devTools.nodeDistances[ordinal]!);
  }
}

/** Compares classes by DevTools' own key; returns the names of rows that DevTools overwrote. */
function compareClasses(heap: Heap, devTools: DevToolsSnapshot, comparison: Comparison): string[] {
  const ours = new Map<string, DevToolsAggregate[]>();
  for (const row of heap.groupAsDevTools().classes) {
    if (row.count === 0) continue;
    const { location } = row;
    const key = location
      ? `${location.scriptId},${location.line - 1},${location.column - 1},${row.name}`
      : `,${row.name}`;
    const aggregate = { ...row, self: row.shallowSize, maxRet: row.retainedSize };
    ours.set(key, [...(ours.get(key) ?? []), aggregate]);
  }
  const overwritten: string[] = [];
  for (const [key, theirs] of Object.entries(devTools.aggregatesWithFilter({}))) {
    const rows = ours.get(key) ?? [];
    const row = rows.find((candidate) => COMPARED.every((field) => candidate[field] === theirs[field])) ?? rows[0];
    for (const field of COMPARED) {
      comparison.number(`${field} of class ${theirs.name} (${key})`, row?.[field] ?? Number.NaN, theirs[field]);
    }
    for (const other of rows) if (other !== row) overwritten.push(other.name);
    ours.delete(key);
  }
  for (const key of ours.keys()) comparison.number(`class (${key})`, 1, 0);
  return overwritten;
}

class Comparison {
  private compared = 0;
  private differenceCount = 0;
  private readonly differences: string[] = [];

  number(what: string | (() => string), ours: number, theirs: number): void {
    this.compared++;
    if (ours === theirs) return;
    this.differenceCount++;
    if (this.differences.length === MOST_SENTENCES) return;
    const subject = typeof what === 'string' ? what : what();
    this.differences.push(`${subject}: heapdiff ${ours}, DevTools ${theirs}`);
  }

  result() {
    return { compared: this.compared, differences: this.differences, differenceCount: this.differenceCount };
  }
}
