import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { NodeProcess } from '../support/node-process';
import { listSessions, readMode } from '../support/project';
import { runCli } from '../support/run-cli';
import { useProject } from '../support/use-project';
import { COMMONJS_APP } from './apps';

const project = useProject();

/** Resolves when the condition holds; it is looked at whenever something in the folder changes. */
function until(folder: string, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const watcher = fs.watch(folder, look);
    function look() {
      if (!condition()) return;
      watcher.close();
      resolve();
    }
    look();
  });
}

describe('compress', () => {
  // The process that compresses has the lowest priority: on a busy machine it takes its time.
  it('makes the snapshots of a complete session .gz, whole at any moment', { timeout: 240_000 }, async () => {
    const file = project.write('app.cjs', COMMONJS_APP);
    const env = { HEAPDIFF_DIR: project.dir, HEAPDIFF_COMPRESS: 'true' };
    const app = new NodeProcess(['--require', 'heapdiff/register', file], { cwd: project.root, env });
    await app.stdout.next(/^ready/);
    app.signal();
    await app.stderr.next(/window open/);
    await app.ask('leak 5000');
    app.signal();
    await app.stderr.next(/session complete/);
    const [folder] = listSessions(project.dir);
    await until(folder!, () => {
      const { before, after } = readSession(folder!);
      expect([before, after]).not.toContain(null);
      return [before, after].every((name) => name!.endsWith('.gz'));
    });
    // The worker may end: the compressing process is on its own.
    const { before, after } = readSession(folder!);
    for (const name of [before!, after!]) {
      expect(readMode(name)).toBe('600');
      expect(() => JSON.parse(gunzipSync(fs.readFileSync(name)).toString())).not.toThrow();
    }
    await until(
      path.join(project.dir, '.agents'),
      () => !fs.readdirSync(path.join(project.dir, '.agents')).some((name) => name.endsWith('.open')),
    );
    expect(fs.readdirSync(folder!).sort()).toEqual([
      'a.heapsnapshot.gz',
      'b.heapsnapshot.gz',
      'growth.heapprofile',
      'record.json',
    ]);
    const { status, stdout } = runCli([folder!]);
    expect(status).toBe(0);
    expect(stdout).toContain('Session');
    expect(app.stderr.matching(/not compressed/)).toEqual([]);
  });
});
