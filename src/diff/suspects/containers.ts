/** What holds objects grows by them: the table of a Map, the keys of a dictionary. That is the objects' growth. */
import type { Crowd } from './crowd';
import type { Group, HeapPair } from './groups';

/** Objects that make up this share of what grew in place around them are why it grew. */
const CAUSE_SHARE = 0.25;

interface Growth {
  readonly growthBytes: number;
  readonly growthCount: number;
}

/** Whether `inPlace`, which counts no object, grew because `crowd` was put into it. */
export function isCause(crowd: Growth, inPlace: Growth): boolean {
  return inPlace.growthCount === 0 && crowd.growthCount > 0 && crowd.growthBytes >= inPlace.growthBytes * CAUSE_SHARE;
}

/** Adds what containers grew by in place to the largest crowd that lies right in them. */
export function foldContainers(pair: HeapPair, crowds: readonly Crowd[]): Crowd[] {
  const left = new Map(crowds.map((crowd) => [crowd.group, crowd]));
  for (const { group } of [...crowds].sort((a, b) => b.growthBytes - a.growthBytes)) {
    for (const owner of containersOf(pair, group)) {
      const crowd = left.get(group);
      const container = left.get(owner);
      if (!crowd || !container || !isCause(crowd, { ...container, growthCount: 0 })) continue;
      left.set(group, { ...crowd, growthBytes: crowd.growthBytes + container.growthBytes });
      left.delete(owner);
    }
  }
  return [...left.values()];
}

/** The object of the program that the members of a group lie in, and V8's own stores on the way there. */
function* containersOf({ classes }: HeapPair, { parent }: Group): Generator<Group> {
  for (let at = parent; at?.parent; at = at.parent) {
    yield at;
    if (!classes[at.classIndex]!.isInternal) return;
  }
}
