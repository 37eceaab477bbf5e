/**
 * A program of its own, started by `compress-session.ts`: compresses the snapshots of the session folder it is given.
 *
 * Each becomes `.gz` under a partial name first and loses its plain file last, so that whoever reads the session finds one
 * of the two at any moment. An entry beside the session says meanwhile that this process writes there.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { SESSION_FILES } from '../session';
import { completeFile, createPartial } from './complete-file';
import { PARTIAL } from './directory';
import { entryOf, settleFolder, writeEntry } from './session-folder';

/** The fastest level: a snapshot of 38 MB became 6.3 MB, with the default one 5.6 MB in twice the time. */
const LEVEL = 1;
const LOWEST_PRIORITY = os.constants.priority.PRIORITY_LOW;

/** Rejects with what the system says; the file at hand then stays plain. */
export async function compressFiles(folder: string): Promise<void> {
  writeEntry(entryOf(folder));
  try {
    for (const name of [SESSION_FILES.before, SESSION_FILES.after]) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) await compressFile(file);
    }
  } finally {
    settleFolder(folder);
  }
}

async function compressFile(file: string): Promise<void> {
  const compressed = `${file}.gz`;
  createPartial(compressed);
  try {
    const output = fs.createWriteStream(compressed + PARTIAL, { flags: 'r+' });
    await pipeline(fs.createReadStream(file), createGzip({ level: LEVEL }), output);
    await completeFile(compressed);
  } catch (error) {
    await fs.promises.rm(compressed + PARTIAL, { force: true });
    throw error;
  }
  await fs.promises.rm(file);
}

if (require.main === module) {
  os.setPriority(LOWEST_PRIORITY);
  compressFiles(process.argv[2]!).catch(() => {
    process.exitCode = 1;
  });
}
