/**
 * One retaining path per node, chosen to be worth reading: the shortest that avoids what explains nothing.
 *
 * V8's string table reaches every internalised string, hidden classes and compiled code reach constants, WeakMap entries
 * reach their values: all true, all poor explanations. Breadth first over good edges alone; where that ends, over poor
 * edges into unvisited parts and on over good ones; edges that are bad come last of all. The search goes on only as far
 * as somebody asks: holders of leaks are near the roots, and most of a heap is not.
 */
import { BitVector } from './bit-vector';
import { positionsOf } from './columns';
import { BAD, createEdgeJudge, GOOD } from './edge-quality';
import type { Heap } from './heap';
import type { EdgeIndex, NodeOrdinal } from './types';

/** A node on a path and the edge that leads to it; the root has edge -1. */
export interface PathNode {
  readonly node: NodeOrdinal;
  readonly edge: EdgeIndex;
}

export class RetainingTree {
  private readonly search: RetainerSearch;

  constructor(private readonly heap: Heap) {
    this.search = new RetainerSearch(heap, heap.takeRetainerSearch());
  }

  isReached(ordinal: number): boolean {
    return this.search.reach(ordinal);
  }

  /** Who retains a node on its chosen path; the root's is itself, -1 where nothing essential reaches it. */
  parentOf(ordinal: number): number {
    return this.search.reach(ordinal) ? this.search.parent[ordinal]! : -1;
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
    const { first, to } = edges;
    const start = first[parent]!;
    let found = -1;
    // A table may have millions of edges.
    for (const at of positionsOf(to.subarray(start, first[parent + 1]), child)) {
      const edge = start + at;
      if (!essential.has(edge)) continue;
      const type = edges.typeOf(edge);
      if (type !== graph.edgeType.internal && type !== graph.edgeType.hidden) return edge;
      if (found < 0) found = edge;
    }
    return found;
  }
}

/** Nodes in line, each of them once. */
interface NodeQueue {
  readonly nodes: Uint32Array;
  head: number;
  tail: number;
}

/** How far a search has come. Whoever goes on with it writes to the same columns: there can only be one. */
export interface SearchState {
  /** Who retains each node that was reached, by ordinal. */
  readonly parent: Uint32Array;
  /** One bit per node. Far smaller than `parent`, which most edges need not look at. */
  readonly reached: Uint32Array;
  /** Nodes whose edges of each quality are still to be followed: the better ones of all nodes come first. */
  readonly open: readonly [good: NodeQueue, poor: NodeQueue, bad: NodeQueue];
}

/** Nodes between two looks at whether to stop. */
const STRIDE = 1024;

/** Breadth first, from the root on. */
export class RetainerSearch {
  readonly state: SearchState;
  private readonly reached: BitVector;
  private readonly qualityOf: ReturnType<typeof createEdgeJudge>;

  /** Begins a search, or goes on with one. */
  constructor(
    private readonly heap: Pick<Heap, 'graph' | 'essential'>,
    state: SearchState | null = null,
  ) {
    const { nodeCount, root, scratch } = heap.graph;
    const column = () => scratch.take(); // of which no page is touched that stays empty
    const queue = (): NodeQueue => ({ nodes: column(), head: 0, tail: 0 });
    this.reached = new BitVector(nodeCount, state?.reached);
    this.state = state ?? { parent: column(), reached: this.reached.words, open: [queue(), queue(), queue()] };
    this.qualityOf = createEdgeJudge(heap.graph);
    if (!state) this.visit(root, root);
  }

  get parent(): Uint32Array {
    return this.state.parent;
  }

  /** Goes on until the node is reached or nothing is left; tells which. */
  reach(ordinal: number): boolean {
    while (!this.reached.has(ordinal)) if (!this.step()) return false;
    return true;
  }

  /** Goes on until nothing is left or somebody says to stop. */
  advance(isStopped: () => boolean): void {
    for (let steps = 1; this.step(); steps++) if (steps % STRIDE === 0 && isStopped()) return;
  }

  /** Follows the edges of one node, the best there are; false when nothing is left. */
  private step(): boolean {
    const { open } = this.state;
    for (let quality = GOOD; quality <= BAD; quality++) {
      const queue = open[quality]!;
      if (queue.head === queue.tail) continue;
      this.follow(queue.nodes[queue.head++]!, quality);
      return true;
    }
    return false;
  }

  private follow(node: number, quality: number): void {
    const { graph, essential } = this.heap;
    const { first, to } = graph.edges;
    const { reached, qualityOf } = this;
    let isLeft = false;
    for (let edge = first[node]!, end = first[node + 1]!; edge < end; edge++) {
      const target = to[edge]!;
      if (reached.has(target) || !essential.has(edge)) continue;
      const found = qualityOf(node, edge);
      if (found === quality) this.visit(target, node);
      else if (found > quality) isLeft = true;
    }
    if (isLeft) this.enqueue(node, quality + 1);
  }

  private visit(node: number, from: number): void {
    const { first } = this.heap.graph.edges;
    this.reached.add(node);
    this.state.parent[node] = from;
    if (first[node] !== first[node + 1]) this.enqueue(node, GOOD);
  }

  private enqueue(node: number, quality: number): void {
    const queue = this.state.open[quality]!;
    queue.nodes[queue.tail++] = node;
  }
}
