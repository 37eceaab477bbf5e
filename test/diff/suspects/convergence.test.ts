import { describe, expect, it } from 'vitest';
import { convergePaths } from '../../../src/diff/suspects/convergence';
import { RetainingTree } from '../../../src/heap/retaining-tree';
import { MODULE, openProgram, type Program, times } from '../../support/program-heap';

async function converge(edges: string, memberClass: string, nodes: Program['nodes'] = {}) {
  const heap = await openProgram({ edges: `${MODULE}${edges}`, nodes });
  const nameOf = (node: number) => heap.names.get(heap.graph.nodes.name[node]!);
  const members = [...heap.graph.nodes.name.keys()].filter((node) => nameOf(node) === memberClass);
  const found = convergePaths(new RetainingTree(heap), members);
  return found && { node: nameOf(found.node), tail: found.tail.map(nameOf) };
}

describe('convergePaths', () => {
  it('is the last object that most paths go through', async () => {
    const edges = `context $sessions -> map\nmap {table} -> table\n${times(20, (i) => `table #${i} -> entry${i}\nentry${i} .value -> session${i}`)}`;
    const nodes = { entry: { name: 'Entry' }, table: { type: 'array', name: 'table' } };
    expect(await converge(edges, 'Session', nodes)).toEqual({ node: 'table', tail: ['Entry', 'Session'] });
  });

  it('is not led astray by a few that hang elsewhere', async () => {
    const edges = `context $sessions -> array\n${times(20, (i) => `array [${i}] -> session${i}`)}\ncontext $last -> session90\ncontext $first -> session91`;
    expect(await converge(edges, 'Session')).toMatchObject({ node: 'Array' });
  });

  it('is never a member itself', async () => {
    const edges = `context $root -> session0\n${times(20, (i) => `session0 .child${i} -> session${i + 1}`)}`;
    expect((await converge(edges, 'Session'))!.node).not.toBe('Session');
  });

  it('stands behind a member that is on the way to all others', async () => {
    const edges = `context $timers -> list\nlist [0] -> session0\nsession0 .pool -> pool\npool .all -> array\n${times(20, (i) => `array [${i}] -> session${i}`)}`;
    const nodes = { pool: { name: 'Pool' }, list: { name: 'TimersList' }, array: { name: 'Array' } };
    const found = await converge(edges, 'Session', nodes);
    expect(found).toEqual({ node: 'Array', tail: ['Session'] });
  });

  it('stands in front of a list, whose members lead to each other', async () => {
    const edges = `context $queue -> queue\nqueue .head -> session0\n${times(20, (i) => `session${i} .link -> link${i}\nlink${i} .next -> session${i + 1}`)}`;
    const nodes = { queue: { name: 'Queue' }, link: { name: 'Link' } };
    expect((await converge(edges, 'Session', nodes))!.node).toBe('Queue');
  });

  it('shows the way that most of them hang by, not that of the first', async () => {
    const edges = `context $server -> server\nserver .handle -> session0\n${times(20, (i) => `root #${i + 10} -> session${i + 1}`)}`;
    const found = await converge(edges, 'Session', { server: { name: 'Server' } });
    expect(found).toMatchObject({ tail: ['Session'] });
  });

  it('is nothing when nothing reaches them', async () => {
    expect(await converge('context [[1]] -> session1', 'Session')).toBeNull();
  });
});
