/**
 * The session folder (`heapdiff/session@1`): what the agent writes and everything else reads.
 *
 * `<dir>/<app>-<pid>-<n>/` holds `a.heapsnapshot`, `b.heapsnapshot`, `growth.heapprofile` and `record.json`.
 * The record is written last: its presence means that the rest is complete. Folder 0700, files 0600.
 */
import fs from 'node:fs';
import path from 'node:path';
import { HeapdiffError } from './errors';

export const SESSION_SCHEMA = 'heapdiff/session@1';

/** File names inside a session folder. */
export const SESSION_FILES = {
  before: 'a.heapsnapshot',
  after: 'b.heapsnapshot',
  profile: 'growth.heapprofile',
  /** Objects of every class, where there was no room for snapshots. */
  classesBefore: 'a.classes.json',
  classesAfter: 'b.classes.json',
  record: 'record.json',
} as const;

export type CaptureMode = 'snapshot' | 'profile' | 'trace';
/** What an agent is asked for: `auto` becomes snapshot or profile, whichever the preflight finds safe. */
export type RequestedMode = CaptureMode | 'auto';
export type RunModeKind = 'preload' | 'non-preload' | 'snapshot-blob' | 'unknown';

/** One V8 heap space, bytes; field names as `v8.getHeapSpaceStatistics()` has them. */
export interface HeapSpace {
  readonly space_name: string;
  readonly space_size: number;
  readonly space_used_size: number;
  readonly space_available_size: number;
  readonly physical_space_size: number;
}

/** What the process' memory was at one end of the window, bytes. Read before the capture of that end, never after. */
export interface MemoryLedger {
  readonly process: NodeJS.MemoryUsage;
  /** `v8.getHeapStatistics()`. */
  readonly heap: Readonly<Record<string, number>>;
  readonly spaces: readonly HeapSpace[];
  /** From /proc/self/smaps_rollup; null where there is none. */
  readonly rollup: { readonly rss: number; readonly pss: number; readonly uss: number } | null;
  /** Nearest cgroup memory limit and usage; null limit: none set. `reclaimable`: the part of usage that is idle file cache. */
  readonly cgroup: {
    readonly limit: number | null;
    readonly usage: number | null;
    readonly reclaimable?: number;
  } | null;
}

/** What a snapshot takes. Bytes of memory are those at its peak beyond what the process has resident before. */
export interface SnapshotCost {
  readonly nodes: number;
  readonly edges: number;
  readonly memoryBytes: number;
  readonly pauseMs: number;
  readonly fileBytes: number;
}

/** What counting the objects of every class takes. `heapBytes`: inside the JS heap. */
export interface HistogramCost {
  readonly memoryBytes: number;
  readonly heapBytes: number;
  readonly pauseMs: number;
}

/** What is left to a process, bytes. */
export interface PreflightRoom {
  readonly memoryBytes: number;
  readonly memoryLimitedBy: 'cgroup' | 'machine';
  /** Below V8's heap limit. */
  readonly heapBytes: number;
  /** Null where the system does not tell. */
  readonly diskBytes: number | null;
  /** The files are kept in memory (tmpfs), where they count against the same limit. */
  readonly diskIsMemory: boolean;
}

/** What was found before one capture, and what came of it. */
export interface Preflight {
  /** `histogram`: the objects of every class were counted instead. `profile`: neither; the sampling profile only. */
  readonly decision: 'snapshot' | 'histogram' | 'profile' | 'refuse';
  /** Why it was no snapshot; null when it was one. */
  readonly why: string | null;
  /** The option `force` was set: nothing was decided. */
  readonly forced: boolean;
  /** `census`: V8 counted its objects. `statistics`: it could not, so the worst was assumed. */
  readonly basis: 'census' | 'statistics';
  /** An earlier capture of this process has corrected the prediction. */
  readonly learned: boolean;
  readonly predicted: SnapshotCost;
  readonly room: PreflightRoom;
  /** How long it stopped the process, ms; part of the end's `pauseMs`. */
  readonly pauseMs: number;
  /** Of the snapshot that was written; `memoryBytes` is null where the process' peak was higher before. */
  readonly measured: (Omit<SnapshotCost, 'memoryBytes'> & { readonly memoryBytes: number | null }) | null;
}

