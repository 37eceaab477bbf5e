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
import { BAD, FOLLOW_STATE_LENGTH, FollowState, GOOD, POOR } from './loops/codes';
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

/** Nodes of a queue whose edges are followed at once, and room for those and as many that come meanwhile. */
const MOST_NODES = 1 << 12;
const QUEUE_LENGTH = MOST_NODES * 2;

/** Of the length of a queue, how much of the line may be left free before it. */
const MOST_GAP = 0.25;

const sizeOfQueue = ({ head, tail }: Queue) => tail - head;

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
  /** What the loop works on. */
  private readonly lists: Record<'goodOnes' | 'lesserOnes' | 'left' | 'progress', Uint32Array>;

  /** Begins a search, or goes on with one. */
  constructor(
    private readonly heap: SearchInputs,
    readonly state: SearchState = beginSearch(heap.graph),
  ) {
    const { nodeCount, memory } = heap.graph;
    this.reached = new BitVector(nodeCount, state.reached);
    const list = () => memory.u32(QUEUE_LENGTH);
    const progress = memory.u32(FOLLOW_STATE_LENGTH);
    this.lists = { goodOnes: list(), lesserOnes: list(), left: list(), progress };
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

  /**
   * Follows the best edges there are of some nodes; false when nothing is left. Only where a queue was loaded whole, nodes
   * that come to its end are next, and lesser edges come after all good ones.
   */
  private step(): boolean {
    const { open } = this.state;
    const [good, poor] = open;
    const { goodOnes, lesserOnes, progress, left } = this.lists;
    const goodLoaded = this.load(good, goodOnes);
    const isWhole = goodLoaded === sizeOfQueue(good);
    const lesser = goodLoaded > 0 || sizeOfQueue(poor) > 0 ? POOR : BAD;
    const lesserLoaded = isWhole ? this.load(open[lesser], lesserOnes) : 0;
    if (goodLoaded + lesserLoaded === 0) return false;
    const mayGoOn = isWhole && lesser === POOR && lesserLoaded === sizeOfQueue(poor);
    progress.fill(0, 0, FollowState.within);
    progress[FollowState.goodTail] = goodLoaded;
    progress[FollowState.lesserTail] = lesserLoaded;
    this.follow(lesser, mayGoOn ? QUEUE_LENGTH : lesserLoaded, isWhole ? QUEUE_LENGTH : goodLoaded);
    const { goodAt, goodTail, lesserAt, lesserTail, leftTail } = FollowState;
    this.unload(good, progress[goodAt]!, goodLoaded);
    this.unload(open[lesser], progress[lesserAt]!, lesserLoaded);
    this.enqueue(left.subarray(0, progress[leftTail]), BAD);
    this.enqueue(lesserOnes.subarray(Math.max(lesserLoaded, progress[lesserAt]!), progress[lesserTail]), POOR);
    this.enqueue(goodOnes.subarray(Math.max(goodLoaded, progress[goodAt]!), progress[goodTail]), GOOD);
    return true;
  }

  /** Puts the first nodes of a queue into one of the loop's; tells how many. */
  private load(queue: Queue, into: Uint32Array): number {
    const length = Math.min(sizeOfQueue(queue), MOST_NODES);
    into.set(this.state.line.subarray(queue.head, queue.head + length));
    return length;
  }

  /** Takes nodes that were loaded out of their queue, if the loop is done with them. */
  private unload(queue: Queue, done: number, loaded: number): void {
    queue.head += Math.min(done, loaded);
  }

  private follow(lesser: number, lesserEnd: number, goodEnd: number): void {
    const { graph, essential } = this.heap;
    const { nodes, edges, loops } = graph;
    const { firstNumbered, rare, rareBefore } = edges.labels;
    const { ofLabel, ofSource, ofWord } = edgeQualitiesOf(graph);
    const { reached, parent } = this.state;
    const { goodOnes, lesserOnes, left, progress } = this.lists;
    const names = [firstNumbered, rare, rareBefore, nodes.type, nodes.name, ofLabel, ofSource, ofWord] as const;
    const columns = [edges, essential.words, ...names, reached, parent.ordinals, parent.width] as const;
    const queues = [goodOnes, lesserOnes, left, progress, QUEUE_LENGTH] as const;
    loops.followEdges(...columns, ...queues, lesser, lesserEnd, 0, goodEnd);
  }

  private enqueue(nodes: Uint32Array, quality: number): void {
    if (nodes.length === 0) return;
    const queue = this.state.open[quality]!;
    if (quality === GOOD) this.moveUp();
    this.makeRoom(quality, queue.tail + nodes.length);
    this.state.line.set(nodes, queue.tail);
    queue.tail += nodes.length;
  }

  /** Where so much of the line was left that it is worth it, the queue of good edges moves up to the other ones. */
  private moveUp(): void {
    const [good, poor] = this.state.open;
    if (good.head - poor.tail > sizeOfQueue(good) * MOST_GAP) this.move(GOOD, poor.tail);
  }

  /**
   * Lets a queue end at `tail`: nodes may be left that never stood in the line. Those behind it move, the last of them, of good
   * edges, makes the line longer.
   */
  private makeRoom(quality: number, tail: number): void {
    if (quality === GOOD) this.reserve(tail);
    else if (tail > this.state.open[quality - 1]!.head) this.move(quality - 1, tail);
  }

  private move(quality: number, head: number): void {
    const queue = this.state.open[quality]!;
    const tail = head + sizeOfQueue(queue);
    this.makeRoom(quality, tail);
    this.state.line.copyWithin(head, queue.head, queue.tail);
    queue.head = head;
    queue.tail = tail;
  }

  private reserve(length: number): void {
    const { state } = this;
    let room = state.line.length;
    while (length > room) room *= 2;
    if (room > state.line.length) state.line = lengthen(state.line, room, sharedMemory.u32);
  }
}
