/** What each mode captures, in real processes. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { startInstallingApp } from '../support/installing-app';
import { listSessions } from '../support/project';
import { useProject } from '../support/use-project';

const project = useProject();

describe('modes', () => {
  it('profile: no snapshot, and says so', async () => {
    const app = await startInstallingApp(project, { mode: 'profile' });
    await app.ask('eval handle.start()');
    await app.ask('leak 20000');
    await app.ask('eval handle.capture()');
    const { before, after, profile, record } = readSession(listSessions(project.dir)[0]!);
    expect([before, after]).toEqual([null, null]);
    expect(fs.readFileSync(profile!, 'utf8')).toContain('createSession');
    expect(record.skipped.map(({ what }) => what)).toEqual(['a.heapsnapshot', 'b.heapsnapshot']);
    expect(record.after.pauseMs).toBeLessThan(2000);
  });

  it('identity: ids of A and B name the same objects', async () => {
    const shared = async (identity: boolean) => {
      const app = await startInstallingApp(project, { identity });
      await app.ask('eval handle.start()');
      await app.ask('leak 5000');
      await app.ask('eval handle.capture()');
      const { before, after, record } = readSession(listSessions(project.dir).at(-1)!);
      expect(record.idsComparable).toBe(identity);
      await app.stop();
      return compareIds(before!, after!);
    };
    expect(await shared(true)).toBeGreaterThan(0.99);
    expect(await shared(false)).toBeLessThan(0.6);
  });

  it('trace: B holds exact stacks', async () => {
    const app = await startInstallingApp(project, { mode: 'trace' });
    await app.ask('eval handle.start()');
    expect(await app.stderr.next(/window open/)).toMatch(/50-120 times slower .* captures by itself after 60\.0 s/);
    await app.ask('leak 500');
    await app.ask('eval handle.capture()');
    const { after, profile, record } = readSession(listSessions(project.dir)[0]!);
    const { trace_function_infos, snapshot, strings } = JSON.parse(fs.readFileSync(after!, 'utf8'));
    const stride = snapshot.meta.trace_function_info_fields.length;
    const nameAt = snapshot.meta.trace_function_info_fields.indexOf('name');
    const names = trace_function_infos.filter((_: number, at: number) => at % stride === nameAt);
    expect(names.map((name: number) => strings[name])).toContain('createSession');
    expect(profile).toBeNull();
    expect(record).toMatchObject({ captureMode: 'trace', idsComparable: true });
  });

  it('trace: no stack is lost where V8 compacts the heap, and the record says what it took', async () => {
    const flags = ['--expose-gc', '--compact-on-every-full-gc'];
    const app = await startInstallingApp(project, { mode: 'trace' }, { flags });
    await app.ask('eval handle.start()');
    // Objects get their ids by a timer of V8's; those moved afterwards would lose their stacks.
    const collect =
      'new Promise((done) => { let n = 0; const turn = () => { gc(); n++ < 20 ? setTimeout(turn, 25) : done(n); }; turn(); })';
    await app.ask('leak 500');
    await app.ask(`eval ${collect}`);
    await app.ask('eval handle.capture()');
    const { after, record } = readSession(listSessions(project.dir)[0]!);
    const stacks = readTraceIds(after!, 'Session').filter((id) => id !== 0);
    expect(stacks.length).toBeGreaterThanOrEqual(500);
    expect(record.traceCost!.windowMs).toBeGreaterThan(0);
    await app.stderr.next(/traced while the process grew by/);
  });

  it('trace: captures by itself when the process has grown too far', async () => {
    const app = await startInstallingApp(project, { mode: 'trace', traceLimitBytes: 1_048_576 });
    await app.ask('eval handle.start()');
    await app.ask('eval globalThis.filled = Buffer.alloc(64e6, 1)');
    await app.stderr.next(/: limit of mode trace/);
    await app.stderr.next(/session complete/);
  });

  it('trace: captures by itself when its time is over', async () => {
    const app = await startInstallingApp(project, { mode: 'trace', traceLimitMs: 200 });
    app.signal();
    await app.stderr.next(/: limit of mode trace/);
    await app.stderr.next(/session complete/);
    expect(readSession(listSessions(project.dir)[0]!).record.closedBy).toBe('limit');
  });
});

/** The allocation stack's id of every object of a class; 0: none. */
function readTraceIds(file: string, name: string): number[] {
  const { nodes, strings, snapshot } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const fields: string[] = snapshot.meta.node_fields;
  const [typeAt, nameAt, traceAt] = ['type', 'name', 'trace_node_id'].map((field) => fields.indexOf(field));
  const object = snapshot.meta.node_types[0].indexOf('object');
  const ids: number[] = [];
  for (let at = 0; at < nodes.length; at += fields.length) {
    const isOne = nodes[at + typeAt!] === object && strings[nodes[at + nameAt!]] === name;
    if (isOne) ids.push(nodes[at + traceAt!]);
  }
  return ids;
}

/** Share of the objects of A whose id names, in B, a node of the same name. */
function compareIds(before: string, after: string): number {
  const names = readNames(after);
  let same = 0;
  let all = 0;
  for (const [id, name] of readNames(before)) {
    if (!names.has(id)) continue;
    all += 1;
    if (names.get(id) === name) same += 1;
  }
  return same / all;
}

function readNames(file: string): Map<number, string> {
  const { snapshot, nodes, strings } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const fields: string[] = snapshot.meta.node_fields;
  const [stride, name, id] = [fields.length, fields.indexOf('name'), fields.indexOf('id')];
  const names = new Map<number, string>();
  for (let at = 0; at < nodes.length; at += stride) names.set(nodes[at + id], strings[nodes[at + name]]);
  return names;
}
