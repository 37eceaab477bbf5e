import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeLeftOvers } from '../../src/agent/left-overs';
import { describeSelf, isGone, type Owner, SILENCE_MS } from '../../src/agent/owner';
import { createSessionFolder, discardFolder, entryOf, settleFolder } from '../../src/agent/session-folder';
import { createProject, listSessions, readMode, type TestProject } from '../support/project';

let project: TestProject;
beforeEach(() => {
  project = createProject();
});
afterEach(() => project.remove());

/** No process has had this pid since boot: its start time is another. */
const DEAD: Owner = { ...describeSelf(), startTicks: 1 };
const ELSEWHERE: Owner = { ...describeSelf(), space: 'other-host pid:[1]' };

/** A session folder that looks as if `owner` had begun it. */
function begin(owner: Owner, files: readonly string[]): string {
  const folder = createSessionFolder(project.dir, 'app', 1);
  fs.writeFileSync(entryOf(folder), JSON.stringify(owner));
  for (const name of files) fs.writeFileSync(path.join(folder, name), name);
  return folder;
}

describe('createSessionFolder', () => {
  it('takes the first free number, and says who is writing there until the session is complete', async () => {
    const first = createSessionFolder(project.dir, 'app', 1);
    expect(path.basename(first)).toBe(`app-${process.pid}-1`);
    expect(readMode(first)).toBe('700');
    expect(JSON.parse(fs.readFileSync(entryOf(first), 'utf8'))).toEqual(describeSelf());
    const second = createSessionFolder(project.dir, 'app', 1);
    expect(path.basename(second)).toBe(`app-${process.pid}-2`);
    settleFolder(first);
    await discardFolder(second);
    expect(fs.readdirSync(path.join(project.dir, '.agents'))).toEqual([]);
    expect(listSessions(project.dir)).toEqual([first]);
  });

  it('passes over a link planted at the name it would take', () => {
    fs.mkdirSync(project.dir);
    const planted = path.join(project.dir, `app-${process.pid}-1`);
    fs.symlinkSync(project.root, planted);
    expect(createSessionFolder(project.dir, 'app', 1)).toBe(path.join(project.dir, `app-${process.pid}-2`));
    expect(fs.existsSync(entryOf(planted))).toBe(false);
  });
});

describe('isGone', () => {
  it('goes by the process where its pid means something, else by its last sign of life', () => {
    const now = Date.now();
    expect(isGone(describeSelf(), 0)).toBe(false);
    expect(isGone(DEAD, now)).toBe(true);
    expect(isGone(ELSEWHERE, now)).toBe(false);
    expect(isGone(ELSEWHERE, now - SILENCE_MS - 1000)).toBe(true);
  });
});

describe('removeLeftOvers', () => {
  it('removes what a dead process has begun, and no file of a living one', async () => {
    const dead = begin(DEAD, ['a.heapsnapshot', 'b.heapsnapshot.partial']);
    const alive = begin(describeSelf(), ['a.heapsnapshot']);
    const elsewhere = begin(ELSEWHERE, ['a.heapsnapshot']);
    await removeLeftOvers(project.dir);
    expect(listSessions(project.dir)).toEqual([alive, elsewhere]);
    expect(fs.existsSync(entryOf(dead))).toBe(false);
    expect(fs.existsSync(entryOf(alive))).toBe(true);
  });

  it('never removes a complete session, only what never got its name', async () => {
    const folder = begin(DEAD, ['record.json', 'b.heapsnapshot', 'b.heapsnapshot.gz.partial']);
    await removeLeftOvers(project.dir);
    expect(fs.readdirSync(folder)).toEqual(['b.heapsnapshot', 'record.json']);
  });

  it('leaves alone what no agent has entered as its own', async () => {
    const folder = begin(DEAD, []);
    fs.rmSync(entryOf(folder));
    fs.mkdirSync(path.join(project.dir, 'reports'));
    fs.writeFileSync(path.join(project.dir, '.agents', 'notes.txt'), 'mine');
    await removeLeftOvers(project.dir);
    expect(listSessions(project.dir)).toEqual([folder, path.join(project.dir, 'reports')]);
    expect(fs.readdirSync(path.join(project.dir, '.agents'))).toEqual(['notes.txt']);
  });

  it('removes presence files of the dead, but not of agents it cannot see', async () => {
    const agents = path.join(project.dir, '.agents');
    begin(DEAD, []);
    for (const [name, owner] of Object.entries({ '1.json': DEAD, '2.json': ELSEWHERE })) {
      const file = path.join(agents, name);
      fs.writeFileSync(file, JSON.stringify({ schema: 'heapdiff/agent@1', ...owner }));
      fs.utimesSync(file, 0, 0);
    }
    await removeLeftOvers(project.dir);
    expect(fs.readdirSync(agents)).toEqual(['2.json']);
  });

  it('is content with a directory that does not exist', async () => {
    await expect(removeLeftOvers(path.join(project.root, 'nowhere'))).resolves.toBeUndefined();
  });
});
