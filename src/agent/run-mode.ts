/**
 * How the service was started: with its code preloaded, from a startup snapshot, or neither, and whether its code came
 * out of a compile cache. Told from the flags of the process; the agent's own preload does not count.
 */
import type { RunModeKind, SessionRecord } from '../session';
import type { AgentOptions } from './options';

export interface ProcessFlags {
  readonly execArgv: readonly string[];
  readonly nodeOptions: string;
  /** The process was deserialised from a snapshot that user code built. */
  readonly fromSnapshot: boolean;
  /** Folder of Node's compile cache; null: it is off, or this Node has none. */
  readonly compileCache: string | null;
}

const PRELOAD_FLAGS = ['--require', '-r', '--import'];
const OWN_MODULE = /(^|[\\/])heapdiff([\\/]dist[\\/]agent)?[\\/]register(\.js)?$/;

/** The flags of this process, now. */
export function readProcessFlags(fromSnapshot: boolean): ProcessFlags {
  const { getCompileCacheDir } = require('node:module') as { getCompileCacheDir?: () => string | undefined };
  return {
    execArgv: process.execArgv,
    nodeOptions: process.env.NODE_OPTIONS ?? '',
    fromSnapshot,
    compileCache: getCompileCacheDir?.() ?? null,
  };
}

/** `explicit` wins; otherwise the flags decide. `detectedBy` is a few words for people. */
export function detectRunMode(explicit: AgentOptions['runMode'], flags: ProcessFlags): SessionRecord['runMode'] {
  const { compileCache } = flags;
  if (explicit !== 'auto') return { kind: explicit, detectedBy: 'option runMode', compileCache };
  return { ...detectKind(flags), compileCache };
}

type DetectedKind = Pick<SessionRecord['runMode'], 'kind' | 'detectedBy'>;

function detectKind(flags: ProcessFlags): DetectedKind {
  const args = [...flags.nodeOptions.split(/\s+/).filter(Boolean), ...flags.execArgv];
  if (flags.fromSnapshot) return known('snapshot-blob', 'the agent was installed by a deserialize callback');
  const blob = args.find((arg) => arg.startsWith('--snapshot-blob'));
  if (blob) return known('snapshot-blob', blob);
  const preload = findPreload(args);
  if (preload) return known('preload', preload);
  return known('non-preload', 'no --require, --import or --snapshot-blob but that of heapdiff');
}

function known(kind: RunModeKind, detectedBy: string): DetectedKind {
  return { kind, detectedBy };
}

/** The first flag that preloads something else than heapdiff, with its value. */
function findPreload(args: readonly string[]): string | null {
  for (let at = 0; at < args.length; at += 1) {
    const [flag = '', attached] = args[at]!.split(/=(.*)/s);
    if (!PRELOAD_FLAGS.includes(flag)) continue;
    const module = attached ?? args[at + 1] ?? '';
    if (!OWN_MODULE.test(module)) return `${flag} ${module}`;
  }
  return null;
}
