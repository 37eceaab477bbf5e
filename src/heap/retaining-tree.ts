/**
 * One retaining path per node, chosen to be worth reading: the shortest that avoids what explains nothing.
 *
 * V8's string table reaches every internalised string, hidden classes and compiled code reach constants, WeakMap entries
 * reach their values: all true, all poor explanations. Breadth first over good edges alone; where that ends, over poor
 * edges into unvisited parts and on over good ones; edges that are bad come last of all. The search goes on only as far
 * as somebody asks: holders of leaks are near the roots, and most of a heap is not.
 */
import { BitVector } from './bit-vector';
import { BAD, createEdgeJudge, GOOD, POOR } from './edge-quality';
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
    this.search = new RetainerSearch(heap);
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
    let found = -1;
    for (let edge = first[parent]!; edge < first[parent + 1]!; edge++) {
      if (to[edge] !== child || !essential.has(edge)) continue;
      const type = edges.typeOf(edge);
      if (type !== graph.edgeType.internal && type !== graph.edgeType.hidden) return edge;
      if (found < 0) found = edge;
    }
    return found;
  }
}

/** Breadth first, from the root on. */
class RetainerSearch {
  /** Who retains each node that was reached, by ordinal. */
  readonly parent: Uint32Array;
  /** Far smaller than `parent`, which most edges need not look at. */
  private readonly reached: BitVector;
  /** A node enters once, when it gets its parent. */
  private readonly queue: Uint32Array;
  private head = 0;
  private tail = 0;
  /** Nodes whose poor edges, and then bad ones, may lead where nothing better did; few nodes have any. */
  private readonly poor: number[] = [];
  private poorHead = 0;
  private readonly bad: number[] = [];
  private badHead = 0;
  private readonly qualityOf: ReturnType<typeof createEdgeJudge>;

  constructor(private readonly heap: Heap) {
    const { nodeCount, root, scratch } = heap.graph;
    this.parent = scratch.take();
    this.queue = scratch.take();
    this.reached = new BitVector(nodeCount);
    this.qualityOf = createEdgeJudge(heap);
    this.visit(root, root);
  }

  /** Goes on until the node is reached or nothing is left; tells which. */
  reach(ordinal: number): boolean {
    const { reached, queue, poor, bad } = this;
    while (!reached.has(ordinal)) {
      if (this.head < this.tail) this.follow(queue[this.head++]!, GOOD, poor);
      else if (this.poorHead < poor.length) this.follow(poor[this.poorHead++]!, POOR, bad);
      else if (this.badHead < bad.length) this.follow(bad[this.badHead++]!, BAD, bad);
      else return false;
    }
    return true;
  }

  private follow(node: number, quality: number, worse: number[]): void {
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
    if (isLeft) worse.push(node);
  }

  private visit(node: number, from: number): void {
    this.reached.add(node);
    this.parent[node] = from;
    this.queue[this.tail++] = node;
  }
}
