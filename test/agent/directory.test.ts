import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertOwnFolder, prepareDirectory } from '../../src/agent/directory';
import { createProject, readMode, type TestProject } from '../support/project';

let project: TestProject;
beforeEach(() => {
  project = createProject();
});
afterEach(() => project.remove());

const isRoot = process.getuid?.() === 0;

describe('prepareDirectory', () => {
  it("makes the folder and the agents' own, for the owner only", () => {
    prepareDirectory(path.join(project.dir, 'deep'));
    for (const name of ['deep', 'deep/.agents']) expect(readMode(path.join(project.dir, name))).toBe('700');
    expect(() => prepareDirectory(path.join(project.dir, 'deep'))).not.toThrow();
  });

  it('refuses a link in place of the folder, and follows none', () => {
    const elsewhere = path.join(project.root, 'elsewhere');
    fs.mkdirSync(elsewhere);
    fs.symlinkSync(elsewhere, project.dir);
    expect(() => prepareDirectory(project.dir)).toThrow(/is a symbolic link/);
    expect(fs.readdirSync(elsewhere)).toEqual([]);
  });

  it("refuses a link in place of the agents' own folder", () => {
    const elsewhere = path.join(project.root, 'elsewhere');
    fs.mkdirSync(elsewhere);
    fs.mkdirSync(project.dir);
    fs.symlinkSync(elsewhere, path.join(project.dir, '.agents'));
    expect(() => prepareDirectory(project.dir)).toThrow(/\.agents is a symbolic link/);
  });

  it('refuses a file', () => {
    const file = project.write('sessions', '');
    expect(() => prepareDirectory(file)).toThrow(/cannot hold sessions: .*sessions is not a folder/);
  });

  it.runIf(isRoot)('refuses a folder that another user owns', () => {
    fs.mkdirSync(project.dir);
    fs.chownSync(project.dir, 65_534, 65_534);
    expect(() => prepareDirectory(project.dir)).toThrow(/belongs to user 65534, who could replace/);
  });
});

describe('assertOwnFolder', () => {
  it('notices what was put in the place of a folder', () => {
    fs.mkdirSync(project.dir);
    expect(() => assertOwnFolder(project.dir)).not.toThrow();
    fs.renameSync(project.dir, `${project.dir}-moved`);
    expect(() => assertOwnFolder(project.dir)).toThrow(/ENOENT/);
    fs.symlinkSync(`${project.dir}-moved`, project.dir);
    expect(() => assertOwnFolder(project.dir)).toThrow(/has been replaced/);
  });
});
