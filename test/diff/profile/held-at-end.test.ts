/** What one heap holds, without another to compare it with. */
import { describe, expect, it } from 'vitest';
import { findHolders } from '../../../src/diff/profile/held-at-end';
import { LARGE, MODULE, openProgram, times } from '../../support/program-heap';

const find = async (edges: string, nodes = {}) =>
  findHolders(await openProgram({ edges: `${MODULE}${edges}`, nodes })).map(
    ({ count, constructor: held, ...rest }) => ({
      ...{ count, name: held.name, bytes: rest.bytes, label: rest.holder.label },
    }),
  );

describe('findHolders', () => {
  it('finds accumulations, largest first, each with the bytes that are its own', async () => {
    const sessions = times(20, (i) => `table1 #${i} -> session${i}`);
    const drafts = times(10, (i) => `elements1 #${i} -> draft${i}`);
    const edges = `context $sessions -> map1\nmap1 {table} -> table1\n${sessions}
      context $drafts -> array1\narray1 {elements} -> elements1\n${drafts}`;
    expect(await find(edges, { draft: { name: 'Draft', selfSize: LARGE } })).toEqual([
      { count: 20, name: 'Session', bytes: 20 * LARGE, label: 'sessions' },
      { count: 10, name: 'Draft', bytes: 10 * LARGE, label: 'drafts' },
    ]);
  });

  it('looks into the one of many that is larger than all others', async () => {
    const modules = times(20, (i) => `context .m${i} -> object${i}`);
    const sessions = times(20, (i) => `table1 #${i} -> session${i}`);
    const edges = `${modules}\nobject7 .sessions -> map1\nmap1 {table} -> table1\n${sessions}`;
    expect(await find(edges)).toEqual([{ count: 20, name: 'Session', bytes: 20 * LARGE, label: 'm7.sessions' }]);
  });

  it('finds nothing where nothing is large', async () => {
    expect(await find(times(20, (i) => `context $n${i} -> object${i}`))).toEqual([]);
  });
});
