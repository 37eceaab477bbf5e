/** A session without snapshots to a report: sites, the floor of the live heap, the memory ledger. No object has a name. */
import { HeapdiffError } from '../../errors';
import type { Session, SessionRecord } from '../../session';
import { compareSites, isOwnAllocation } from '../allocation-sites';
import type { DetailRequest } from '../diff-heaps';
import { explainMemory } from '../memory';
import { readProfileStacks } from '../stacks';
import { findTrend } from '../trend';
import type { HeapDiff, HeapSide } from '../types';
import { describeWindow, growthPerUnit } from '../window';
import { diffClasses } from './class-growth';
import { judgeProfile } from './judge-profile';

export interface ProfileInputs {
  /** Path of the sampling profile; null when there is none either: the record alone speaks then. */
  readonly profile: string | null;
  readonly record: SessionRecord;
  /** Path of the record, which stands for `before`: there is no snapshot that could. */
  readonly recordFile: string;
  /** Paths of the counts of classes; null: there are none. */
  readonly histograms: Session['histograms'];
  /** Path of the snapshot of the end, which `addHolders` reads, where there is one. */
  readonly after?: string | null;
}

/**
 * Reports a session of mode `profile` as `heapdiff/report@1`: no node and no suspect, and constructors
 * only where their objects were counted. `totalBytes` of the
 * sides is the floor of the live heap, and growth is its rise; with fewer than two readings of it, what the profile
 * holds. Throws PROFILE_CORRUPT, CLASSES_CORRUPT, and NO_SUCH_SUSPECT for any suspect.
 */
export function diffProfile(inputs: ProfileInputs, { suspect }: DetailRequest = {}): HeapDiff {
  const { profile, record, recordFile, histograms } = inputs;
  if (suspect !== undefined) throw new HeapdiffError('NO_SUCH_SUSPECT', { rank: suspect, count: 0 });
  const sampled = profile === null ? [] : readProfileStacks(profile, record.scripts);
  const stacks = sampled.filter((stack) => !isOwnAllocation(stack));
  const sites = compareSites(stacks);
  const keptBytes = stacks.reduce((sum, { bytes }) => sum + bytes, 0);
  const floor = record.floor.map(({ bytes }) => bytes);
  const hasFloor = floor.length >= 2;
  const end = floor.at(-1) ?? record.after.memory.process.heapUsed;
  const start = hasFloor ? floor[0]! : end - keptBytes;
  const totalBytes = end - start;
  const memory = explainMemory(record);
  const side = (file: string, bytes: number): HeapSide => {
    return { file, nodeVersion: record.nodeVersion, nodes: 0, edges: 0, totalBytes: bytes };
  };
  return {
    schema: 'heapdiff/report@1',
    before: side(recordFile, start),
    after: side(profile ?? recordFile, end),
    identity: { comparable: false, agreement: 0 },
    verdict: judgeProfile({ totalBytes, keptBytes, sites, trend: findTrend(record), memory }),
    growth: { totalBytes, perUnit: growthPerUnit(totalBytes, record) },
    suspects: [],
    constructors: histograms ? diffClasses(histograms) : [],
    allocationSites: sites,
    memory,
    window: describeWindow(record),
    notes: [
      inputs.after
        ? 'There is a snapshot of the end only: it shows what the heap holds, not what of it grew.'
        : `Without snapshots there are sites${histograms ? ' and counts' : ''}, but no objects: a session of mode snapshot names what holds them.`,
      ...(hasFloor ? [] : ['Growth is what the profile holds: too few major collections to see the live heap grow.']),
    ],
  };
}
