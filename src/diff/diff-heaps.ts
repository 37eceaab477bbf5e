/** Two snapshots to one report: the pipeline. */

import type { Heap } from '../heap/heap';
import { findNodeVersion } from '../heap/node-version';
import { openPair } from '../heap/open-pair';
import type { SessionRecord } from '../session';
import { compareSites, isOwnAllocation } from './allocation-sites';
import { compareConstructors, pairClasses } from './constructors';
import { compareIdentity } from './identity';
import { explainMemory } from './memory';
import { measureOffHeap } from './off-heap';
import { type AllocationStack, readProfileStacks, readTracedStacks } from './stacks';
import { findSuspects } from './suspects/find-suspects';
import { pairHeaps } from './suspects/groups';
import { findTrend } from './trend';
import type { HeapDiff, HeapSide } from './types';
import { growthPerUnit, judgeGrowth } from './verdict';
import { describeWindow } from './window';

/** Paths of the inputs; `-` is standard input. */
export interface DiffInputs {
  readonly before: string;
  readonly after: string;
  /** The sampling profile of the window between the two, when there is one. */
  readonly profile: string | null;
  /** What the agent noted about the window; null for bare snapshots. */
  readonly record: SessionRecord | null;
}

export interface DiffOptions {
  /** Called while working: what is being done, and how much of it, 0 to 1. */
  readonly onProgress?: (step: string, share: number) => void;
}

/** Opens both snapshots and compares them. Throws HeapdiffError for input that cannot be read. */
export async function diffSnapshots(inputs: DiffInputs, options: DiffOptions = {}): Promise<HeapDiff> {
  const report = options.onProgress ?? (() => undefined);
  const [before, after] = await openPair(inputs.before, inputs.after, { onProgress: report });
  report('comparing', 1);
  return compareHeaps(before, after, inputs);
}

/** Compares two open heaps. */
export function compareHeaps(before: Heap, after: Heap, { profile, record }: DiffInputs): HeapDiff {
  const identity = compareIdentity(before, after);
  const classes = pairClasses(before, after);
  const constructors = compareConstructors(before, after, classes, identity.comparable);
  const stacks = readStacks(after, profile);
  const allocationSites = compareSites(stacks, stacks[0]?.source === 'traced' ? (readTracedStacks(before) ?? []) : []);
  const pair = pairHeaps(before, after, classes);
  const suspects = findSuspects({ pair, comparable: identity.comparable, stacks });
  const offHeap = measureOffHeap(before, after, record);
  const totalBytes = after.totalBytes - before.totalBytes;
  return {
    schema: 'heapdiff/report@1',
    before: describeSide(before, record),
    after: describeSide(after, record),
    identity,
    verdict: judgeGrowth({ totalBytes, suspects, trend: findTrend(record), offHeap, record }),
    growth: { totalBytes, perUnit: record && growthPerUnit(totalBytes, record) },
    suspects,
    constructors,
    allocationSites,
    memory: record && explainMemory(record),
    window: record && describeWindow(record),
    notes: [],
  };
}

/** Exact stacks where they were tracked, else the sampling profile. */
function readStacks(after: Heap, profile: string | null): AllocationStack[] {
  const stacks = readTracedStacks(after) ?? (profile ? readProfileStacks(profile) : []);
  return stacks.filter((stack) => !isOwnAllocation(stack));
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
