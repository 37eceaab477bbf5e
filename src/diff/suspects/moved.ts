/**
 * Objects that stand elsewhere than they stood before. A place in a dominator tree is not for ever: once optimized code
 * refers to what a module exports, the module's variables hang from the roots, with all that was in them.
 */
import { dominatorOf, subtreeEnd } from '../../heap/dominators';
import type { Heap } from '../../heap/heap';
import { INDEXED, INDIRECT } from './edge-names';
import { ANY_NAME, CROWD, type Group, type GroupedHeap, type HeapPair } from './groups';
import { Side } from './side';

/** From an object over an array's elements, or a Map's table, to the name of the array or Map. */
const MOST_STEPS = 4;

/**
 * Where all objects of a class have come to stand at one place, those that there were before are the same ones,
 * wherever they stood: they are not new, and what they hold is no growth. Needs no ids.
 */
export function withMoved(pair: HeapPair, group: Group): Group {
  const { before, after } = pair;
  const { classIndex } = group;
  const areAllHere = group.after.count === after.countOf(classIndex);
  if (!areAllHere || group.before.count >= before.countOf(classIndex)) return group;
  const topmost = findTopmost(before, classIndex);
  return isHandedOn(pair, group, topmost) ? group : { ...group, before: topmost };
}

/**
 * Whether an owner of one name has lost a crowd and another one has got a crowd. Dominance alone does not do that: it moves
 * the owner with all that it holds, or what has come to have several owners, which none of them dominates.
 */
function isHandedOn({ before, classes }: HeapPair, group: Group, topmost: Side): boolean {
  if (group.after.count < CROWD || topmost.count < CROWD) return false; // owners rather than what is owned
  const isInside = ({ edge, classIndex }: Pick<Group, 'edge' | 'classIndex'>) =>
    edge === INDEXED || classes[classIndex]!.isInternal;
  let owned = group;
  while (owned.parent?.parent && isInside(owned)) owned = owned.parent;
  const formerly = formerSteps(before, topmost.nodes[topmost.count >> 1]!).find((step) => !isInside(step));
  const names = [owned.edge, formerly?.edge];
  return names[0] !== names[1] && !names.some((name) => !name || name === INDIRECT || name === ANY_NAME);
}

/** How a node hangs from its dominator, that from its own, and so on: enough steps for an entry of a Map or an array. */
function formerSteps({ heap: { tree }, edgeNames, classOf }: GroupedHeap, node: number) {
  const steps: { edge: string; classIndex: number }[] = [];
  for (let at = node; steps.length < MOST_STEPS; at = dominatorOf(tree, at)) {
    steps.push({ edge: edgeNames.nameOf(dominatorOf(tree, at), at), classIndex: classOf(at) });
  }
  return steps;
}

/** The objects of a class that no other of the class dominates, so that no byte counts twice. */
function findTopmost({ heap, classOf }: GroupedHeap, classIndex: number): Side {
  const { tree } = heap;
  const side = new Side();
  // The tree is in preorder: from an object of the class on to the end of what it dominates.
  for (let position = 0; position < tree.at.length; ) {
    const node = tree.at[position]!;
    const isMember = classOf(node) === classIndex;
    if (isMember) side.add(heap, node);
    position = isMember ? subtreeEnd(tree, position) : position + 1;
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
    const { tree } = this.heap;
    for (const node of nodes) {
      const position = tree.position[node]!;
      this.bytes.set(position, (this.bytes.get(position) ?? 0) + this.heap.retainedOf(node));
    }
    this.sums = null;
  }

  /** Bytes that have left a group: those from below its members, whose subtrees are ranges of positions. */
  from({ before }: Group): number {
    if (this.bytes.size === 0) return 0;
    const { tree } = this.heap;
    return before.nodes.reduce((sum, node) => {
      const start = tree.position[node]!;
      return sum + this.before(subtreeEnd(tree, start)) - this.before(start + 1);
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
