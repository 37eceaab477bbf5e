/** Two snapshots to one report: the pipeline. */

import { HeapdiffError } from '../errors';
import type { Heap } from '../heap/heap';
import { findNodeVersion } from '../heap/node-version';
import type { OpenHeapOptions } from '../heap/open-heap';
import { openPair } from '../heap/open-pair';
import type { SessionRecord } from '../session';
import { compareSites, isAgentFile, isOwnAllocation } from './allocation-sites';
import { type ClassPair, compareConstructors, compareIds, pairClasses } from './constructors';
import { describeSuspect } from './details/describe-suspect';
import { compareIdentity } from './identity';
import { explainMemory, measureLiveHeap, noteMemory } from './memory';
import { measureOffHeap } from './off-heap';
import { type AllocationStack, readProfileStacks, readTracedStacks } from './stacks';
import { findCrowds, moveToFirst, type TracedSuspects, traceSuspects } from './suspects/find-suspects';
import { type HeapPair, pairHeaps } from './suspects/groups';
import { findTrend } from './trend';
import type { HeapDiff, HeapSide } from './types';
import type { Evidence } from './verdict/evidence';
import { judgeGrowth } from './verdict/judge-growth';
import { findLeader } from './verdict/leader';
import { describeWindow, growthPerUnit } from './window';

/** Paths of the inputs; `-` is standard input. */
export interface DiffInputs {
  readonly before: string;
  readonly after: string;
  /** The sampling profile of the window between the two, when there is one; of several windows: all of them. */
  readonly profile: string | readonly string[] | null;
  /** What the agent noted about the window; null for bare snapshots. */
  readonly record: SessionRecord | null;
}

export interface DiffOptions extends DetailRequest, OpenHeapOptions {}

/** What a comparison says more when asked. */
export interface DetailRequest {
  /** Rank of a suspect to look at closely: `suspectDetails` of the result. Throws NO_SUCH_SUSPECT without one. */
  readonly suspect?: number;
  /** With `suspect`: also short beginnings of the strings of its members. Snapshots hold secrets. */
  readonly values?: boolean;
}

/** Opens both snapshots and compares them. Throws HeapdiffError for input that cannot be read. */
export async function diffSnapshots(inputs: DiffInputs, options: DiffOptions = {}): Promise<HeapDiff> {
  const [before, after] = await openPair(inputs.before, inputs.after, options);
  options.onProgress?.('comparing', 1);
  return compareHeaps(before, after, inputs, options);
}

/** Compares two open heaps. Throws NO_SUCH_SUSPECT. */
export async function compareHeaps(
  before: Heap,
  after: Heap,
  inputs: DiffInputs,
  request: DetailRequest = {},
): Promise<HeapDiff> {
  const { diff, pair, traced } = await analyzePair(before, after, inputs);
  const { suspect, values = false } = request;
  if (suspect === undefined) return diff;
  const suspectDetails = describeSuspect(pair, traced, diff.identity.comparable, { suspect, values });
  if (!suspectDetails) throw new HeapdiffError('NO_SUCH_SUSPECT', { rank: suspect, count: diff.suspects.length });
  return { ...diff, suspectDetails };
}

/** A comparison and what it was made from. */
export interface PairAnalysis {
  readonly diff: HeapDiff;
  readonly classes: ClassPair;
  readonly pair: HeapPair;
  readonly traced: TracedSuspects;
}

export async function analyzePair(before: Heap, after: Heap, { profile, record }: DiffInputs): Promise<PairAnalysis> {
  const classes = pairClasses(before, after);
  const stacks = readStacks(after, profile, record);
  const allocationSites = compareSites(stacks, stacks[0]?.source === 'traced' ? (readTracedStacks(before) ?? []) : []);
  const pair = pairHeaps(before, after, classes);
  const offHeap = measureOffHeap(before, after, record);
  const crowds = findCrowds(pair);
  // Up to here, another thread may have compared ids and searched for retainers.
  const foreign = await after.joinIdComparison();
  const identity = compareIdentity(before, after);
  const comparedIds = identity.comparable ? (foreign ?? compareIds(before, after, classes)) : null;
  const constructors = compareConstructors(classes, comparedIds);
  await after.joinRetainerSearch();
  const bySize = traceSuspects({ pair, comparable: identity.comparable, crowds, stacks });
  const totalBytes = after.totalBytes - before.totalBytes;
  const trends = { trend: findTrend(record), trendOutside: findTrend(record, 'external') };
  const evidence: Omit<Evidence, keyof TracedSuspects> = { totalBytes, ...trends, offHeap, record };
  const traced = moveToFirst(bySize, findLeader({ ...evidence, ...bySize }));
  const { suspects } = traced;
  const diff: HeapDiff = {
    schema: 'heapdiff/report@1',
    before: describeSide(before, record),
    after: describeSide(after, record),
    identity,
    verdict: judgeGrowth({ ...evidence, ...traced }),
    growth: { totalBytes, perUnit: record && growthPerUnit(totalBytes, record) },
    suspects,
    constructors: constructors.filter(({ location }) => !isAgentFile(location?.file ?? '')),
    allocationSites,
    memory: record && explainMemory(record, { before: measureLiveHeap(before), after: measureLiveHeap(after) }),
    window: record && describeWindow(record),
    notes: record ? noteMemory(record) : [],
  };
  return { diff, classes, pair, traced };
}

/** Exact stacks where they were tracked, else the sampling profile. */
function readStacks(after: Heap, profile: DiffInputs['profile'], record: DiffInputs['record']): AllocationStack[] {
  const profiles = typeof profile === 'string' ? [profile] : (profile ?? []);
  const traced = readTracedStacks(after);
  // An empty trace tree must not hide the profile.
  const sampled = () => profiles.flatMap((file) => readProfileStacks(file, record?.scripts));
  const stacks = traced && traced.length > 0 ? traced : sampled();
  const known = stacks.filter((stack) => !isOwnAllocation(stack));
  return profiles.length > 1 ? known.map(({ ages: _, ...stack }) => stack) : known;
}

function describeSide(heap: Heap, record: SessionRecord | null): HeapSide {
  return {
    file: heap.file,
    nodeVersion: record?.nodeVersion ?? findNodeVersion(heap),
    nodes: heap.graph.nodeCount,
    edges: heap.graph.edgeCount,
    totalBytes: heap.totalBytes,
  };
}
