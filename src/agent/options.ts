/**
 * The agent's options: one table that drives validation, reading from the environment and the documentation.
 * An option given to `install()` wins over its environment variable, which wins over the default.
 */
import os from 'node:os';
import path from 'node:path';
import { HeapdiffError } from '../errors';
import type { RequestedMode, RunModeKind } from '../session';
import { isText, parseBoolean, parseInteger, parseShare, parseSignal, parseThreads } from './option-parsers';

/** What a signal does that reaches a cluster primary with workers. */
export type PrimaryBehaviour = 'explain' | 'forward-one' | 'forward-all' | 'capture';

/** What the guard of a primary does about what is open before the first fork. */
export type PreForkGuardMode = 'off' | 'warn' | 'fail';

export interface AgentOptions {
  readonly dir: string;
  readonly app: string;
  /** A signal's name, or `none`: only `start()` and `capture()` work. */
  readonly signal: NodeJS.Signals | 'none';
  readonly mode: RequestedMode;
  readonly force: boolean;
  /** Milliseconds; 0: no limit. */
  readonly maxPauseMs: number;
  readonly identity: boolean;
  /** Bytes. */
  readonly samplingInterval: number;
  /** Share of the limit, 0 to 1; 0: off. */
  readonly nearLimit: number;
  /** Milliseconds. */
  readonly traceLimitMs: number;
  /** Bytes. */
  readonly traceLimitBytes: number;
  /** Milliseconds; 0: no limit. */
  readonly maxTrackingMs: number;
  /** Milliseconds. */
  readonly hookTimeoutMs: number;
  readonly compress: boolean;
  /** Sessions; 0: all. */
  readonly keep: number;
  /** Bytes; 0: no limit. */
  readonly maxBytes: number;
  readonly primary: PrimaryBehaviour;
  readonly evidence: boolean;
  readonly preForkGuard: PreForkGuardMode;
  readonly runMode: RunModeKind | 'auto';
  readonly countRequests: boolean;
  readonly quiet: boolean;
  /** Worker threads that take part in a session: all, none, or these. */
  readonly threads: boolean | readonly number[];
}

/** One row of the table. `parse` gets what `install()` or the environment gave and returns undefined for a bad value. */
export interface OptionSpec<Value> {
  readonly env: string;
  /** Completes the sentence "must be …"; the documentation's type column. */
  readonly expected: string;
  readonly doc: string;
  readonly fallback: () => Value;
  readonly parse: (value: unknown) => Value | undefined;
}

const MODES = ['auto', 'snapshot', 'profile', 'trace'] as const;
const PRIMARY = ['explain', 'forward-one', 'forward-all', 'capture'] as const;
const GUARD_MODES = ['off', 'warn', 'fail'] as const;
const RUN_MODES = ['auto', 'preload', 'non-preload', 'snapshot-blob', 'unknown'] as const;

