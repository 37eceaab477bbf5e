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
import { edgeQualitiesOf } from './edge-quality';
import type { Graph } from './graph';
import { BAD, FOLLOW_CURSOR_LENGTH, FollowCursor, GOOD } from './loops/codes';
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

/** How far a search has come, beside the columns that it fills. */
export interface SearchProgress {
  /**
   * Nodes whose edges of each quality are still to be followed: the better ones of all nodes come first. The queues stand in
   * one line, bad, poor, good: a node is put into the queue of the next quality once it has left the one before, so each
   * queue has room where that one has no use for it any more.
   */
  line: Uint32Array;
  readonly open: readonly [good: Queue, poor: Queue, bad: Queue];
}

/** A search. Whoever goes on with it writes to the same columns: there can only be one. */
export interface SearchState extends SearchProgress {
  /** Who retains each node that was reached, by ordinal. */
  readonly parent: TargetColumn;
  /** One bit per node. Far smaller than `parent`, which most edges need not look at. */
  readonly reached: Uint32Array;
}

/** Nodes whose edges are followed at once, or that are visited at once. */
const MOST_NODES = 1 << 12;

/** Of the length of a queue, how much of the line may be left free before it. */
const MOST_GAP = 0.25;

/** Begins a search at the root. `line` is a column that nobody else needs. */
export function beginSearch({ nodeCount, root, scratch, memory }: Graph, line = scratch.take()): SearchState {
  const queue = (): Queue => ({ head: 0, tail: 0 });
  const reached = BitVector.in(memory, nodeCount);
  const parent = targetsIn(scratch.take(), nodeCount);
  const open = [queue(), queue(), queue()] as const;
  reached.add(root);
  setTarget(parent.ordinals, parent.width, root, root);
  line[open[GOOD].tail++] = root;
  return { parent, line, reached: reached.words, open }; // no page of the line is touched that stays empty
}

/** Breadth first, from the root on. */
export class RetainerSearch {
  private readonly reached: BitVector;
  /** What the loop works on: nodes to follow, where it is, nodes that it visited, and nodes with lesser edges. */
  private readonly lists: Record<'batch' | 'cursor' | 'visited' | 'left', Uint32Array>;

  /** Begins a search, or goes on with one. */
  constructor(
    private readonly heap: SearchInputs,
    readonly state: SearchState = beginSearch(heap.graph),
  ) {
    const { nodeCount, memory } = heap.graph;
    this.reached = new BitVector(nodeCount, state.reached);
    const list = () => memory.u32(MOST_NODES);
    this.lists = { batch: list(), cursor: memory.u32(FOLLOW_CURSOR_LENGTH), visited: list(), left: list() };
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
    while (this.step() && !isStopped());
  }

  /** Follows the best edges there are of some nodes; false when nothing is left. */
  private step(): boolean {
    const { open, line } = this.state;
    for (let quality = GOOD; quality <= BAD; quality++) {
      const { head, tail } = open[quality]!;
      if (head === tail) continue;
      const nodes = line.subarray(head, Math.min(tail, head + MOST_NODES));
      this.lists.batch.set(nodes);
      this.follow(nodes.length, quality);
      return true;
    }
    return false;
  }

  /** Follows nodes of the batch: all of them, or until others have better edges to follow. */
  private follow(length: number, quality: number): void {
    const { graph, essential } = this.heap;
    const { nodes, edges, loops } = graph;
    const { firstNumbered, rare, rareBefore } = edges.labels;
    const { ofLabel, ofSource, ofWord } = edgeQualitiesOf(graph);
    const { open, reached, parent } = this.state;
    const { batch, cursor, visited, left } = this.lists;
    const names = [firstNumbered, rare, rareBefore, nodes.type, nodes.name, ofLabel, ofSource, ofWord] as const;
    const columns = [edges, essential.words, ...names, reached, parent.ordinals, parent.width] as const;
    cursor.fill(0);
    let taken = 0;
    do {
      cursor[FollowCursor.visited] = cursor[FollowCursor.left] = 0;
      loops.followEdges(...columns, batch, cursor, visited, left, MOST_NODES, quality, 0, length);
      open[quality]!.head += cursor[FollowCursor.node]! - taken;
      taken = cursor[FollowCursor.node]!;
      // First those that take the room of nodes which were followed.
      this.enqueue(left.subarray(0, cursor[FollowCursor.left]), quality + 1);
      this.enqueue(visited.subarray(0, cursor[FollowCursor.visited]), GOOD);
    } while (taken < length && cursor[FollowCursor.isOver] === 0);
  }

  /** Where so much of the line was left that it is worth it, the queue of good edges moves up to the other ones. */
  private moveUp(): void {
    const { line, open } = this.state;
    const [good, poor] = open;
    const length = good.tail - good.head;
    if (good.head - poor.tail <= length * MOST_GAP) return;
    line.copyWithin(poor.tail, good.head, good.tail);
    good.head = poor.tail;
    good.tail = good.head + length;
  }

  private enqueue(nodes: Uint32Array, quality: number): void {
    if (nodes.length === 0) return;
    const { state } = this;
    const queue = state.open[quality]!;
    if (quality === GOOD) this.moveUp();
    let room = state.line.length;
    while (queue.tail + nodes.length > room) room *= 2;
    if (room > state.line.length) state.line = lengthen(state.line, room, sharedMemory.u32);
    state.line.set(nodes, queue.tail);
    queue.tail += nodes.length;
  }
}
