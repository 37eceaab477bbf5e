/** Heaps between threads: columns are shared, not copied; what is an object is taken apart and put together again. */
import { BitVector } from './bit-vector';
import { sharedMemory } from './column-memory';
import { ColumnPool } from './column-pool';
import { type EdgeColumns, EdgeTable } from './edges';
import type { Graph } from './graph';
import { Heap, type HeapParts } from './heap';
import { IdSet, type PackedIds } from './id-set';
import type { LentMemory } from './kernel/kernel-memory';
import { borrowWorkspace, lendMemory } from './loops/workspace';
import { NameTable } from './names';
import { type PackedMarks, packMarks, unpackMarks } from './node-marks';
import { PlainObjects } from './plain-objects';
import { type PackedSites, SiteTable } from './sites';
import { type PackedStrings, StringTable } from './strings';

export interface PackedGraph {
  readonly plain: Omit<Graph, 'strings' | 'scratch' | 'edges' | 'memory' | 'loops'>;
  readonly edges: EdgeColumns;
  readonly strings: PackedStrings;
  /** Columns of the graph's scratch pool. The graph that was packed has them no more. */
  readonly spare: Uint32Array[];
  /** What the kernel works in. */
  readonly lent: LentMemory | null;
}

export interface PackedHeap extends Omit<HeapParts, 'graph' | 'names' | 'marks' | 'plain' | 'sites' | 'essential'> {
  readonly graph: PackedGraph;
  readonly ids: PackedIds;
  readonly derivedNames: readonly string[];
  readonly marks: PackedMarks;
  readonly sites: PackedSites;
  readonly essential: Uint32Array;
}

export function packGraph(graph: Graph): PackedGraph {
  const { strings, scratch, edges, memory: _memory, loops: _loops, ...plain } = graph;
  return { plain, edges, strings: strings.pack(), spare: scratch.drain(), lent: lendMemory(graph, plain.nodeCount) };
}

export function unpackGraph({ plain, edges, strings, spare, lent }: PackedGraph): Graph {
  return {
    ...plain,
    edges: new EdgeTable(edges),
    strings: StringTable.unpack(strings),
    scratch: new ColumnPool(plain.nodeCount, sharedMemory, spare),
    ...borrowWorkspace(lent),
  };
}

/** Takes a heap apart into what structured cloning passes on. */
export function packHeap(heap: Heap): PackedHeap {
  const { file, names, marks, sites, essential, tree, retained, shapes, traceFunctions, traceTree } = heap;
  return {
    ...{ file, tree, retained, shapes, traceFunctions, traceTree },
    ids: heap.ids.pack(),
    graph: packGraph(heap.graph),
    derivedNames: names.pack(),
    marks: packMarks(marks),
    sites: sites.pack(),
    essential: essential.words,
  };
}

export function unpackHeap(packed: PackedHeap): Heap {
  const graph = unpackGraph(packed.graph);
  const names = new NameTable(graph.strings, packed.derivedNames);
  const marks = unpackMarks(packed.marks, graph.nodeCount);
  const heap = new Heap({
    ...packed,
    graph,
    names,
    marks,
    plain: new PlainObjects(graph, names, marks.plainObjects),
    sites: SiteTable.unpack(packed.sites),
    essential: new BitVector(graph.edgeCount, packed.essential),
  });
  heap.adoptIds(IdSet.unpack(packed.ids));
  return heap;
}