export interface SessionEnd {
  /** Milliseconds since the epoch. */
  readonly wallClock: number;
  /** Milliseconds, `performance.now()` of the captured thread. */
  readonly monotonic: number;
  readonly memory: MemoryLedger;
  /** Units of work done since install, by name: `{ request: 1200 }`. */
  readonly units: Readonly<Record<string, number>>;
  /** How long this end stopped the event loop, ms. */
  readonly pauseMs: number;
  /** Bytes. A capture leaves RSS high: growth over the window counts from here, not from the ledger before it. */
  readonly rssAfterCapture?: number;
  /** Missing in modes that write no snapshot. */
  readonly preflight?: Preflight;
}

export interface SessionScript {
  /** V8's script id in this process, decimal. */
  readonly id: string;
  readonly url: string;
  readonly sourceMapUrl?: string;
}

/** The live heap right after one major GC inside the window. */
export interface FloorSample {
  /** Milliseconds, same clock as `SessionEnd.monotonic`. */
  readonly monotonic: number;
  /** Bytes in use in the old generation, which is all that a major GC leaves; young garbage does not count. */
  readonly bytes: number;
  /** Bytes that the heap holds outside of itself: ArrayBuffers above all. */
  readonly external?: number;
  /** Units of work done until then, all names together. */
  readonly units?: number;
}

export const CLASSES_SCHEMA = 'heapdiff/classes@1';

/** `a.classes.json` and `b.classes.json`: live objects by the name of their class. */
export interface ClassHistogram {
  readonly schema: typeof CLASSES_SCHEMA;
  /** All of them, also those of classes that are not listed. */
  readonly objects: number;
  /** The most numerous first. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
}

export interface SessionRecord {
  readonly schema: typeof SESSION_SCHEMA;
  readonly app: string;
  readonly pid: number;
  readonly ppid: number;
  /** `cluster.worker.id`, null outside a cluster worker. */
  readonly workerId: number | null;
  readonly threadId: number;
  readonly argv: readonly string[];
  readonly nodeVersion: string;
  readonly v8Version: string;
  readonly runMode: {
    readonly kind: RunModeKind;
    readonly detectedBy: string;
    /** Folder of Node's compile cache; null: none was on. */
    readonly compileCache?: string | null;
  };
  /** Milliseconds from the start of the process to `handle.ready()`; missing when that was not called. */
  readonly bootMs?: number;
  readonly captureMode: CaptureMode;
  /** What was asked for, where that was another. */
  readonly requestedMode?: RequestedMode;
  /** Mean bytes between two samples of `growth.heapprofile`; null when nothing was sampled. */
  readonly samplingInterval?: number | null;
  /**
   * What closed the window: the second signal, `handle.capture()`, its time limit, or `handle.leaveEvidence()` of a
   * worker that left. Absent: it was interrupted.
   */
  readonly closedBy?: 'signal' | 'call' | 'limit' | 'near-limit' | 'recycled';
  /** What opened it: the first signal, `handle.start()`, or a live heap near its limit. */
  readonly openedBy?: SessionRecord['closedBy'];
  /** Why the worker was recycled, in its application's words. */
  readonly recycled?: string;
  /** Why the session ended before all was captured, as a clause; `after` then tells of that moment. */
  readonly interrupted?: string;
  /** What mode trace took: how long stacks were recorded, and by how much the process grew meanwhile, bytes of RSS. */
  readonly traceCost?: { readonly windowMs: number; readonly rssBytes: number };
  /** Ids of A and B name the same objects. */
  readonly idsComparable: boolean;
  readonly before: SessionEnd;
  readonly after: SessionEnd;
  readonly scripts: readonly SessionScript[];
  readonly floor: readonly FloorSample[];
  /** What is not in this folder, and why. */
  readonly skipped: readonly { readonly what: string; readonly why: string }[];
  /** Signals that came while a phase was running, counted and otherwise left without effect. */
  readonly ignoredSignals: number;
}

