/**
 * Who retains each node on the way that is told.
 *
 * V8's string table reaches every internalised string, hidden classes and compiled code reach constants, WeakMap entries
 * reach their values: all true, all poor explanations. Breadth first over good edges alone; where that ends, over poor
 * edges into unvisited parts and on over good ones; edges that are bad come last of all. The search goes on only as far
 * as somebody asks: holders of leaks are near the roots, and most of a heap is not.
 */
import { BitVector } from './bit-vector';
import { sharedMemory } from './column-memory';
import { lengthen } from './columns';
import { BAD, createEdgeJudge, GOOD } from './edge-quality';
import type { Graph } from './graph';
import { setTarget, type TargetColumn, targetAt, targetsIn } from './targets';

/** A heap as far as it is searched. */
export interface SearchInputs {
  readonly graph: Graph;
  /** One bit per edge: it keeps its target alive. */
  readonly essential: BitVector;
}

/** A part of the line: where the next node stands, and where the last one ended. */
interface Queue {
  head: number;
  tail: number;
}

/** How far a search has come. Whoever goes on with it writes to the same columns: there can only be one. */
export interface SearchState {
  /** Who retains each node that was reached, by ordinal. */
  readonly parent: TargetColumn;
  /** One bit per node. Far smaller than `parent`, which most edges need not look at. */
  readonly reached: Uint32Array;
  /**
   * Nodes whose edges of each quality are still to be followed: the better ones of all nodes come first. All queues begin
   * where the line does: a node is put into the queue of the next quality once it has left the one before, so each
   * queue has room where that one has no use for it any more.
   */
  line: Uint32Array;
  readonly open: readonly [good: Queue, poor: Queue, bad: Queue];
}

/** What a search goes on with, or begins with. */
export interface SearchMeans {
  readonly state?: SearchState | null;
  /** A column that nobody else needs. */
  readonly line?: Uint32Array;
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
    private readonly heap: SearchInputs,
    { state, line }: SearchMeans = {},
  ) {
    const { nodeCount, root, scratch } = heap.graph;
    const queue = (): Queue => ({ head: 0, tail: 0 });
    this.reached = new BitVector(nodeCount, state?.reached);
    this.state = state ?? {
      parent: targetsIn(scratch.take(), nodeCount),
      line: line ?? scratch.take(), // of which no page is touched that stays empty
      reached: this.reached.words,
      open: [queue(), queue(), queue()],
    };
    this.qualityOf = createEdgeJudge(heap.graph);
    if (!state) this.visit(root, root);
  }

  /** Who retains a node that was reached. */
  parentOf(ordinal: number): number {
    const { ordinals, width } = this.state.parent;
    return targetAt(ordinals, width, ordinal);
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
    const { open, line } = this.state;
    for (let quality = GOOD; quality <= BAD; quality++) {
      const queue = open[quality]!;
      if (queue.head === queue.tail) continue;
      this.follow(line[queue.head++]!, quality);
      return true;
    }
    return false;
  }

  private follow(node: number, quality: number): void {
    const { graph, essential } = this.heap;
    const { edges } = graph;
    const { ordinals, width } = edges.to;
    const { reached, qualityOf } = this;
    let isLeft = false;
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      const target = targetAt(ordinals, width, edge);
      if (reached.has(target) || !essential.has(edge)) continue;
      const found = qualityOf(node, edge);
      if (found === quality) this.visit(target, node);
      else if (found > quality) isLeft = true;
    }
    if (isLeft) this.enqueue(node, quality + 1);
  }

  private visit(node: number, from: number): void {
    this.reached.add(node);
    const { ordinals, width } = this.state.parent;
    setTarget(ordinals, width, node, from);
    if (this.heap.graph.edges.countOf(node) > 0) this.enqueue(node, GOOD);
  }

  private enqueue(node: number, quality: number): void {
    const { state } = this;
    const queue = state.open[quality]!;
    if (queue.tail === state.line.length) state.line = lengthen(state.line, state.line.length * 2, sharedMemory.u32);
    state.line[queue.tail++] = node;
  }
}
