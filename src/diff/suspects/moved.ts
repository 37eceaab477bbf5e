/**
 * Objects that stand elsewhere than they stood before. A place in a dominator tree is not for ever: once optimized code
 * refers to what a module exports, the module's variables hang from the roots, with all that was in them.
 */
import type { Heap } from '../../heap/heap';
import { sampleEvenly } from './convergence';
import { type Group, type GroupedHeap, type HeapPair, INDIRECT } from './groups';
import { Side } from './side';

/** Fewer objects are owners rather than what is owned. */
const CROWD = 8;

/**
 * Where all objects of a class have come to stand at one place, those that there were before are the same ones,
 * wherever they stood: they are not new, and what they hold is no growth. Needs no ids.
 */
export function withMoved({ before, after }: HeapPair, group: Group): Group {
  const { classIndex } = group;
  const areAllHere = group.after.count === after.countOf(classIndex);
  if (!areAllHere || group.before.count >= before.countOf(classIndex)) return group;
  const topmost = findTopmost(before, classIndex);
  return isHandedOn(before, group, topmost) ? group : { ...group, before: topmost };
}

/**
 * Whether one owner has lost a crowd and another one has got a crowd. Dominance alone does not do that: it moves the
 * owner, or what has come to have several owners, which none of them dominates.
 */
function isHandedOn({ heap }: GroupedHeap, { edge, after }: Group, topmost: Side): boolean {
  if (edge === INDIRECT || after.count < CROWD || topmost.count < CROWD) return false;
  const sample = sampleEvenly(topmost.nodes, CROWD);
  return sample.filter((node) => isOwned(heap, node)).length > sample.length / 2;
}

/** An object that its dominator refers to. */
function isOwned({ graph: { edges }, tree }: Heap, node: number): boolean {
  const owner = tree.dominator[node]!;
  return edges.to.subarray(edges.first[owner], edges.first[owner + 1]).includes(node);
}

/** The objects of a class that no other of the class dominates, so that no byte counts twice. */
function findTopmost({ heap, classOf }: GroupedHeap, classIndex: number): Side {
  const { at: nodes, size } = heap.tree;
  const side = new Side();
  // The tree is in preorder: from an object of the class on to the end of what it dominates.
  for (let position = 0; position < nodes.length; ) {
    const node = nodes[position]!;
    const isMember = classOf(node) === classIndex;
    if (isMember) side.add(heap, node);
    position += isMember ? size[position]! : 1;
  }
  return side;
}

/** What has left the places of the heap before, so that growth beside it is not hidden by the loss. */
export class Departures {
  /** Bytes that each object retained that has left, by its position in the tree. */
  private readonly bytes = new Map<number, number>();
  /** The positions, ascending, and the bytes before each and after the last; null when there are new ones. */
  private sums: { readonly positions: number[]; readonly before: number[] } | null = null;

  constructor(private readonly heap: Heap) {}

  note({ nodes }: Side): void {
    const { retained, tree } = this.heap;
    for (const node of nodes) {
      const position = tree.position[node]!;
      this.bytes.set(position, (this.bytes.get(position) ?? 0) + retained[node]!);
    }
    this.sums = null;
  }

  /** Bytes that have left a group: those from below its members, whose subtrees are ranges of positions. */
  from({ before }: Group): number {
    if (this.bytes.size === 0) return 0;
    const { position, size } = this.heap.tree;
    return before.nodes.reduce((sum, node) => {
      const start = position[node]!;
      return sum + this.before(start + size[start]!) - this.before(start + 1);
    }, 0);
  }

  /** Bytes that have left from before a position. */
  private before(end: number): number {
    this.sums ??= this.sumUp();
    const { positions, before } = this.sums;
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (positions[middle]! < end) low = middle + 1;
      else high = middle;
    }
    return before[low]!;
  }

  private sumUp() {
    const positions = [...this.bytes.keys()].sort((a, b) => a - b);
    const before = [0];
    for (const position of positions) before.push(before.at(-1)! + this.bytes.get(position)!);
    return { positions, before };
  }
}
