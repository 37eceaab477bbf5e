import { describe, expect, it } from 'vitest';
import { INDEXED } from '../../../src/diff/suspects/edge-names';
import { gatherKeys, gatherKin, gatherMixed } from '../../../src/diff/suspects/gather';
import { ANY_NAME, type Group, growthOf, type HeapPair } from '../../../src/diff/suspects/groups';
import { Side } from '../../../src/diff/suspects/side';
import type { Heap } from '../../../src/heap/heap';

const OBJECT = 1;
/** A thousand objects of 100 bytes. */
const heap = {
  retainedOf: () => 100,
  shallowOf: () => 10,
  graph: {
    nodes: { type: new Uint8Array(1000).fill(OBJECT) },
    nodeType: { object: OBJECT, closure: 2, synthetic: 3 },
  },
} as unknown as Heap;
const names = ['Outbox', 'OrderPaid', 'OrderSent', 'OrderLost', 'Object'];
const pair = {
  after: { heap },
  classes: names.map((name) => ({ name, function: null, location: null, isInternal: false })),
} as unknown as HeapPair;

function side(count: number): Side {
  const objects = new Side();
  for (let node = 0; node < count; node++) objects.add(heap, node);
  return objects;
}

const top: Group = { parent: null, edge: '', classIndex: 0, before: side(1), after: side(1) };
const parent: Group = { parent: top, edge: 'outbox', classIndex: 0, before: side(1), after: side(1) };

/** Objects of a class of which there were some, and came some. */
const child = (classIndex: number, before: number, came: number, edge = INDEXED): Group => ({
  ...{ parent, edge, classIndex },
  ...{ before: side(before), after: side(before + came) },
});

const countsOf = (groups: readonly Group[]) => groups.map(({ before, after }) => [before.count, after.count]);

describe('entries of many classes', () => {
  const events = () => [child(1, 5, 40), child(2, 5, 40), child(3, 5, 30)];
  const gather = (children: readonly Group[], spreads: boolean, smallest = 8000) =>
    gatherMixed(pair, parent, children, { smallest, spreads: () => spreads });

  it('are one group, called by the class that grew most', () => {
    const [mixed, ...others] = gather(events(), true);
    expect(others).toEqual([]);
    expect(mixed).toMatchObject({ edge: ANY_NAME, classIndex: 1, classNames: new Set(names.slice(1, 4)) });
    expect(countsOf([mixed!])).toEqual([[15, 125]]);
    expect(growthOf(mixed!)).toBe(11_000);
  });

  it('stay as they are where that is no growth by new objects, too little, or mostly of one class', () => {
    for (const left of [gather(events(), false), gather(events(), true, 20_000)]) {
      expect(countsOf(left)).toEqual(countsOf(events()));
    }
    expect(gather([...events(), child(4, 0, 200)], true)).toHaveLength(4);
  });

  it('are none where what holds them is a root of V8’s', () => {
    expect(gatherMixed(pair, top, events(), { smallest: 0, spreads: () => true })).toHaveLength(3);
  });
});

it('keys that all grew are one group; one that has most of the growth is looked into by itself', () => {
  const keys = Array.from({ length: 12 }, (_, n) => child(4, 3, 4, `key${n}`));
  const [sum, ...others] = gatherKeys(pair, parent, keys, 4000);
  expect(others).toEqual([]);
  expect(countsOf([sum!])).toEqual([[36, 84]]);
  expect(countsOf(keys)).toEqual(keys.map(() => [3, 7]));
  expect(gatherKeys(pair, parent, [...keys, child(4, 3, 300, 'all')], 4000)).toHaveLength(13);
});

it('kin are called by the kind of which most came, and are a crowd together', () => {
  const kinds = [child(1, 2, 3, 'a'), child(1, 2, 6, 'b'), child(2, 9, 2)];
  const [kin, ...others] = gatherKin(pair, kinds, 900);
  expect(others).toEqual([]);
  expect(countsOf([kin!])).toEqual([[4, 13]]);
  expect(gatherKin(pair, kinds, 901)).toEqual([]);
});
