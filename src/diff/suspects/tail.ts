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
  const others = sampleEvenly(members, SAMPLE).map((other) => stepsBetween(paths, holder, other));
  const steps = stepsBetween(paths, holder, member).map((step, at, way) =>
    isKey(way, at, others) ? { ...step, name: '[key]' } : step,
  );
  const names = collapseRepeats(steps)
    .map(({ name, repeats }) => (repeats ? `${name} ×${repeats}` : name))
    .filter((name) => name !== '');
  const isPlain = names.every((name) => name === '[]' || name === '[key]');
  return isPlain || names.length === 0 ? '' : `, through ${names.slice(0, LONGEST_TAIL).join(' → ')}`;
}

function isKey(way: readonly PathStep[], at: number, others: readonly (readonly PathStep[])[]): boolean {
  if (way[at]!.edge !== 'property') return false;
  const isLike = (other: readonly PathStep[]) =>
    way.slice(0, at + 1).every((step, i) => step.edge === other[i]?.edge && step.constructor === other[i].constructor);
  return new Set(others.filter(isLike).map((other) => other[at]!.name)).size >= FEWEST_KEYS;
}

/** Steps from the holder on, V8's own nodes passed over, with `[]` for any index. */
function stepsBetween(paths: PathReader, holder: number, member: number): PathStep[] {
  const path = paths.tree.pathTo(member);
  const start = path.findIndex(({ node }) => node === holder);
  if (start < 0) return [];
  return path.slice(start + 1).flatMap(({ node, edge }) => {
    if (paths.kind.isInternalNode(node)) return [];
    const isIndex = paths.isIndexed(edge) || /^\d+$/.test(paths.edgeName(edge));
    const name = isIndex ? '[]' : paths.edgeName(edge);
    return [{ edge: paths.edgeType(edge), name, constructor: paths.className(node) }];
  });
}
