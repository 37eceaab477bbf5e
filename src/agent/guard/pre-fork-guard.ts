/**
 * The pre-fork guard: lists in a primary what its application has opened before the first fork, with who opened it.
 *
 * It has to run before the application's modules are loaded, and it ends with the first check: what a primary opens
 * later is its own business.
 */
import fs from 'node:fs';
import { HeapdiffError } from '../../errors';
import { writeLine } from '../messages';
import type { PreForkGuardMode } from '../options';
import { isInNodeModule } from './creation-stack';
import { findFileGhosts, findGhosts, type Ghost, kindOf } from './ghosts';
import { listOpenFiles, recordOpens } from './open-files';
import { RESOURCE_TYPES, ResourceRecorder, type ResourceType } from './resource-recorder';

export interface PreForkGuard {
  /**
   * Says on stderr what is open and returns it; later calls return an empty list. In mode `fail` throws
   * PRE_FORK_GHOSTS if there is anything. Called by itself, in time, where node:cluster forks.
   */
  check(): readonly Ghost[];
}

/** What a process that has loaded nothing yet does not have; pipes may be its standard streams. By Node's public name. */
const EARLY_TYPES = new Map(
  Object.entries(RESOURCE_TYPES)
    .filter(([type]) => !type.startsWith('PIPE'))
    .map(([type, name]) => [name as string, type as ResourceType]),
);

/** Starts recording. */
export function startGuard(mode: Exclude<PreForkGuardMode, 'off'>): PreForkGuard {
  const early = listEarly();
  const filesBefore = listOpenFiles();
  let checked = false;
  const check = () => {
    if (checked) return [];
    checked = true;
    const resources = recorder.list();
    const files = findFileGhosts(filesBefore, listOpenFiles(), resources, opens.stacksByFd);
    const ghosts = [...early(), ...findGhosts(resources), ...files];
    recorder.stop();
    opens.stop();
    report(ghosts, mode);
    return ghosts;
  };
  const recorder = new ResourceRecorder((frames) => {
    if (frames.some((frame) => isInNodeModule(frame, 'internal/cluster/primary'))) checkOrExit(check);
  });
  const opens = recordOpens(() => recorder.readStack());
  return { check };
}

/** The fork that found the ghosts is inside of Node and cannot be given an error: it must not happen at all. */
function checkOrExit(check: () => readonly Ghost[]): void {
  try {
    check();
  } catch (error) {
    const { message, todo, exitStatus } = error as HeapdiffError;
    writeLine(fs, `${message} ${todo}`);
    process.exit(exitStatus);
  }
}

function report(ghosts: readonly Ghost[], mode: PreForkGuardMode): void {
  ghosts.forEach((ghost, at) => {
    writeLine(fs, `open before the fork, ${at + 1} of ${ghosts.length}: ${describeGhost(ghost)}`);
  });
  if (mode !== 'fail' || ghosts.length === 0) return;
  const list = ghosts.map(({ kind, detail }) => `${kind} ${detail}`).join('; ');
  throw new HeapdiffError('PRE_FORK_GHOSTS', { count: ghosts.length, list });
}

function describeGhost({ kind, detail, stack }: Ghost): string {
  return `${kind} ${detail}, ${stack.length > 0 ? `made by ${stack.slice(0, 3).join(' < ')}` : 'maker unknown'}`;
}

/** What is open already: the guard came too late to know who opened it. Returns what tells which of it still is. */
function listEarly(): () => Ghost[] {
  const read = () => process.getActiveResourcesInfo().filter((type) => EARLY_TYPES.has(type));
  const before = read();
  return () => {
    const now = read();
    return before
      .filter((type) => {
        const at = now.indexOf(type);
        if (at >= 0) now.splice(at, 1);
        return at >= 0;
      })
      .map((type) => ({
        kind: kindOf(EARLY_TYPES.get(type)!),
        detail: 'opened before guardPreFork() was called',
        stack: [],
      }));
  };
}
