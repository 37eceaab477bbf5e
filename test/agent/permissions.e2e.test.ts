/** Node's permission model: what the agent says, and that what it says is enough. */
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions, REPOSITORY, type TestProject } from '../support/project';
import { useProject } from '../support/use-project';
import { COMMONJS_APP } from './apps';

const project = useProject();

/** Of the Node under test. */
async function readMajor(): Promise<number> {
  const node = new NodeProcess(['--version'], { cwd: project.root });
  await node.ended;
  return Number(/^v(\d+)/.exec(node.stdout.all[0]!)![1]);
}

/** The application may read its code and heapdiff's, and `flags` say what else. */
async function startApp(major: number, flags: readonly string[] = []): Promise<NodeProcess> {
  const model = major >= 22 ? '--permission' : '--experimental-permission';
  const folders = [project.root, fs.realpathSync(REPOSITORY)].map((folder) => path.join(folder, '*'));
  const file = project.write('app.cjs', COMMONJS_APP);
  const outside = path.join(path.dirname(project.root), `${path.basename(project.root)}-sessions`);
  const reading = folders.map((folder) => `--allow-fs-read=${folder}`);
  const app = new NodeProcess([model, ...reading, ...flags, '--require', 'heapdiff/register', file], {
    cwd: project.root,
    env: { HEAPDIFF_DIR: outside },
  });
  await app.stdout.next(/^ready/);
  return app;
}

const outsideOf = ({ root }: TestProject) => `${root}-sessions`;
afterEach(() => fs.rmSync(outsideOf(project), { recursive: true, force: true }));

describe('the permission model', () => {
  it('at install all flags are named that a session needs, and with them it works', async () => {
    const major = await readMajor();
    const app = await startApp(major);
    const line = await app.stderr.next(/permission model forbids/);
    app.signal();
    await app.stderr.next(/permission model forbids the use of/, 2);
    expect(await app.ask('eval 1+1')).toBe('did eval 2');
    await app.stop();
    if (major < 24) {
      expect(line).toMatch(/forbids the inspector, and this version has no flag to allow it: .*permission$/);
      return;
    }
    const flags = line.match(/--allow-\S+/g)!;
    expect(flags).toHaveLength(3);
    const allowed = await startApp(major, flags);
    expect(allowed.stderr.matching(/permission model/)).toEqual([]);
    allowed.signal();
    await allowed.stderr.next(/window open/);
    allowed.signal();
    await allowed.stderr.next(/session complete/);
    expect(readSession(listSessions(outsideOf(project))[0]!).after).not.toBeNull();
  });

  it('without the inspector a signal says so, with the flag where this version has one', async () => {
    const major = await readMajor();
    const everything = path.join(outsideOf(project), '*');
    const app = await startApp(major, [`--allow-fs-read=${everything}`, `--allow-fs-write=${everything}`]);
    app.signal();
    const line = await app.stderr.next(/forbids connecting to the inspector/);
    if (major >= 24) expect(line).toContain('Start Node with --allow-inspector.');
    else expect(line).toMatch(/no flag to allow it: start Node without --(experimental-)?permission/);
    expect(listSessions(outsideOf(project))).toEqual([]);
    expect(await app.ask('eval 1+1')).toBe('did eval 2');
  });
});
