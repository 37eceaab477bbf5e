/** `heapdiff capture` and the services that it is asked to capture, as real processes. */
import { expect } from 'vitest';
import { COMMONJS_APP } from '../agent/apps';
import { NodeProcess } from './node-process';
import type { TestProject } from './project';
import { MAIN } from './run-cli';

export const PRELOAD = ['--require', 'heapdiff/register'];

export function captureCommands(project: TestProject) {
  const start = (args: readonly string[], env: Record<string, string> = {}) =>
    new NodeProcess(args, { cwd: project.root, env: { HEAPDIFF_DIR: project.dir, ...env } });
  const startService = async (env: Record<string, string> = {}, name = 'shop.cjs') => {
    const app = start([...PRELOAD, project.write(name, COMMONJS_APP)], env);
    await app.stdout.next(/^ready/);
    return app;
  };
  const capture = (...args: (string | number)[]) => start([MAIN, 'capture', ...args.map(String)]);
  return { start, startService, capture };
}

/** Lines of a command that has failed: what happened and what to do. */
export async function failureOf(command: NodeProcess): Promise<{ status: number | null; text: string }> {
  const { code } = await command.ended;
  expect(command.stdout.all).toEqual([]);
  const text = command.stderr.all.join('\n');
  expect(text).not.toMatch(/^ {4}at /m);
  return { status: code, text };
}
