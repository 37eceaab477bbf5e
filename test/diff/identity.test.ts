import { describe, expect, it } from 'vitest';
import { compareIdentity } from '../../src/diff/identity';
import { MODULE, openProgram, times } from '../support/program-heap';

const edges = `${MODULE} context $sessions -> map\nmap {table} -> table\n${times(50, (i) => `table #${i} -> session${i}`)}`;

describe('compareIdentity', () => {
  it('takes ids as comparable when nodes of one id are of one kind', async () => {
    const before = await openProgram({ edges });
    const after = await openProgram({ edges: `${edges}\n${times(9, (i) => `table #${60 + i} -> session${60 + i}`)}` });
    expect(compareIdentity(before, after)).toEqual({ comparable: true, agreement: 1 });
  });

  it('does not when ids collide by chance', async () => {
    const before = await openProgram({ edges });
    // The same ids, two objects further: strings where Sessions were.
    const other = edges.replaceAll('session', 'text');
    const after = await openProgram({ edges: other, nodes: { text: { type: 'string', name: 'text' } } });
    const { comparable, agreement } = compareIdentity(before, after);
    expect(comparable).toBe(false);
    expect(agreement).toBeGreaterThan(0);
    expect(agreement).toBeLessThan(0.5);
  });

  it('does not when no id is common', async () => {
    const before = await openProgram({ edges });
    const after = await openProgram({ edges, idOffset: 100_000 });
    expect(compareIdentity(before, after)).toEqual({ comparable: false, agreement: 0 });
  });
});
