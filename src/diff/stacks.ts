/** Allocation stacks, from wherever they were recorded: a sampling profile or a snapshot's trace tree. */
import fs from 'node:fs';
import { HeapdiffError } from '../errors';
import type { Heap } from '../heap/heap';
import type { SessionScript } from '../session';
import type { SiteSource } from './types';

export interface Frame {
  /** Empty for an anonymous function. */
  readonly function: string;
  /** Path, URL or `node:` name; empty for native code. */
  readonly file: string;
  /** 1-based; where the function is defined, not the line that allocates. 0 when unknown. */
  readonly line: number;
  readonly column: number;
}

/** Bytes allocated in the window by one stack and still alive at its end. */
export interface AllocationStack {
  /** Innermost first; never empty. */
  readonly frames: readonly Frame[];
  readonly bytes: number;
  readonly count: number;
  readonly source: SiteSource;
  /** When each sample was taken: its place in the order of all allocation of the window, 0 to 1. Of one window only. */
  readonly ages?: readonly number[];
}

interface ProfileNode {
  readonly callFrame: {
    functionName: string;
    url: string;
    scriptId: string;
    lineNumber: number;
    columnNumber: number;
  };
  readonly selfSize: number;
  readonly id: number;
  readonly children: readonly ProfileNode[];
}

interface HeapProfile {
  readonly head: ProfileNode;
  /** `ordinal`: samples are numbered as they are taken, and keep their numbers when others are collected. */
  readonly samples?: readonly { readonly nodeId: number; readonly size: number; readonly ordinal?: number }[];
}

/**
 * Reads a `.heapprofile`. Bytes are V8's estimates, already scaled up from the samples. `scripts` of the same process
 * name the code that a profile has no name for: what `eval` made of a `sourceURL`.
 */
export function readProfileStacks(file: string, scripts: readonly SessionScript[] = []): AllocationStack[] {
  const profile = parseProfile(file);
  const urls = new Map(scripts.map(({ id, url }) => [id, url]));
  const samplesOf = groupSamples(profile.samples ?? []);
  const stacks: AllocationStack[] = [];
  // An explicit stack: call trees nest deeper than JavaScript's own.
  const open: { node: ProfileNode; frames: readonly Frame[] }[] = [{ node: profile.head, frames: [] }];
  for (let item = open.pop(); item; item = open.pop()) {
    const { node } = item;
    const isRoot = node === profile.head;
    const frames = isRoot ? [] : [toFrame(node.callFrame, urls), ...item.frames];
    const bytes = node.selfSize;
    if (bytes > 0) {
      const known = frames.length > 0 ? frames : [NATIVE];
      const ages = samplesOf.get(node.id) ?? [];
      stacks.push({ frames: known, bytes, count: ages.length, source: 'sampled', ages });
    }
    for (const child of node.children) open.push({ node: child, frames });
  }
  return stacks;
}

/** Ages of the samples of each node of the call tree. */
function groupSamples(samples: NonNullable<HeapProfile['samples']>): Map<number, number[]> {
  const last = samples.reduce((largest, { ordinal = 0 }) => Math.max(largest, ordinal), 1);
  const ages = new Map<number, number[]>();
  for (const { nodeId, ordinal = 0 } of samples) {
    const known = ages.get(nodeId);
    if (known) known.push(ordinal / last);
    else ages.set(nodeId, [ordinal / last]);
  }
  return ages;
}

const NATIVE: Frame = { function: '(native)', file: '', line: 0, column: 0 };

function toFrame(callFrame: ProfileNode['callFrame'], urls: ReadonlyMap<string, string>): Frame {
  const { functionName, url, scriptId, lineNumber, columnNumber } = callFrame;
  const file = url || (urls.get(scriptId) ?? '');
  return { function: functionName, file, line: lineNumber + 1, column: columnNumber + 1 };
}

function parseProfile(file: string): HeapProfile {
  let profile: HeapProfile;
  try {
    profile = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new HeapdiffError('PROFILE_CORRUPT', { file, reason: 'it is not JSON' }, cause);
  }
  if (typeof profile?.head?.selfSize !== 'number' || !Array.isArray(profile.head.children)) {
    throw new HeapdiffError('PROFILE_CORRUPT', { file, reason: 'it has no call tree' });
  }
  return profile;
}

/** Stacks of the live objects of a heap that was captured while stacks were tracked; null otherwise. */
export function readTracedStacks(heap: Heap): AllocationStack[] | null {
  const { traceTree, traceFunctions, graph } = heap;
  const { traceNodeId } = graph.nodes;
  if (!traceTree?.count || !traceFunctions) return null;
  if (!traceNodeId) return [];
  const rowOfId = new Map<number, number>();
  for (let row = 0; row < traceTree.count; row++) rowOfId.set(traceTree.id[row]!, row);
  const bytes = new Float64Array(traceTree.count);
  const count = new Float64Array(traceTree.count);
  for (let ordinal = 0; ordinal < graph.nodeCount; ordinal++) {
    const row = rowOfId.get(traceNodeId[ordinal]!);
    if (row === undefined) continue;
    bytes[row]! += heap.shallowOf(ordinal);
    count[row]!++;
  }
  const stacks: AllocationStack[] = [];
  for (let row = 0; row < traceTree.count; row++) {
    if (bytes[row] === 0) continue;
    const frames = tracedFrames(heap, row);
    if (frames.length > 0) stacks.push({ frames, bytes: bytes[row]!, count: count[row]!, source: 'traced' });
  }
  return stacks;
}

/** Frames of one row of the trace tree, innermost first; the outermost row is V8's own `(root)`. */
function tracedFrames({ traceTree, traceFunctions, names }: Heap, row: number): Frame[] {
  const frames: Frame[] = [];
  const column = (name: string, index: number) => traceFunctions!.get(name)?.[index] ?? 0;
  for (let at = row; traceTree!.parent[at]! >= 0; at = traceTree!.parent[at]!) {
    const index = traceTree!.functionIndex[at]!;
    frames.push({
      function: names.get(column('name', index)),
      file: names.get(column('script_name', index)),
      line: column('line', index),
      column: column('column', index),
    });
  }
  return frames;
}
