/** What holds objects grows by them. */
import { describe, expect, it } from 'vitest';
import { findCrowds } from '../../../src/diff/suspects/find-suspects';
import { LARGE, MODULE, openPrograms, type Program, times } from '../../support/program-heap';

const base = `${MODULE} context $carts -> map\nmap {table} -> table`;
const sessions = (count: number) => times(count, (i) => `table #${i} -> session${i}`);
const sized = (selfSize: number): NonNullable<Program['nodes']> => ({ table: { type: 'array', name: '', selfSize } });

/** Bytes of a Map itself. */
const MAP = 8;

async function crowdsOf(before: Program, after: Program) {
  const { pair } = await openPrograms(before, after);
  return findCrowds(pair).map(({ classIndex, growthBytes, growthCount }) => ({
    name: pair.classes[classIndex]!.name,
    ...{ growthBytes, growthCount },
  }));
}

describe('a container', () => {
  it('that grew by the objects in it counts for them', async () => {
    const before = { edges: `${base}\n${sessions(5)}`, nodes: sized(1_000) };
    const after = { edges: `${base}\n${sessions(45)}`, nodes: sized(31_000) };
    expect(await crowdsOf(before, after)).toEqual([
      { name: 'Session', growthBytes: 40 * LARGE + 30_000, growthCount: 40 },
    ]);
  });

  it('that is as new as the objects in it is not told beside them', async () => {
    const after = { edges: `${base}\n${sessions(40)}`, nodes: sized(30_000) };
    expect(await crowdsOf({ edges: MODULE }, after)).toEqual([
      { name: 'Session', growthBytes: 40 * LARGE + 30_000 + MAP, growthCount: 40 },
    ]);
  });

  it('that grew by far more is told apart', async () => {
    const before = { edges: `${base}\n${sessions(5)}`, nodes: sized(1_000) };
    const after = { edges: `${base}\n${sessions(15)}`, nodes: sized(901_000) };
    const crowds = await crowdsOf(before, after);
    expect(crowds.map(({ growthBytes }) => growthBytes).sort()).toEqual([10 * LARGE, 900_000]);
  });
});
