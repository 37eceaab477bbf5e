/** One retaining path per node, chosen to be worth reading: the shortest that avoids what explains nothing. */
import type { Heap } from './heap';
import { RetainerSearch } from './retainer-search';
import { edgesBetween } from './targets';
import type { EdgeIndex, NodeOrdinal } from './types';

/** A node on a path and the edge that leads to it; the root has edge -1. */
export interface PathNode {
  readonly node: NodeOrdinal;
  readonly edge: EdgeIndex;
}

export class RetainingTree {
  private readonly search: RetainerSearch;

  constructor(private readonly heap: Heap) {
    this.search = new RetainerSearch(heap, heap.takeRetainerSearch() ?? undefined);
  }

  isReached(ordinal: number): boolean {
    return this.search.reach(ordinal);
  }

  /** Who retains a node on its chosen path; the root's is itself, -1 where nothing essential reaches it. */
  parentOf(ordinal: number): number {
    return this.search.reach(ordinal) ? this.search.parentOf(ordinal) : -1;
  }

  /** Nodes from `ordinal` up to the root, `ordinal` first. */
  *ancestors(ordinal: number): Generator<number> {
    const { root } = this.heap.graph;
    for (let at = ordinal; at >= 0; at = this.parentOf(at)) {
      yield at;
      if (at === root) return;
    }
  }

  /** The path from the root to a node, both included; just the node when nothing essential reaches it. */
  pathTo(ordinal: number): PathNode[] {
    const path: PathNode[] = [];
    for (const node of this.ancestors(ordinal)) {
      const parent = this.parentOf(node);
      const edge = node === this.heap.graph.root || parent < 0 ? -1 : this.edgeBetween(parent, node);
      path.push({ node: node as NodeOrdinal, edge: edge as EdgeIndex });
    }
    return path.reverse();
  }

  /** The best edge of `parent` that leads to `child`; -1 when none keeps it alive. */
  edgeBetween(parent: number, child: number): number {
    const { graph, essential } = this.heap;
    const { edges } = graph;
    let found = -1;
    // A table may have millions of edges.
    for (const edge of edgesBetween(edges.to, child, edges.firstOf(parent), edges.endOf(parent))) {
      if (!essential.has(edge)) continue;
      const type = edges.typeOf(edge);
      if (type !== graph.edgeType.internal && type !== graph.edgeType.hidden) return edge;
      if (found < 0) found = edge;
    }
    return found;
  }
}
