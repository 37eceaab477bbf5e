/** Looks at one suspect closely: its members, what they are made of, the way to one of them, who made them. */
import { RetainingTree } from '../../heap/retaining-tree';
import { describeFrame } from '../allocation-sites';
import { collapseRepeats } from '../suspects/collapse-repeats';
import type { Crowd } from '../suspects/crowd';
import type { TracedSuspects } from '../suspects/find-suspects';
import type { HeapPair } from '../suspects/groups';
import { PathReader } from '../suspects/path-reader';
import type { DetailStep, SuspectDetails, SuspectStack } from './detail-types';
import { composeByClass, distribute, measureOwnBytes } from './measure-members';
import { ShapeReader } from './value-shapes';

export interface DetailOptions {
  /** Rank of the suspect, from 1. */
  readonly suspect: number;
  /** Also short beginnings of strings. */
  readonly values?: boolean;
  /** Of the heap `after`, for who describes several. */
  readonly tree?: RetainingTree;
}

const MOST_STACKS = 8;

/** Describes one suspect of `traced`; null when there is none of that rank. */
export function describeSuspect(
  pair: HeapPair,
  traced: TracedSuspects,
  comparable: boolean,
  options: DetailOptions,
): SuspectDetails | null {
  const index = options.suspect - 1;
  const growth = traced.growth[index];
  if (!growth) return null;
  const { heap } = pair.after;
  // The crowds of one class: a Map's keys are held by the same holder as its values, but are not the members.
  const { classIndex } = growth.crowds[0]!;
  const crowds = growth.crowds.filter((crowd) => crowd.classIndex === classIndex);
  const all = membersOf(crowds);
  const members = preferNew(pair, comparable, all);
  const own = measureOwnBytes(heap, members);
  const bySize = members.map((_, at) => at).sort((a, b) => own[a]! - own[b]!);
  const reader = new ShapeReader(pair.after, pair.classes, { values: options.values ?? false });
  const examples = [...new Set([bySize[bySize.length >> 1]!, bySize.at(-1)!, bySize[0]!])].map((at) => members[at]!);
  return {
    rank: options.suspect,
    members: {
      countBefore: crowds.reduce((sum, { group }) => sum + group.before.count, 0),
      countAfter: all.length,
      newOnly: members !== all,
      bytes: distribute(own),
    },
    path: describeWay(pair, examples[0]!, options.tree ?? new RetainingTree(heap)),
    composition: composeByClass(pair.after, pair.classes, preferNew(pair, comparable, membersOf(growth.crowds))),
    stacks: describeStacks(traced.stacks[index]!, growth.growthBytes),
    examples: examples.map((node) => reader.describe(node)),
  };
}

const membersOf = (crowds: readonly Crowd[]) => [...new Set(crowds.flatMap(({ group }) => [...group.after.nodes]))];

/** The nodes that are new where ids tell, else all of them. */
function preferNew({ before, after }: HeapPair, comparable: boolean, nodes: number[]): number[] {
  if (!comparable) return nodes;
  const known = before.heap.ids;
  const added = nodes.filter((node) => !known.has(after.heap.graph.nodes.id[node]!));
  return added.length > 0 && added.length < nodes.length ? added : nodes;
}

function describeWay(pair: HeapPair, member: number, tree: RetainingTree): DetailStep[] {
  const { heap } = pair.after;
  const reader = new PathReader(pair, tree);
  const { nodes, nodeType } = heap.graph;
  const steps = reader.stepsTo(member).map(({ node, ...step }) => ({
    ...step,
    // Roots are all of one class: their names tell them apart.
    constructor: nodes.type[node] === nodeType.synthetic ? heap.names.get(nodes.name[node]!) : step.constructor,
    id: heap.graph.nodes.id[node]!,
    retainedSize: heap.retainedOf(node),
  }));
  return collapseRepeats(steps);
}

function describeStacks(stacks: TracedSuspects['stacks'][number], growthBytes: number): SuspectStack[] {
  // Estimates may sum to more than there is: shares are then of their sum.
  const sum = stacks.reduce((total, { bytes }) => total + bytes, 0);
  const base = Math.max(growthBytes, sum, 1);
  const largest = [...stacks].sort((a, b) => b.bytes - a.bytes).slice(0, MOST_STACKS);
  return largest.map(({ frames, bytes, count, source }) => {
    return { frames: frames.map(describeFrame), bytes, count, share: bytes / base, source };
  });
}
