/** Whether a capture is safe, and what to take instead: a pure function of predicted cost and room. */
import type { HistogramCost, PreflightRoom, RequestedMode, SnapshotCost } from '../../session';

export interface Situation {
  /** What stays within the rules of the mode: auto may take less, the others take what they are named after or nothing. */
  readonly mode: RequestedMode;
  /**
   * What the session's first capture is; null when this is the first. `profile`: there was none, and a snapshot is a
   * gift that nobody has asked for.
   */
  readonly first: 'snapshot' | 'histogram' | 'profile' | null;
  readonly force: boolean;
  /** Milliseconds; 0: any pause will do. */
  readonly maxPauseMs: number;
  /** What this limit is, where it is not the option of its name. */
  readonly pauseLimit?: string;
  readonly snapshot: SnapshotCost;
  /** Null where it cannot be taken. */
  readonly histogram: HistogramCost | null;
  readonly room: PreflightRoom;
  /** How far the prediction may be too low: 1.2 stands for 20 %. */
  readonly margin: number;
}

export interface Decision {
  readonly action: 'snapshot' | 'histogram' | 'profile' | 'refuse';
  /** Why not a snapshot, as a clause; null when it is one. */
  readonly why: string | null;
}

/** Left to what else runs below the same limit, bytes. */
export const MEMORY_RESERVE = 16e6;
/** Of the free disk, for a file that nobody has asked for: each worker may leave one, and none is to fill the disk. */
const GIFT_SHARE = 0.1;
/** A profile alone: its samples, and the record. */
const PROFILE_BYTES = 2e6;

export function decideCapture(situation: Situation): Decision {
  const { mode, first, force, snapshot } = situation;
  if (first === 'histogram') {
    if (force || fitsHistogram(situation)) return { action: 'histogram', why: 'the first capture is no snapshot' };
    return { action: 'profile', why: 'there is no room to count the objects of every class' };
  }
  const why = force ? null : findObstacle(snapshot, situation);
  if (why === null) return { action: 'snapshot', why };
  // What is there already is kept; nothing but a snapshot could be compared with it.
  if (first === 'snapshot' || first === 'profile') return { action: 'profile', why };
  if (mode !== 'auto') return { action: 'refuse', why };
  if (fitsHistogram(situation)) return { action: 'histogram', why };
  const { memoryBytes, diskBytes } = situation.room;
  const fitsProfile = memoryBytes >= PROFILE_BYTES && (diskBytes === null || diskBytes >= PROFILE_BYTES);
  return { action: fitsProfile ? 'profile' : 'refuse', why };
}

/** The first reason not to take a snapshot, or null. */
function findObstacle(cost: SnapshotCost, situation: Situation): string | null {
  const { first, room, margin, maxPauseMs, pauseLimit = 'maxPauseMs' } = situation;
  const inMemory = cost.memoryBytes + (room.diskIsMemory ? cost.fileBytes : 0);
  const needed = inMemory * margin + MEMORY_RESERVE;
  if (needed > room.memoryBytes) {
    const limit = room.memoryLimitedBy === 'cgroup' ? 'below the cgroup limit' : 'on this machine';
    return `it would need up to ${formatBytes(needed)} of memory, and ${formatBytes(room.memoryBytes)} is left ${limit}`;
  }
  const file = cost.fileBytes * margin;
  if (room.diskBytes !== null && file > room.diskBytes) {
    return `its file would need up to ${formatBytes(file)}, and ${formatBytes(room.diskBytes)} is left on the disk`;
  }
  if (first === 'profile' && room.diskBytes !== null && file > room.diskBytes * GIFT_SHARE) {
    return `its file would need up to ${formatBytes(file)}, more than a tenth of the ${formatBytes(room.diskBytes)} that are left on the disk`;
  }
  if (maxPauseMs > 0 && cost.pauseMs > maxPauseMs) {
    return `it would stop the process for about ${formatMs(cost.pauseMs)}, and ${pauseLimit} is ${formatMs(maxPauseMs)}`;
  }
  return null;
}

function fitsHistogram({ histogram, room, margin, maxPauseMs }: Situation): boolean {
  if (!histogram) return false;
  return (
    histogram.memoryBytes * margin + MEMORY_RESERVE <= room.memoryBytes &&
    histogram.heapBytes * margin <= room.heapBytes &&
    (room.diskBytes === null || room.diskBytes >= PROFILE_BYTES) &&
    (maxPauseMs === 0 || histogram.pauseMs <= maxPauseMs)
  );
}

/** Decimal units, as reports have them. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e7 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function formatMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
