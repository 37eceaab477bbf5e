/** Which folder the agents write to, for commands that look for them. */
import os from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';

export function addDirOption(command: Command): Command {
  return command.option(
    '--dir <folder>',
    "the agents' folder (default: HEAPDIFF_DIR, else heapdiff in the temporary directory)",
  );
}

/** `given` is what --dir says; `ofProcess` what the process in question was started with. Absolute. */
export function resolveAgentsFolder(given: string | undefined, ofProcess: string | null = null): string {
  return path.resolve(given ?? (ofProcess || process.env.HEAPDIFF_DIR || path.join(os.tmpdir(), 'heapdiff')));
}
