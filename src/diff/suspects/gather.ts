/** Groups of one parent, each too small or of too many kinds to tell something by itself, made one. */
import { CONTEXT_NAME } from '../../heap/functions';
import { INDEXED, INDIRECT } from './edge-names';
import { ANY_NAME, CROWD, countGrowth, type Group, growthOf, type HeapPair, mergeInto } from './groups';
import { Side } from './side';

/**
 * Makes one group of keys of a dictionary that all have grown: lists per customer, per day, per topic. What came lies
 * below each of them, and no single one tells.
 */
export function gatherKeys(
  { classes }: HeapPair,
  parent: Group,
  children: readonly Group[],
  smallest: number,
): readonly Group[] {
  if (classes[parent.classIndex]?.name === CONTEXT_NAME) return children; // variables are no keys
  const isKey = (child: Group) => isNamed(child) && !classes[child.classIndex]!.isInternal && growthOf(child) > 0;
  const gathered = new Set<Group>();
  const sums: Group[] = [];
  for (const keys of groupBy(children.filter(isKey), ({ classIndex }) => classIndex).values()) {
    const total = sumGrowth(keys);
    if (keys.length < CROWD || total < smallest || keys.some((key) => growthOf(key) > total / 2)) continue;
    for (const key of keys) gathered.add(key);
    sums.push(sumOf(keys));
  }
  return [...children.filter((child) => !gathered.has(child)), ...sums];
}

/** What is worth to be made one. */
export interface Worth {
  /** Bytes that it grew by, at the least. */
  readonly smallest: number;
  /** Whether it grew by new objects. */
  readonly spreads: (group: Group) => boolean;
}

/**
 * Makes one group of the entries of a collection that are of many classes: events, nodes of a syntax tree, parsed
 * messages. No class tells how many came, and each may be too small to be seen.
 */
export function gatherMixed(
  pair: HeapPair,
  parent: Group,
  children: readonly Group[],
  { smallest, spreads }: Worth,
): readonly Group[] {
  if (isRoot(pair, parent)) return children;
  const entries = new Set(children.filter((child) => areObjects(pair, child) && growthOf(child) > 0));
  const byName = groupBy(entries, ({ classIndex }) => pair.classes[classIndex]!.name);
  const largestFirst = [...byName.values()].sort((a, b) => sumGrowth(b) - sumGrowth(a));
  const total = sumGrowth(entries);
  if (total < smallest || sumGrowth(largestFirst[0]!) >= total / 2) return children;
  const mixed = { ...sumOf(largestFirst.flat()), classNames: new Set(byName.keys()) };
  return spreads(mixed) ? [...children.filter((child) => !entries.has(child)), mixed] : children;
}

/** Sums groups of one class name that together are a crowd, whatever their edges and definition sites. */
export function gatherKin({ classes }: HeapPair, groups: readonly Group[], smallest: number): Group[] {
  const isCrowd = (kin: readonly Group[]) =>
    sumGrowth(kin) >= smallest && kin.reduce((sum, { before, after }) => sum + after.count - before.count, 0) >= CROWD;
  // The sum is called by the first: by those of which most came.
  const mostFirst = (a: Group, b: Group) => countGrowth(b) - countGrowth(a) || growthOf(b) - growthOf(a);
  const byName = groupBy(groups, ({ classIndex }) => classes[classIndex]!.name);
  const crowds = [...byName.values()].filter(isCrowd).map((kin) => kin.sort(mostFirst));
  return crowds.sort(([a], [b]) => mostFirst(a!, b!)).map(sumOf);
}

/** Entries of a collection that are objects: a Map's keys that are strings are none. */
function areObjects({ after: { heap } }: HeapPair, { edge, after }: Group): boolean {
  const { nodes, nodeType } = heap.graph;
  if ((edge !== INDEXED && edge !== ANY_NAME) || after.count === 0) return false;
  const type = nodes.type[after.nodes[0]!];
  return type === nodeType.object || type === nodeType.closure;
}

/** What V8's roots hold has nothing in common but that. */
function isRoot({ after: { heap } }: HeapPair, { parent, after }: Group): boolean {
  const { nodes, nodeType } = heap.graph;
  return parent === null || after.count === 0 || nodes.type[after.nodes[0]!] === nodeType.synthetic;
}

const isNamed = ({ edge }: Group) => edge !== INDEXED && edge !== INDIRECT && edge !== ANY_NAME;

function sumGrowth(groups: Iterable<Group>): number {
  let sum = 0;
  for (const group of groups) sum += growthOf(group);
  return sum;
}

function groupBy<Key>(groups: Iterable<Group>, keyOf: (group: Group) => Key): Map<Key, Group[]> {
  const byKey = new Map<Key, Group[]>();
  for (const group of groups) {
    const key = keyOf(group);
    const known = byKey.get(key);
    if (known) known.push(group);
    else byKey.set(key, [group]);
  }
  return byKey;
}

/** Makes one of groups of one parent, whatever their edges; they stay as they are. */
function sumOf(groups: readonly Group[]): Group {
  const sum = { ...groups[0]!, edge: ANY_NAME, before: new Side(), after: new Side() };
  for (const group of groups) mergeInto(sum, group);
  return sum;
}
