/** The way from a holder to what it holds: `, through [key] → items → []`. */
import type { PathStep } from '../types';
import { collapseRepeats } from './collapse-repeats';
import { sampleEvenly } from './convergence';
import type { PathReader } from './path-reader';
import type { Ordinals } from './side';

const LONGEST_TAIL = 6;
/** Objects whose ways are compared. */
const SAMPLE = 16;
/** So many names at one place of like ways are keys: a list has two ends, a tree's node two sides. */
const FEWEST_KEYS = 4;

/** The way to `member`, where it is longer than one step; names that the ways to `members` don't share are keys. */
export function describeTail(paths: PathReader, holder: number, member: number, members: Ordinals): string {
  const way = stepsBetween(paths, holder, member);
  // Other ways may be as long as a list is: no more of them is looked at than of this one.
  const others = sampleEvenly(members, SAMPLE).map((other) => stepsBetween(paths, holder, other, way.length));
  const names = collapseRepeats(markKeys(way, others))
    .map(({ name, repeats }) => (repeats ? `${name} ×${repeats}` : name))
    .filter((name) => name !== '');
  const isPlain = names.every((name) => name === '[]' || name === '[key]');
  return isPlain || names.length === 0 ? '' : `, through ${names.slice(0, LONGEST_TAIL).join(' → ')}`;
}

function markKeys(way: readonly PathStep[], others: readonly (readonly PathStep[])[]): PathStep[] {
  let alike = others;
  return way.map((step, at) => {
    alike = alike.filter((other) => other[at]?.edge === step.edge && other[at].constructor === step.constructor);
    const isKey = step.edge === 'property' && new Set(alike.map((other) => other[at]!.name)).size >= FEWEST_KEYS;
    return isKey ? { ...step, name: '[key]' } : step;
  });
}

/** The first steps from the holder on, V8's own nodes passed over, with `[]` for any index. */
function stepsBetween(paths: PathReader, holder: number, member: number, most = Number.POSITIVE_INFINITY): PathStep[] {
  const way: number[] = [];
  for (const node of paths.tree.ancestors(member)) {
    way.push(node);
    if (node === holder) return stepsAlong(paths, way.reverse(), most);
  }
  return [];
}

function stepsAlong(paths: PathReader, way: readonly number[], most: number): PathStep[] {
  const steps: PathStep[] = [];
  for (let at = 1; at < way.length && steps.length < most; at++) {
    const node = way[at]!;
    if (paths.kind.isInternalNode(node)) continue;
    const edge = paths.tree.edgeBetween(way[at - 1]!, node);
    const isIndex = paths.isIndexed(edge) || /^\d+$/.test(paths.edgeName(edge));
    steps.push({
      edge: paths.edgeType(edge),
      name: isIndex ? '[]' : paths.edgeName(edge),
      constructor: paths.className(node),
    });
  }
  return steps;
}
