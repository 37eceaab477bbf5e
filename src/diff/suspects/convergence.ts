/** Where the retaining paths of many objects come together: the object that holds them all. */
import type { RetainingTree } from '../../heap/retaining-tree';
import type { Ordinals } from './side';

/** Paths looked at; the ones of a crowd are alike. */
const SAMPLE = 300;
/** Steps over all paths together: bounds the work on very long chains. */
const MOST_STEPS = 3_000_000;
/** A node that this share of the paths goes through is common to them. */
const COMMON_SHARE = 0.6;

export interface Convergence {
  /** Ordinal of the last node that most paths go through, before they part. */
  readonly node: number;
  /** Ordinals from there (exclusive) to one of the objects (inclusive). */
  readonly tail: readonly number[];
  /** Of the paths through the node, how many go on by a node of their own, 0 to 1: low for a door to a long chain. */
  readonly fanOut: number;
}

/** Most objects hang from a holder each by itself; what many reach through few is a shortcut into a chain. */
export const OWN_WAYS = 0.5;

/** Finds where the paths of `members` converge; null when nothing reaches them. Members are never the answer. */
export function convergePaths(tree: RetainingTree, members: Ordinals): Convergence | null {
  const passes = new Map<number, number>();
  const paths: number[][] = [];
  let steps = 0;
  for (const member of sampleEvenly(members, SAMPLE)) {
    if (!tree.isReached(member)) continue;
    const path = [...tree.ancestors(member)].reverse();
    for (const node of path) passes.set(node, (passes.get(node) ?? 0) + 1);
    paths.push(path);
    steps += path.length;
    if (steps > MOST_STEPS) break;
  }
  for (let i = 0; i < members.length; i++) passes.delete(members[i]!);
  const isCommon = (node: number) => (passes.get(node) ?? 0) >= paths.length * COMMON_SHARE;
  // One member may stand on the way to what holds them all; in a list, each stands on the way to the next.
  const behindMembers = findDeepest(paths, (path) => path.findLastIndex(isCommon));
  if (behindMembers && behindMembers.fanOut >= OWN_WAYS) return behindMembers;
  return findDeepest(paths, (path) => {
    const parting = path.findIndex((node) => !isCommon(node));
    return (parting < 0 ? path.length : parting) - 1;
  });
}

/** The node that stands deepest in its path of those that `indexIn` picks; null when it picks none. */
function findDeepest(
  paths: readonly (readonly number[])[],
  indexIn: (path: readonly number[]) => number,
): Convergence | null {
  let deepest: (readonly number[])[] = [];
  let depth = -1;
  for (const path of paths) {
    const index = indexIn(path);
    if (index > depth) deepest = [];
    depth = Math.max(depth, index);
    if (index === depth) deepest.push(path);
  }
  if (depth < 0) return null;
  const usual = findUsual(deepest);
  const node = usual[depth]!;
  return { node, tail: usual.slice(depth + 1), fanOut: measureFanOut(paths, node, depth) };
}

/** One as long as most are: a server's own handle is one of a thousand, and the first. */
function findUsual(paths: readonly (readonly number[])[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const { length } of paths) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [length] = [...counts].sort((a, b) => b[1] - a[1])[0]!;
  return paths.find((path) => path.length === length)!;
}

function measureFanOut(paths: readonly (readonly number[])[], node: number, depth: number): number {
  const through = paths.filter((path) => path[depth] === node);
  return new Set(through.map((path) => path[depth + 1])).size / through.length;
}

/** Some of the nodes, `most` at the most, from all over the list. */
export function sampleEvenly(nodes: Ordinals, most: number): number[] {
  if (nodes.length <= most) return [...nodes];
  return Array.from({ length: most }, (_, i) => nodes[Math.floor((i * nodes.length) / most)]!);
}
