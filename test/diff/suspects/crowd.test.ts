/** What a crowd is called. */
import { describe, expect, it } from 'vitest';
import { findCrowds } from '../../../src/diff/suspects/find-suspects';
import { MODULE, openPrograms, times } from '../../support/program-heap';

/** Objects that listen to two events each: their functions share a scope. */
const listeners = (count: number, variables: (i: number) => string) =>
  `${MODULE} context $events -> events
   events .open -> open
   events .close -> close
   ${times(
     count,
     (i) => `open [${i}] -> onOpen${i}\nonOpen${i} {context} -> scope${i}
       close [${i}] -> onClose${i}\nonClose${i} {context} -> scope${i}\n${variables(i)}`,
   )}`;
const nodes = {
  ...{ open: { name: 'Array' }, close: { name: 'Array' }, onOpen: { type: 'closure' }, onClose: { type: 'closure' } },
  ...{ scope: { name: 'system / Context', selfSize: 40 }, page: { name: 'Page', selfSize: 2_000 } },
  table: { name: 'Object', selfSize: 3_000 },
} as const;

async function nameOf(variables: (i: number) => string): Promise<string[]> {
  const { pair } = await openPrograms(
    { edges: listeners(5, variables), nodes },
    { edges: listeners(45, variables), nodes },
  );
  return findCrowds(pair).map(({ classIndex, growthCount }) => `${growthCount} ${pair.classes[classIndex]!.name}`);
}

describe('nameCrowd', () => {
  it('names scopes of functions that are fields of an object by the object', async () => {
    expect(await nameOf((i) => `scope${i} $this -> page${i}`)).toEqual(['40 Page']);
  });

  it('but not where the object is the lesser part of what they hold', async () => {
    const both = (i: number) => `scope${i} $this -> page${i}\nscope${i} $rows -> table${i}`;
    expect(await nameOf(both)).toEqual(['40 system / Context']);
  });
});
