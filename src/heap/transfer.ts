/** Heaps between threads: columns are shared, not copied; what is an object is taken apart and put together again. */
import { BitVector } from './bit-vector';
import { ColumnPool } from './column-pool';
import { type EdgeColumns, EdgeTable } from './edges';
import type { Graph } from './graph';
import { Heap, type HeapParts } from './heap';
import { NameTable } from './names';
import { type PackedSites, SiteTable } from './sites';
import { type PackedStrings, StringTable } from './strings';

export interface PackedHeap extends Omit<HeapParts, 'graph' | 'names' | 'sites' | 'essential'> {
  readonly graph: Omit<Graph, 'strings' | 'scratch' | 'edges'>;
  readonly edges: EdgeColumns;
  readonly strings: PackedStrings;
  readonly derivedNames: readonly string[];
  readonly sites: PackedSites;
  readonly essential: Uint32Array;
}

/** Takes a heap apart into what structured cloning passes on. */
export function packHeap(heap: Heap): PackedHeap {
  const { file, names, sites, essential, tree, retained, shapes, traceFunctions, traceTree } = heap;
  const { strings, scratch: _, edges, ...graph } = heap.graph;
  return {
    ...{ file, tree, retained, shapes, traceFunctions, traceTree, graph, edges },
    strings: strings.pack(),
    derivedNames: names.pack(),
    sites: sites.pack(),
    essential: essential.words,
  };
}

export function unpackHeap(packed: PackedHeap): Heap {
  const strings = StringTable.unpack(packed.strings);
  return new Heap({
    ...packed,
    graph: {
      ...packed.graph,
      strings,
      edges: new EdgeTable(packed.edges),
      scratch: new ColumnPool(packed.graph.nodeCount),
    },
    names: new NameTable(strings, packed.derivedNames),
    sites: SiteTable.unpack(packed.sites),
    essential: new BitVector(packed.graph.edgeCount, packed.essential),
  });
}
