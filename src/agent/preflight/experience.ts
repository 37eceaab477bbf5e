/** What the last capture of this process took, and what the next one will therefore take. */
import fs from 'node:fs';
import type { Preflight, SnapshotCost } from '../../session';

/** The process' memory at one moment, bytes. */
export interface MemoryMark {
  readonly rss: number;
  /** The highest RSS so far; null where the system does not tell. */
  readonly peak: number | null;
  /** Resident and neither V8's heap nor memory behind its objects: among it, what a snapshot has left with malloc. */
  readonly native: number;
}

export interface CaptureExperience {
  /** What the oracle said, without corrections. */
  readonly model: SnapshotCost;
  readonly measured: NonNullable<Preflight['measured']>;
  readonly before: MemoryMark;
  readonly after: MemoryMark;
}

/** What an agent has learned of its process; one per agent, for captures to come. */
export interface Experiences {
  last: CaptureExperience | null;
}

export function readMemoryMark(): MemoryMark {
  const { rss, heapTotal, external } = process.memoryUsage();
  return { rss, peak: readPeak(), native: rss - heapTotal - external };
}

function readPeak(): number | null {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1];
    return kibibytes === undefined ? null : Number(kibibytes) * 1024;
  } catch {
    return null;
  }
}

/** What the snapshot in `file` took; `before` was read just before it. Null when the file does not begin like one. */
export function measureCapture(
  model: SnapshotCost,
  before: MemoryMark,
  written: { readonly file: string; readonly pauseMs: number },
): CaptureExperience | null {
  const after = readMemoryMark();
  const size = readGraphSize(written.file);
  if (!size) return null;
  // A peak of earlier hides a lower one.
  const isHighest = after.peak !== null && before.peak !== null && after.peak > before.peak;
  const memoryBytes = isHighest ? after.peak - before.rss : null;
  return { model, measured: { ...size, memoryBytes, pauseMs: Math.round(written.pauseMs) }, before, after };
}

/** From the head of a snapshot, whose first member says how many rows follow. */
function readGraphSize(file: string): Pick<SnapshotCost, 'nodes' | 'edges' | 'fileBytes'> | null {
  const head = Buffer.alloc(4096);
  const handle = fs.openSync(file, 'r');
  try {
    const text = head.toString('latin1', 0, fs.readSync(handle, head, 0, head.length, 0));
    const count = (name: string) => Number(new RegExp(`"${name}":(\\d+)`).exec(text)?.[1] ?? 0);
    const nodes = count('node_count');
    return nodes === 0 ? null : { nodes, edges: count('edge_count'), fileBytes: fs.fstatSync(handle).size };
  } finally {
    fs.closeSync(handle);
  }
}

/** One capture is no law: its word counts up to twice or half. */
const MOST = 2;
/** Of what a snapshot left with malloc, what the next one surely gets again. */
const REUSED = 0.9;

/** The oracle's figures for the next capture, corrected by how wrong it was about the last one. */
export function adjustCost(model: SnapshotCost, experience: CaptureExperience | null, now: MemoryMark): SnapshotCost {
  if (!experience) return model;
  const { measured, model: earlier } = experience;
  const correct = (name: keyof SnapshotCost) => {
    const ratio = (measured[name] ?? earlier[name]) / earlier[name];
    return Math.round(model[name] * Math.min(MOST, Math.max(1 / MOST, ratio)));
  };
  const memoryBytes = correct('memoryBytes') - findReusable(experience, now);
  return {
    nodes: correct('nodes'),
    edges: correct('edges'),
    memoryBytes: Math.max(memoryBytes, Math.round(0.1 * model.memoryBytes)),
    pauseMs: correct('pauseMs'),
    fileBytes: correct('fileBytes'),
  };
}

/** Memory that the last snapshot freed, but that is still resident: the next one takes it without asking the kernel. */
function findReusable({ before, after }: CaptureExperience, now: MemoryMark): number {
  const left = Math.max(0, after.native - before.native);
  return Math.round(REUSED * Math.min(left, Math.max(0, now.native - before.native)));
}
