/** The way from a holder to what it holds, in words. */
import { describe, expect, it } from 'vitest';
import { PathReader } from '../../../src/diff/suspects/path-reader';
import { describeTail } from '../../../src/diff/suspects/tail';
import { RetainingTree } from '../../../src/heap/retaining-tree';
import { MODULE, openPrograms, times } from '../../support/program-heap';

const NODES = { entry: { name: 'Entry' }, index: { name: 'Object' } };

/** The way from the module's `object` to one of a dozen sessions. */
async function describeWay(lines: (index: number) => string) {
  const program = { edges: `${MODULE} context $all -> object\n${times(12, lines)}`, nodes: NODES };
  const { pair, after } = await openPrograms(program, program);
  const paths = new PathReader(pair, new RetainingTree(after));
  const all = Array.from({ length: after.graph.nodeCount }, (_, ordinal) => ordinal);
  const sessions = all.filter((ordinal) => paths.className(ordinal) === 'Session');
  const holder = all.find((ordinal) => paths.className(ordinal) === 'Object')!;
  return describeTail(paths, holder, sessions[0]!, sessions);
}

describe('a tail', () => {
  it('of one step through a key or an index is not told', async () => {
    expect(await describeWay((i) => `object .token-${i} -> session${i}`)).toBe('');
    expect(await describeWay((i) => `object #${i} -> session${i}`)).toBe('');
  });

  it('says what all share, but no key, whatever it looks like', async () => {
    const session = (i: number) => `entry${i} .session -> session${i}`;
    expect(await describeWay((i) => `object .token-${i} -> entry${i}\n${session(i)}`)).toBe(
      ', through [key] → session',
    );
    expect(await describeWay((i) => `object .${i}f-${i} -> entry${i}\n${session(i)}`)).toBe(
      ', through [key] → session',
    );
    const nested = (i: number) =>
      `object #${i} -> entry${i}\nentry${i} .byId -> index${i}\nindex${i} .id-${i} -> session${i}`;
    expect(await describeWay(nested)).toBe(', through [] → byId → [key]');
  });

  it('says names of fields though some go by another: the two ends of a list', async () => {
    const way = await describeWay((i) => `object .open -> entry0\nentry0 .${i % 2 ? 'next' : 'last'} -> session${i}`);
    expect(way).toBe(', through open → last');
  });
});
