/** One heap, ready to be asked: the pipeline from bytes to classes. */
import type { BitVector } from './bit-vector';
import { nameClasses } from './class-names';
import { type ClassInputs, type ClassTable, groupAsDevTools, groupBySite } from './classes';
import { measureDistances } from './distances';
import { propagateDomState } from './dom-state';
import { buildDominatorTree, type DominatorTree, sumRetainedSizes } from './dominators';
import { findEphemeronNames } from './ephemerons';
import { findEssentialEdges } from './essential-edges';
import { buildGraph, type Graph } from './graph';
import { NameTable } from './names';
import { readSnapshot } from './read-snapshot';
import type { TraceTree } from './scan/trace-tree-reader';
import { foldInternalSizes } from './shallow-sizes';
import type { ShapeDefinition } from './shapes';
import { SiteTable } from './sites';
import { openSource } from './source';
import type { UintColumn } from './types';

export interface Heap {
  readonly file: string;
  readonly graph: Graph;
  readonly names: NameTable;
  readonly sites: SiteTable;
  /** One bit per edge: it keeps its target alive. */
  readonly essential: BitVector;
  readonly tree: DominatorTree;
  /** Bytes, by ordinal. */
  readonly retained: Float64Array;
  /** By ordinal; see `measureDistances`. */
  readonly distances: Int32Array;
  /** Bytes: what the root retains, and native memory that the header adds. DevTools' total. */
  readonly totalBytes: number;
  readonly shapes: readonly ShapeDefinition[];
  /** Classes by name, definition site and defining function. */
  readonly classes: ClassTable;
  readonly traceFunctions: ReadonlyMap<string, UintColumn> | null;
  readonly traceTree: TraceTree | null;
}

export interface OpenHeapOptions {
  /** Called between steps, and while reading with the share of the input that was read, 0 to 1. */
  readonly onProgress?: (step: string, share: number) => void;
}

/** Opens a snapshot file (`-` is standard input). Throws HeapdiffError for input that is no complete snapshot. */
export async function openHeap(file: string, options: OpenHeapOptions = {}): Promise<Heap> {
  const report = options.onProgress ?? (() => undefined);
  // 1. Bytes to columns, checked: no index is out of range from here on.
  const raw = await readSnapshot(await openSource(file), { onRead: (share) => report('reading', share) });
  const graph = buildGraph(raw);
  const names = new NameTable(graph.strings);
  // 2. Edges that keep something alive, and how far everything is from the roots.
  report('following edges', 1);
  propagateDomState(graph, names);
  const ephemerons = findEphemeronNames(graph.strings);
  const essential = findEssentialEdges(graph, ephemerons);
  const distances = measureDistances(graph, ephemerons);
  // 3. Who dominates whom.
  report('building the dominator tree', 1);
  const tree = buildDominatorTree(graph, essential);
  // 4. Sizes as DevTools shows them.
  foldInternalSizes(graph);
  const retained = sumRetainedSizes(tree, graph.nodes.selfSize);
  // 5. Where things are defined.
  report('naming classes', 1);
  const sites = SiteTable.build(graph, names);
  const { nameOf, shapes } = nameClasses(graph, names);
  // 6. Classes, when somebody asks for them.
  let classes: ClassTable | undefined;
  return {
    file,
    graph,
    names,
    sites,
    essential,
    tree,
    retained,
    distances,
    totalBytes: retained[graph.root]! + graph.extraNativeBytes,
    shapes,
    get classes() {
      classes ??= groupBySite({ graph, names, sites, tree, retained, distances, nameOf });
      return classes;
    },
    traceFunctions: raw.traceFunctions,
    traceTree: raw.traceTree,
  };
}

/** Classes as DevTools' summary view groups them. Not kept with the heap: only `summary` and `verify` ask. */
export function devToolsClasses(heap: Heap): ClassTable {
  return groupAsDevTools(classInputs(heap, heap.shapes));
}

/** Classes with plain objects named by the given shapes, so that two heaps can be compared by one set. */
export function classesByShapes(heap: Heap, shapes: readonly ShapeDefinition[]): ClassTable {
  return groupBySite(classInputs(heap, shapes));
}

function classInputs(heap: Heap, shapes: readonly ShapeDefinition[]): ClassInputs {
  return { ...heap, nameOf: nameClasses(heap.graph, heap.names, shapes).nameOf };
}
