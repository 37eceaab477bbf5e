import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { completeFile, createPartial, writeComplete, writeCompleteSync } from '../../src/agent/complete-file';
import { PARTIAL } from '../../src/agent/directory';
import { completeSnapshot, completeSnapshotSync } from '../../src/agent/snapshot-file';
import { createProject, readMode, type TestProject } from '../support/project';

let project: TestProject;
let file: string;
beforeEach(() => {
  project = createProject();
  fs.mkdirSync(project.dir);
  file = path.join(project.dir, 'record.json');
});
afterEach(() => project.remove());

describe.each([
  ['writeComplete', writeComplete, PARTIAL],
  ['writeCompleteSync', async (name: string, text: string) => writeCompleteSync(name, text), `.last${PARTIAL}`],
] as const)('%s', (_, write, suffix) => {
  it('leaves the whole file and nothing else, for the owner only', async () => {
    await write(file, 'text');
    expect(fs.readFileSync(file, 'utf8')).toBe('text');
    expect(fs.readdirSync(project.dir)).toEqual(['record.json']);
    expect(readMode(file)).toBe('600');
  });

  it('neither follows nor keeps a link planted at the partial name', async () => {
    const victim = project.write('victim', 'precious');
    fs.symlinkSync(victim, file + suffix);
    await expect(write(file, 'text')).rejects.toThrow(/EEXIST/);
    expect(fs.readFileSync(victim, 'utf8')).toBe('precious');
    expect(fs.readdirSync(project.dir)).toEqual([]);
  });

  it('replaces a link planted at the final name, without following it', async () => {
    const victim = project.write('victim', 'precious');
    fs.symlinkSync(victim, file);
    await write(file, 'text');
    expect(fs.readFileSync(victim, 'utf8')).toBe('precious');
    expect(fs.lstatSync(file).isFile()).toBe(true);
  });

  it('writes nothing through a link in place of the folder', async () => {
    fs.renameSync(project.dir, `${project.dir}-moved`);
    fs.symlinkSync(`${project.dir}-moved`, project.dir);
    await expect(write(file, 'text')).rejects.toThrow(/has been replaced/);
    expect(fs.readdirSync(`${project.dir}-moved`)).toEqual([]);
  });
});

describe('a partial file', () => {
  it('is created anew, and gets its name when it is complete', async () => {
    createPartial(file);
    expect(() => createPartial(file)).toThrow(/EEXIST/);
    fs.writeFileSync(file + PARTIAL, 'text');
    await completeFile(file);
    expect(fs.readdirSync(project.dir)).toEqual(['record.json']);
  });

  it('that is cut off never becomes a snapshot', async () => {
    const snapshot = path.join(project.dir, 'a.heapsnapshot');
    fs.writeFileSync(snapshot + PARTIAL, '{"strings":["a","b');
    completeSnapshotSync(snapshot);
    expect(fs.existsSync(snapshot)).toBe(false);
    await expect(completeSnapshot(snapshot)).rejects.toThrow(/writing .*a\.heapsnapshot failed: the file was cut off/);
    expect(fs.readdirSync(project.dir)).toEqual([]);
    fs.writeFileSync(snapshot + PARTIAL, '{"strings":["a","b"]}');
    await completeSnapshot(snapshot);
    expect(fs.readdirSync(project.dir)).toEqual(['a.heapsnapshot']);
  });
});