export const OPTIONS: { readonly [Name in keyof AgentOptions]: OptionSpec<AgentOptions[Name]> } = {
  dir: {
    env: 'HEAPDIFF_DIR',
    expected: 'a path',
    doc: 'Folder that session folders are written to. Default: heapdiff in the temporary directory.',
    fallback: () => path.join(os.tmpdir(), 'heapdiff'),
    parse: (value) => (isText(value) ? path.resolve(value) : undefined),
  },
  app: {
    env: 'HEAPDIFF_APP',
    expected: 'a name of letters, digits, ".", "_" and "-"',
    doc: 'Name of the application, first part of the session folder. Default: the main script without its extension.',
    fallback: nameFromScript,
    parse: (value) => (isText(value) && /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(value) ? value : undefined),
  },
  signal: {
    env: 'HEAPDIFF_SIGNAL',
    expected: 'a signal that can be caught (not SIGUSR1), such as SIGUSR2 or SIGURG, or none',
    doc: 'Signal that opens and closes the window; none: only start() and capture() do.',
    fallback: () => 'SIGUSR2',
    parse: parseSignal,
  },
  mode: {
    env: 'HEAPDIFF_MODE',
    expected: MODES.join(', '),
    doc: 'auto: two snapshots and the sampling profile between them; where a snapshot would not fit, the profile and a count of the objects of every class. snapshot: the same, or nothing. profile: the profile only, no long pause. trace: two snapshots with exact allocation stacks, 50-120 times slower meanwhile: for staging.',
    fallback: () => 'auto',
    parse: (value) => MODES.find((mode) => mode === value),
  },
  force: {
    env: 'HEAPDIFF_FORCE',
    expected: 'true or false',
    doc: 'Take snapshots even where memory, disk or maxPauseMs would not allow it. May cost the process.',
    fallback: () => false,
    parse: parseBoolean,
  },
  maxPauseMs: {
    env: 'HEAPDIFF_MAX_PAUSE_MS',
    expected: 'a whole number of milliseconds from 0 to 3600000',
    doc: 'No snapshot where it is predicted to stop the process for longer, as a liveness probe would notice. 0: no limit.',
    fallback: () => 0,
    parse: (value) => parseInteger(value, 0, 3_600_000),
  },
  identity: {
    env: 'HEAPDIFF_IDENTITY',
    expected: 'true or false',
    doc: 'Keep object ids comparable between the snapshots. Allocation-heavy code is 3-10 times slower while the window is open.',
    fallback: () => false,
    parse: parseBoolean,
  },
  samplingInterval: {
    env: 'HEAPDIFF_SAMPLING_INTERVAL',
    expected: 'a whole number of bytes from 1024 to 67108864',
    doc: 'Mean bytes between two allocation samples. Less is more precise and slower. Where more than 2,500 samples a second would be taken, a window of over half a minute goes on with fewer: at most every 512 KiB.',
    fallback: () => 65_536,
    parse: (value) => parseInteger(value, 1024, 67_108_864),
  },
  nearLimit: {
    env: 'HEAPDIFF_NEAR_LIMIT',
    expected: 'a number from 0 to below 1',
    doc: 'When the live heap reaches this share of the heap limit or the cgroup limit, a session is captured by itself, once. 0: never.',
    fallback: () => 0,
    parse: parseShare,
  },
  traceLimitMs: {
    env: 'HEAPDIFF_TRACE_LIMIT_MS',
    expected: 'a whole number of milliseconds from 100 to 3600000',
    doc: 'In mode trace: the window captures by itself after this time.',
    fallback: () => 60_000,
    parse: (value) => parseInteger(value, 100, 3_600_000),
  },
  traceLimitBytes: {
    env: 'HEAPDIFF_TRACE_LIMIT_BYTES',
    expected: 'a whole number of bytes from 1048576 to 68719476736',
    doc: 'In mode trace: the window captures by itself when the process has grown by so much.',
    fallback: () => 536_870_912,
    parse: (value) => parseInteger(value, 1_048_576, 68_719_476_736),
  },
  maxTrackingMs: {
    env: 'HEAPDIFF_MAX_TRACKING_MS',
    expected: 'a whole number of milliseconds from 100 to 86400000, or 0 for no limit',
    doc: 'A window that nobody closes closes by itself after this time, without a pause: the profile is kept, B is not written. Mode trace has traceLimitMs instead.',
    fallback: () => 15 * 60_000,
    parse: (value) => parseInteger(value, 100, 86_400_000) ?? parseInteger(value, 0, 0),
  },
  hookTimeoutMs: {
    env: 'HEAPDIFF_HOOK_TIMEOUT_MS',
    expected: 'a whole number of milliseconds from 0 to 600000',
    doc: 'How long beforeCapture and afterCapture are waited for, each.',
    fallback: () => 10_000,
    parse: (value) => parseInteger(value, 0, 600_000),
  },
  compress: {
    env: 'HEAPDIFF_COMPRESS',
    expected: 'true or false',
    doc: 'Compress the snapshots of a complete session to .gz, in a process of its own with low priority.',
    fallback: () => false,
    parse: parseBoolean,
  },
  keep: {
    env: 'HEAPDIFF_KEEP',
    expected: 'a whole number of sessions, or 0 for all',
    doc: 'When a session is complete, the oldest ones of this application beyond so many are removed.',
    fallback: () => 0,
    parse: (value) => parseInteger(value, 0, 1_000_000),
  },
  maxBytes: {
    env: 'HEAPDIFF_MAX_BYTES',
    expected: 'a whole number of bytes, or 0 for no limit',
    doc: 'When a session is complete, the oldest ones of this application go until all take no more than this together. The newest stays whatever its size.',
    fallback: () => 0,
    parse: (value) => parseInteger(value, 0, Number.MAX_SAFE_INTEGER),
  },
  primary: {
    env: 'HEAPDIFF_PRIMARY',
    expected: PRIMARY.join(', '),
    doc: 'What a signal at a cluster primary does. explain: print the workers and what to type. forward-one: pass it to the largest worker. forward-all: pass it to every worker. capture: capture the primary itself.',
    fallback: () => 'explain',
    parse: (value) => PRIMARY.find((behaviour) => behaviour === value),
  },
  evidence: {
    env: 'HEAPDIFF_EVIDENCE',
    expected: 'true or false',
    doc: 'Sample from ready(), or else the first unit of work, until leaveEvidence(): a worker that is recycled leaves a session, with a snapshot of its end where one fits. At most one sample per 512 KiB.',
    fallback: () => false,
    parse: parseBoolean,
  },
  preForkGuard: {
    env: 'HEAPDIFF_PRE_FORK_GUARD',
    expected: GUARD_MODES.join(', '),
    doc: 'In a cluster primary: what is done about connections, timers, files and the like that are open before the first fork. warn: list them, with who opened them. fail: list them and do not fork.',
    fallback: () => 'off',
    parse: (value) => GUARD_MODES.find((mode) => mode === value),
  },
  runMode: {
    env: 'HEAPDIFF_RUN_MODE',
    expected: RUN_MODES.join(', '),
    doc: 'How the service was started, for the record. auto: found out from the flags of the process.',
    fallback: () => 'auto',
    parse: (value) => RUN_MODES.find((mode) => mode === value),
  },
  countRequests: {
    env: 'HEAPDIFF_COUNT_REQUESTS',
    expected: 'true or false',
    doc: 'Count requests that node:http servers receive as the unit of work "request".',
    fallback: () => true,
    parse: parseBoolean,
  },
  quiet: {
    env: 'HEAPDIFF_QUIET',
    expected: 'true or false',
    doc: 'Print failures and warnings only.',
    fallback: () => false,
    parse: parseBoolean,
  },
  threads: {
    env: 'HEAPDIFF_THREADS',
    expected: 'true, false or a list of thread ids such as 1,3',
    doc: 'Worker threads that capture themselves too, one after another, each into a session of its own. They need the agent as well: preloaded, or by install() in the thread.',
    fallback: () => false,
    parse: parseThreads,
  },
};

