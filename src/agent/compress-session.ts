/**
 * Turns the snapshots of a complete session into `.gz`, in a process of its own: the worker's event loop, thread pool and
 * heap have no part in it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { describeCause } from './capture-error';
import type { AgentContext } from './context';

const SCRIPT = path.join(__dirname, 'compress-files.js');

/** Starts the process and returns at once; it outlives this one. Never throws: the session is complete without it. */
export function compressSession({ warn }: Pick<AgentContext, 'warn'>, folder: string): void {
  const fail = (reason: string) => warn(`${folder} stays as it is, not compressed: ${reason}`);
  if (!canRunScripts()) {
    fail('this executable does not run scripts');
    return;
  }
  try {
    const { spawn } = require('node:child_process') as typeof import('node:child_process');
    // Without the flags of this process, which may preload the application, and in a group of its own: what ends this
    // process' group is not meant for it.
    const { NODE_OPTIONS, ...env } = process.env;
    const child = spawn(process.execPath, [SCRIPT, folder], { detached: true, stdio: 'ignore', env });
    child.on('error', (error) => fail(describeCause(error)));
    child.on('exit', (code) => {
      if (code !== 0) fail(`the process that compresses ended with ${code ?? 'a signal'}`);
    });
    child.unref();
  } catch (error) {
    fail(describeCause(error));
  }
}

/** An application in a single executable, or one bundled into a single file, has the script nowhere. */
function canRunScripts(): boolean {
  return /^node/.test(path.basename(process.execPath)) && fs.existsSync(SCRIPT);
}