export interface Session {
  readonly folder: string;
  readonly record: SessionRecord;
  /** Absolute path, null when the session has no such file (profile mode, for one). */
  readonly before: string | null;
  readonly after: string | null;
  readonly profile: string | null;
  /** Absolute paths of the two class histograms; null when either is missing. */
  readonly histograms: { readonly before: string; readonly after: string } | null;
}

/** Reads a session folder. Throws NOT_A_SESSION or RECORD_CORRUPT. */
export function readSession(folder: string): Session {
  const recordFile = path.join(folder, SESSION_FILES.record);
  if (!fs.existsSync(recordFile)) throw incompleteSession(folder);
  const before = presentFile(folder, SESSION_FILES.classesBefore);
  const after = presentFile(folder, SESSION_FILES.classesAfter);
  return {
    folder,
    record: readRecord(recordFile),
    before: presentFile(folder, SESSION_FILES.before),
    after: presentFile(folder, SESSION_FILES.after),
    profile: presentFile(folder, SESSION_FILES.profile),
    histograms: before && after ? { before, after } : null,
  };
}

/** The record is written last: what stands in the folder before tells how far the session came. */
function incompleteSession(folder: string): HeapdiffError {
  const files = fs.readdirSync(folder);
  const isEnding = files.some((file) => file.startsWith(SESSION_FILES.after) || file === SESSION_FILES.profile);
  if (!isEnding) return new HeapdiffError('NOT_A_SESSION', { file: folder, reason: 'it holds no record.json' });
  const reason = 'its second capture is still being written, or was cut off';
  const todo = 'Wait until the process says "session complete", or name two snapshot files.';
  return new HeapdiffError('NOT_A_SESSION', { file: folder, reason, todo });
}

/** Parses and validates one record.json. Throws RECORD_CORRUPT naming the first wrong member. */
export function readRecord(file: string): SessionRecord {
  let value: unknown;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new HeapdiffError('RECORD_CORRUPT', { file, reason: 'it is not JSON' }, cause);
  }
  const reason = findRecordFault(value);
  if (reason) throw new HeapdiffError('RECORD_CORRUPT', { file, reason });
  return value as SessionRecord;
}

/** A file of the folder, or its compressed form (`.gz`, `.zst`). */
function presentFile(folder: string, name: string): string | null {
  for (const suffix of ['', '.gz', '.zst']) {
    const file = path.join(folder, name + suffix);
    if (fs.existsSync(file)) return file;
  }
  return null;
}

/** The first reason why a value is no SessionRecord, or null. Checks what readers rely on, not every member. */
export function findRecordFault(value: unknown): string | null {
  if (!isObject(value)) return 'it is not an object';
  if (value.schema !== SESSION_SCHEMA) return `its schema is ${JSON.stringify(value.schema)}, not ${SESSION_SCHEMA}`;
  for (const name of ['pid', 'ppid', 'threadId']) if (typeof value[name] !== 'number') return `${name} is not a number`;
  for (const name of ['app', 'nodeVersion', 'v8Version', 'captureMode']) {
    if (typeof value[name] !== 'string') return `${name} is not a string`;
  }
  for (const name of ['argv', 'scripts', 'floor', 'skipped']) {
    if (!Array.isArray(value[name])) return `${name} is not a list`;
  }
  if (!isObject(value.runMode) || typeof value.runMode.kind !== 'string') return 'runMode has no kind';
  for (const end of ['before', 'after']) {
    const fault = findEndFault(value[end]);
    if (fault) return `${end} ${fault}`;
  }
  return null;
}

function findEndFault(end: unknown): string | null {
  if (!isObject(end)) return 'is missing';
  for (const name of ['wallClock', 'monotonic', 'pauseMs']) {
    if (typeof end[name] !== 'number') return `has no ${name}`;
  }
  if (!isObject(end.units)) return 'has no units';
  if (!isObject(end.memory) || !isObject(end.memory.process)) return 'has no memory ledger';
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