/**
 * Merges `given`, the environment and the defaults.
 * Throws OPTION_UNKNOWN or OPTION_INVALID, naming the option and, if that is where it came from, its variable.
 */
export function readOptions(given: Partial<AgentOptions>, env: NodeJS.ProcessEnv): AgentOptions {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown !== undefined) throw unknownOption(unknown, Object.keys(OPTIONS));
  const merged: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(OPTIONS)) merged[name] = readOption(name, spec, given, env);
  return merged as unknown as AgentOptions;
}

function readOption(name: string, spec: OptionSpec<unknown>, given: object, env: NodeJS.ProcessEnv): unknown {
  const explicit = (given as Record<string, unknown>)[name];
  const variable = env[spec.env];
  // An empty variable is how shells and manifests say "not set".
  const raw = explicit ?? (variable === '' ? undefined : variable);
  if (raw === undefined) return spec.fallback();
  const value = spec.parse(raw);
  if (value !== undefined) return value;
  const option = explicit === undefined ? spec.env : name;
  const text = typeof raw === 'string' ? JSON.stringify(raw.slice(0, 80)) : String(raw);
  throw new HeapdiffError('OPTION_INVALID', { option, value: text, expected: spec.expected, name, env: spec.env });
}

/** HEAPDIFF_* variables that no option reads: most often a typing error, which would otherwise go unnoticed. */
export function findUnknownVariables(env: NodeJS.ProcessEnv): string[] {
  const known = new Set(Object.values(OPTIONS).map((spec) => spec.env));
  // HEAPDIFF_TEST_* belongs to the project's own tests.
  return Object.keys(env).filter((name) => /^HEAPDIFF_(?!TEST_)/.test(name) && !known.has(name));
}

function unknownOption(option: string, known: readonly string[]): HeapdiffError {
  return new HeapdiffError('OPTION_UNKNOWN', { option, known: known.join(', ') });
}

function nameFromScript(): string {
  const script = process.argv[1] ?? '';
  const name = path.basename(script, path.extname(script)).replace(/[^A-Za-z0-9._-]+/g, '-');
  return /^[A-Za-z0-9_]/.test(name) ? name.slice(0, 100) : 'node';
}
