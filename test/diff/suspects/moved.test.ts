/** What stood elsewhere before is not new. */
import { describe, expect, it } from 'vitest';
import { findAccumulations } from '../../../src/diff/suspects/accumulations';
import { LARGE, openPrograms, type Program, times } from '../../support/program-heap';

/** A module that only V8's registry leads to: the globals do not. */
const module = `
  root #1 -> roots
  roots [1] -> registry
  registry {module} -> load
  load {context} -> context
  load {shared} -> shared
  shared {script} -> script
  context $places -> map
  map {table} -> table
`;
/** As optimized code does: the module's scope is no longer the module's alone. */
const fromCode = 'root #2 -> roots2\nroots2 [5] -> context';
const places = (count: number, nodes = 'session') => times(count, (i) => `table #${i} -> ${nodes}${i}`);

async function accumulate(before: string, after: string, nodes: NonNullable<Program['nodes']> = {}) {
  const { pair } = await openPrograms({ edges: before, nodes }, { edges: after, nodes });
  return findAccumulations(pair).map(({ group, growthBytes, growthCount }) => ({
    name: pair.classes[group.classIndex]!.name,
    ...{ growthBytes, growthCount },
  }));
}

describe('a scope that optimized code has come to refer to', () => {
  it('is no growth', async () => {
    expect(await accumulate(`${module}\n${places(50)}`, `${module}\n${fromCode}\n${places(50)}`)).toEqual([]);
  });

  it('has grown by what was put into it meanwhile', async () => {
    expect(await accumulate(`${module}\n${places(50)}`, `${module}\n${fromCode}\n${places(62)}`)).toEqual([
      { name: 'Session', growthBytes: 12 * LARGE, growthCount: 12 },
    ]);
  });
});

describe('what has left a place', () => {
  it('does not hide what grew beside it', async () => {
    const other = 'load {home} -> array\narray {elements} -> elements';
    const rows = (count: number) => times(count, (i) => `elements [${i}] -> object${i}`);
    const kinds = { object: { name: 'Row', selfSize: 4_000 } };
    const before = `${module}\n${places(50)}\n${other}\n${rows(5)}`;
    const after = `${module}\n${fromCode}\n${places(50)}\n${other}\n${rows(45)}`;
    expect(await accumulate(before, after, kinds)).toEqual([{ name: 'Row', growthBytes: 40 * 4_000, growthCount: 40 }]);
  });
});

describe('objects of a class that all stand at one place now', () => {
  const other = `${module}\ncontext $queue -> array\ncontext $copy -> array1`;
  const queue = (name = 'array') => times(20, (i) => `${name} [${i}] -> session${i}`);
  const grown = (count: number) => [{ name: 'Session', growthBytes: count * LARGE, growthCount: count }];

  it('are no more than there are in the heap, where several owners had them', async () => {
    const before = `${other}\n${queue()}\n${queue('array1')}`;
    expect(await accumulate(before, `${other}\n${places(50)}`)).toEqual(grown(30));
  });

  it('nor where their owner had no name, or the same', async () => {
    const unnamed = `root #2 -> array2\n${queue('array2')}`;
    expect(await accumulate(`${other}\n${unnamed}`, `${other}\n${places(50)}`)).toEqual(grown(30));
    const elsewhere = `${other.replace('$places', '$none')}\nload .held -> object\nobject .places -> map`;
    expect(await accumulate(`${elsewhere}\n${places(20)}`, `${other}\n${places(50)}`)).toEqual(grown(30));
  });

  it('are all new to it where an owner of another name had others', async () => {
    expect(await accumulate(`${other}\n${queue()}`, `${other}\n${places(50)}`)).toEqual(grown(50));
  });

  it('are counted by place as long as others stand elsewhere', async () => {
    const queue = (from: number) => times(20, (i) => `array [${i}] -> session${from + i}`);
    const before = `${module}\nroot #2 -> array\n${queue(0)}`;
    expect(await accumulate(before, `${module}\nroot #2 -> array\n${queue(50)}\n${places(50)}`)).toEqual([
      { name: 'Session', growthBytes: 50 * LARGE, growthCount: 50 },
    ]);
  });

  it('are netted byte by byte once, where they held one another before', async () => {
    const nested = times(10, (i) => `session${i} .next -> session${i + 1}`);
    const before = `${module}\nroot #2 -> session0\n${nested}`;
    expect(await accumulate(before, `${module}\n${places(30)}`)).toEqual([
      { name: 'Session', growthBytes: 19 * LARGE, growthCount: 29 },
    ]);
  });
});
