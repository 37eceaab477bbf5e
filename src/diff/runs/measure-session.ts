/** One session to figures that can be held against those of other processes: its report, and tables of its two heaps. */
import type { Heap } from '../../heap/heap';
import { type OpenHeapOptions, openHeap } from '../../heap/open-heap';
import { openPair } from '../../heap/open-pair';
import { mergeShapes, type ShapeDefinition } from '../../heap/shapes';
import type { SessionRecord } from '../../session';
import { classKey, placeOf } from '../constructors';
import { compareHeaps, diffSnapshots } from '../diff-heaps';
import { diffProfile } from '../profile/diff-profile';
import type { ConstructorGrowth, HeapDiff } from '../types';
import { type HeapGrowth, measureGrowth } from './heap-growth';
import type { RunInputs, RunSession } from './run-types';

export interface ClassSizes {
  readonly count: number;
  readonly shallow: number;
  readonly retained: number;
}

/** A class in one session; sizes at the ends of its window. */
export interface ClassInSession extends Pick<ConstructorGrowth, 'name' | 'function' | 'location' | 'internal'> {
  before: ClassSizes;
  after: ClassSizes;
}

/** By `classKey`. */
export type ClassesInSession = ReadonlyMap<string, ClassInSession>;

export interface SessionMeasure {
  readonly session: RunSession;
  readonly diff: HeapDiff;
  readonly growth: HeapGrowth;
  /** Null without snapshots. */
  readonly classes: ClassesInSession | null;
}

/** The same options, but progress says which heap it is of. */
export function labelProgress(options: OpenHeapOptions, label: string): OpenHeapOptions {
  const { onProgress } = options;
  return onProgress ? { ...options, onProgress: (step, share) => onProgress(`${step} ${label}`, share) } : options;
}

/**
 * The names that plain objects go by in all sessions: each heap infers its own, and the same object must not have
 * two names. One heap of each run tells what is frequent there.
 */
export async function gatherShapes(
  runs: readonly RunInputs[],
  options: OpenHeapOptions,
): Promise<readonly ShapeDefinition[]> {
  let shapes: readonly ShapeDefinition[] = [];
  for (const { label, sessions } of runs) {
    const file = sessions.find(hasPair)?.after;
    if (!file) continue;
    const heap = await openHeap(file, labelProgress(options, `shapes of ${label}`));
    shapes = mergeShapes(shapes, heap.shapes);
  }
  return shapes;
}

/** The report of one session, as `heapdiff <session>` has it; of a session without snapshots by its profile. */
export async function diffSession(session: RunSession, options: OpenHeapOptions): Promise<HeapDiff> {
  if (!hasPair(session)) return diffRecord(session);
  const { before, after, profile, record } = session;
  return diffSnapshots({ before, after, profile, record }, options);
}

/** Bare snapshots come in pairs: what is no pair has a record. */
function diffRecord({ profile, record, name }: RunSession): HeapDiff {
  return diffProfile({ profile, record: record!, recordFile: name, histograms: null });
}

/** Opens what a session has. No heap is open any more when this settles. */
export async function measureSession(
  session: RunSession,
  shapes: readonly ShapeDefinition[],
  options: OpenHeapOptions,
): Promise<SessionMeasure> {
  if (!hasPair(session)) {
    const ofRecord = diffRecord(session);
    return { session, diff: ofRecord, growth: measureGrowth(ofRecord, session), classes: null };
  }
  const { before, after, profile, record } = session;
  const heaps = await openPair(before, after, options);
  options.onProgress?.('comparing', 1);
  const diff = await compareHeaps(...heaps, { before, after, profile, record });
  return { session, diff, growth: measureGrowth(diff, session), classes: tabulate(...heaps, shapes) };
}

export function hasPair<Session extends RunSession>(
  session: Session,
): session is Session & { before: string; after: string } {
  return session.before !== null && session.after !== null;
}

const NOTHING: ClassSizes = { count: 0, shallow: 0, retained: 0 };

function tabulate(before: Heap, after: Heap, shapes: readonly ShapeDefinition[]): ClassesInSession {
  const classes = new Map<string, ClassInSession>();
  const ends = [
    ['before', before],
    ['after', after],
  ] as const;
  for (const [end, heap] of ends) {
    for (const entry of heap.groupByShapes(shapes).classes) {
      if (entry.count === 0) continue;
      const key = classKey(entry);
      const known = classes.get(key);
      const { name, function: made, isInternal: internal } = entry;
      const row = known ?? {
        name,
        function: made,
        location: placeOf(entry.location),
        internal,
        before: NOTHING,
        after: NOTHING,
      };
      // Two classes of one heap may share a key: one script loaded twice.
      row[end] = {
        count: row[end].count + entry.count,
        shallow: row[end].shallow + entry.shallowSize,
        retained: row[end].retained + entry.retainedSize,
      };
      if (!known) classes.set(key, row);
    }
  }
  return classes;
}

/**
 * The unit of work that growth is told by: one that every run counted, the one done most often where there are several.
 * Null: growth per request of some and per window of others could not be held against each other.
 */
export function chooseUnit(runs: readonly (readonly SessionMeasure[])[]): string | null {
  const done = runs.map((sessions) => {
    const sums = new Map<string, number>();
    for (const [unit, count] of sessions.flatMap(({ diff }) => Object.entries(diff.window?.units ?? {}))) {
      if (count > 0) sums.set(unit, (sums.get(unit) ?? 0) + count);
    }
    return sums;
  });
  const common = [...(done[0] ?? [])].filter(([unit]) => done.every((sums) => sums.has(unit)));
  return common.sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** When the window closed; bare snapshots keep the order in which they were named. */
export const endOf = (record: SessionRecord | null) => record?.after.wallClock ?? 0;
