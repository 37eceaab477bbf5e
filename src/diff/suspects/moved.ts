/**
 * Objects that stand elsewhere than they stood before. A place in a dominator tree is not for ever: once optimized code
 * refers to what a module exports, the module's variables hang from the roots, with all that was in them.
 */
import type { Heap } from '../../heap/heap';
import type { Group, GroupedHeap, HeapPair } from './groups';
import { Side } from './side';

/**
 * Where all objects of a class have come to stand at one place, those that there were before are the same ones,
 * wherever they stood: they are not new, and what they hold is no growth. Needs no ids.
 */
export function withMoved({ before, after }: HeapPair, group: Group): Group {
  const { classIndex } = group;
  const areAllHere = group.after.count === after.countOf(classIndex);
  if (!areAllHere || group.before.count >= before.countOf(classIndex)) return group;
  return { ...group, before: findTopmost(before, classIndex) };
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
  /** Bytes, by the nodes that dominated what has left. */
  private readonly bytes = new Map<number, number>();

  constructor(private readonly heap: Heap) {}

  note({ nodes }: Side): void {
    const { dominator } = this.heap.tree;
    const left = new Map<number, number>();
    for (const node of nodes) add(left, dominator[node]!, this.heap.retained[node]!);
    for (const [owner, bytes] of left) {
      for (let at = owner; at !== this.heap.graph.root; at = dominator[at]!) add(this.bytes, at, bytes);
    }
  }

  /** Bytes that have left a group. */
  from({ before }: Group): number {
    return this.bytes.size === 0 ? 0 : before.nodes.reduce((sum, node) => sum + (this.bytes.get(node) ?? 0), 0);
  }
}

function add(sums: Map<number, number>, key: number, bytes: number): void {
  sums.set(key, (sums.get(key) ?? 0) + bytes);
}
