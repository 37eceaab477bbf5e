/**
 * `guardPreFork()`: the pre-fork guard of this process, loaded only where it is on.
 */
import { readWorkerId } from './context';
import type { PreForkGuard } from './guard/pre-fork-guard';
import { type AgentOptions, readOptions } from './options';

/** The guard of this process, also when two copies of the package are loaded. */
const GUARD = Symbol.for('heapdiff.preForkGuard');

interface Host {
  [GUARD]?: PreForkGuard;
}

const IDLE: PreForkGuard = { check: () => [] };

/**
 * Watches what this process opens before it forks its first worker. Call it first of all, and `check()` before the fork;
 * where node:cluster forks, it checks by itself. Without the option, HEAPDIFF_PRE_FORK_GUARD decides. In a cluster
 * worker, and in mode `off`, it does nothing. Throws OPTION_INVALID.
 */
export function guardPreFork(options: Partial<Pick<AgentOptions, 'preForkGuard'>> = {}): PreForkGuard {
  const { preForkGuard } = readOptions(options, process.env);
  if (preForkGuard === 'off' || readWorkerId() !== null) return IDLE;
  const host = globalThis as Host;
  const { startGuard } = require('./guard/pre-fork-guard') as typeof import('./guard/pre-fork-guard');
  host[GUARD] ??= startGuard(preForkGuard);
  return host[GUARD];
}
