/** One heap, ready to be asked: the pipeline from bytes to a graph with dominators, sizes and names. */

import { freeColumns } from './collect-garbage';
import { searchDepthFirst } from './depth-first';
import { propagateDomState } from './dom-state';
import { buildDominatorTree, sumRetainedSizes } from './dominators';
import { EphemeronNames } from './ephemerons';
import { buildGraph, type Graph, resolveLocations } from './graph';
import { Heap } from './heap';
import { availableMemory, estimateNeed, requireMemory } from './memory-budget';
import { NameTable } from './names';
import { markNodes } from './node-marks';
import { PlainObjects } from './plain-objects';
import { readSnapshot } from './read-snapshot';
import { foldInternalSizes } from './shallow-sizes';
import { inferShapes } from './shapes';
import { SiteTable } from './sites';
import { openSource } from './source';

export interface OpenHeapOptions {
  /** Called between steps, and while reading with the share of the input that was read, 0 to 1. */
  readonly onProgress?: (step: string, share: number) => void;
  /** Bytes that this process may take; without it, what the machine or the cgroup has available. */
  readonly maxMemory?: number;
}

/**
 * Opens a snapshot file (`-` is standard input). Throws HeapdiffError for input that is no complete snapshot, and
 * OUT_OF_MEMORY, before it begins, for one that is too large.
 */
export async function openHeap(file: string, options: OpenHeapOptions = {}): Promise<Heap> {
  requireMemory(await estimateNeed(file), availableMemory(options.maxMemory));
  return loadHeap(file, options);
}

/** The same without a look at memory. `onGraph` is called once the file was read. */
export async function loadHeap(
  file: string,
  options: OpenHeapOptions = {},
  onGraph?: (graph: Graph) => void,
): Promise<Heap> {
  const report = options.onProgress ?? (() => undefined);
  // 1. Bytes to columns, checked: no index is out of range from here on.
  const { graph, names, sites, trace } = await readGraph(file, (share) => report('reading', share));
  freeColumns(graph.nodeCount); // those that became too short while they were read
  onGraph?.(graph);
  // 2. Edges that keep something alive.
  report('following edges', 1);
  propagateDomState(graph, names);
  const search = searchDepthFirst(graph, EphemeronNames.of(graph.strings));
  // 3. Who dominates whom.
  report('building the dominator tree', 1);
  const tree = buildDominatorTree(graph, search);
  // 4. Sizes as DevTools shows them.
  foldInternalSizes(graph);
  const retained = sumRetainedSizes(graph, tree);
  // 5. What plain objects look like.
  report('naming classes', 1);
  const marks = markNodes(graph);
  const plain = new PlainObjects(graph, names, marks.plainObjects);
  const shapes = inferShapes(plain);
  freeColumns(graph.nodeCount); // those of the steps
  const { essential } = search;
  return new Heap({ file, graph, names, marks, plain, sites, essential, tree, retained, shapes, ...trace });
}

/** What the file says. A function of its own, so that nothing holds the columns that only reading needs. */
async function readGraph(file: string, onRead: (share: number) => void) {
  const raw = await readSnapshot(await openSource(file), { onRead });
  const graph = buildGraph(raw);
  const names = new NameTable(graph.strings);
  const sites = SiteTable.build(graph, resolveLocations(raw), names);
  const { traceFunctions, traceTree } = raw;
  return { graph, names, sites, trace: { traceFunctions, traceTree } };
}
