/**
 * Heaps of small programs, before and after, for tests of what a comparison says. Edges as in heap-builder; a node is
 * what its key says without its last digits, so that `session1` to `session20` are twenty Sessions.
 */
import { type ClassPair, pairClasses } from '../../src/diff/constructors';
import { compareHeaps, type DiffInputs } from '../../src/diff/diff-heaps';
import { type HeapPair, pairHeaps } from '../../src/diff/suspects/groups';
import type { HeapDiff, Suspect } from '../../src/diff/types';
import type { Heap } from '../../src/heap/heap';
import { type NodePlan, planHeap } from './heap-builder';
import { openPlan } from './heap-files';

/** What a node is, and where its class or function is defined: `line:column`, 1-based, in the program's script. */
export type NodeKindPlan = Partial<NodePlan> & { at?: string; script?: number };

/** Larger than what a comparison takes for noise, when there are a dozen of them. */
export const LARGE = 8192;

const COMMON: Record<string, NodeKindPlan> = {
  roots: { type: 'synthetic', name: '(GC roots)', selfSize: 0 },
  global: { name: 'global' },
  load: { type: 'closure', name: 'load', at: '3:10' },
  context: { name: 'system / Context' },
  shared: { type: 'code', name: 'load' },
  script: { type: 'code', name: '/srv/shop/src/store.js' },
  map: { name: 'Map' },
  table: { type: 'array', name: '' },
  array: { name: 'Array' },
  elements: { type: 'array', name: '' },
  object: { name: 'Object' },
  session: { name: 'Session', selfSize: LARGE, at: '12:8' },
};

/** A module `src/store.js` with one function; `context` is its scope. */
export const MODULE = `
  root #1 -> roots
  root !global -> global
  global .load -> load
  load {context} -> context
  load {shared} -> shared
  shared {script} -> script
`;

export interface Program {
  readonly edges: string;
  readonly nodes?: Readonly<Record<string, NodeKindPlan>>;
  /** Added to every id: another process. Ids of synthetic roots stay. */
  readonly idOffset?: number;
}

/** `count` lines, each made from its number. */
export function times(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

export function openProgram({ edges, nodes = {}, idOffset = 0 }: Program): Promise<Heap> {
  const kinds: Record<string, NodeKindPlan> = { ...COMMON, ...nodes };
  const keys = new Set(edges.match(/^\s*\S+|\S+\s*$/gm)?.map((key) => key.trim()) ?? []);
  keys.delete('root');
  const kindOf = (key: string) => kinds[key] ?? kinds[key.replace(/\d+$/, '')];
  const details = [...keys].flatMap((key) => {
    const { at: _, script: __, ...detail } = kindOf(key) ?? {};
    return Object.keys(detail).length > 0 ? [[key, detail] as const] : [];
  });
  const plan = planHeap(edges, Object.fromEntries(details));
  const ordinals = keyOrdinals(edges);
  for (const key of keys) {
    const { at, script = 7 } = kindOf(key) ?? {};
    if (!at) continue;
    const [line, column] = at.split(':').map(Number) as [number, number];
    plan.locations.push({ ordinal: ordinals.get(key)!, scriptId: script, line: line - 1, column: column - 1 });
  }
  for (const node of plan.nodes) if (node.type !== 'synthetic') node.id += idOffset;
  return openPlan(plan);
}

/** As heap-builder numbers nodes: by their first mention, the root first. */
function keyOrdinals(edges: string): Map<string, number> {
  const ordinals = new Map([['root', 0]]);
  for (const line of edges.split('\n')) {
    const [from, to] = [/^\s*(\S+)/.exec(line)?.[1], /(\S+)\s*$/.exec(line)?.[1]];
    for (const key of [from, to]) if (key && !ordinals.has(key)) ordinals.set(key, ordinals.size);
  }
  return ordinals;
}

export interface OpenedPair {
  readonly before: Heap;
  readonly after: Heap;
  readonly classes: ClassPair;
  readonly pair: HeapPair;
}

export async function openPrograms(before: Program, after: Program): Promise<OpenedPair> {
  const heaps = { before: await openProgram(before), after: await openProgram(after) };
  const classes = pairClasses(heaps.before, heaps.after);
  return { ...heaps, classes, pair: pairHeaps(heaps.before, heaps.after, classes) };
}

const BARE: DiffInputs = { before: 'a.heapsnapshot', after: 'b.heapsnapshot', profile: null, record: null };

export async function diffPrograms(
  before: Program,
  after: Program,
  inputs: Partial<DiffInputs> = {},
): Promise<HeapDiff> {
  return compareHeaps(await openProgram(before), await openProgram(after), { ...BARE, ...inputs });
}

/** Suspects of two programs that differ by their edges. */
export async function findSuspectsIn(
  before: string,
  after: string,
  nodes: Program['nodes'] = {},
): Promise<readonly Suspect[]> {
  return (await diffPrograms({ edges: before, nodes }, { edges: after, nodes })).suspects;
}
