/**
 * Objects that stand elsewhere than they stood before. A place in a dominator tree is not for ever: once optimized code
 * refers to what a module exports, the module's variables hang from the roots, with all that was in them.
 */
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
