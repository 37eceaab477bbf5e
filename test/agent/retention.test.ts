import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyRetention, type Retention } from '../../src/agent/retention';
import { entryOf } from '../../src/agent/session-folder';
import { createProject, listSessions, type TestProject } from '../support/project';

let project: TestProject;
beforeEach(() => {
  project = createProject();
  fs.mkdirSync(path.join(project.dir, '.agents'), { recursive: true });
});
afterEach(() => project.remove());

/** A complete session of 1,000 bytes; a later `nth` is newer. */
function store(name: string, nth: number): void {
  const folder = path.join(project.dir, name);
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'a.heapsnapshot'), 'x'.repeat(998));
  fs.writeFileSync(path.join(folder, 'record.json'), '{}');
  fs.utimesSync(path.join(folder, 'record.json'), nth, nth);
}

/** Names that are left. */
async function retain(limits: Partial<Retention>): Promise<string[]> {
  await applyRetention(project.dir, 'shop', { keep: 0, maxBytes: 0, ...limits });
  return listSessions(project.dir).map((folder) => path.basename(folder));
}

describe('applyRetention', () => {
  it('keeps the newest sessions of the application, whatever their names', async () => {
    store('shop-9-1', 1);
    store('shop-10-1', 3);
    store('shop-9-2', 2);
    expect(await retain({ keep: 2 })).toEqual(['shop-10-1', 'shop-9-2']);
  });

  it('keeps as many of the newest as fit into so many bytes, but the newest always', async () => {
    for (const nth of [1, 2, 3]) store(`shop-9-${nth}`, nth);
    expect(await retain({ maxBytes: 2500 })).toEqual(['shop-9-2', 'shop-9-3']);
    expect(await retain({ maxBytes: 10 })).toEqual(['shop-9-3']);
  });

  it('keeps all without limits', async () => {
    for (const nth of [1, 2, 3]) store(`shop-9-${nth}`, nth);
    expect(await retain({})).toHaveLength(3);
  });

  it('touches no other application, no open session, no link, and nothing that is not a session', async () => {
    store('shop-9-9', 99);
    store('shop-admin-9-1', 1);
    store('shop-9-1', 1);
    fs.writeFileSync(entryOf(path.join(project.dir, 'shop-9-1')), '{}');
    fs.mkdirSync(path.join(project.dir, 'shop-9-2'));
    fs.mkdirSync(path.join(project.root, 'elsewhere'));
    fs.writeFileSync(path.join(project.root, 'elsewhere', 'record.json'), '{}');
    fs.symlinkSync(path.join(project.root, 'elsewhere'), path.join(project.dir, 'shop-9-3'));
    const all = ['shop-9-1', 'shop-9-2', 'shop-9-3', 'shop-9-9', 'shop-admin-9-1'];
    expect(await retain({ keep: 1 })).toEqual(all);
    expect(fs.readdirSync(path.join(project.root, 'elsewhere'))).toEqual(['record.json']);
  });
});
