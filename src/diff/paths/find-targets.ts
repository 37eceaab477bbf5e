/** From what was typed to nodes: an id, or the name of a constructor. */
import { HeapdiffError } from '../../errors';
import type { HeapClass } from '../../heap/classes';
import type { Heap } from '../../heap/heap';
import type { ClassPair } from '../constructors';

export interface Targets {
  readonly kind: 'node' | 'constructor';
  /** Ordinals. */
  readonly nodes: readonly number[];
}

/** Names offered when nothing matches. */
const MOST_SIMILAR = 5;

/** Finds the nodes. Throws NO_SUCH_NODE, with names that come near where there are any. */
export function findTargets(heap: Heap, { classes, classOf }: ClassPair['after'], query: string): Targets {
  const id = /^@?(\d{1,16})$/.exec(query)?.[1];
  if (id !== undefined) {
    const ordinal = heap.graph.nodes.id.indexOf(Number(id));
    if (ordinal < 0) throw new HeapdiffError('NO_SUCH_NODE', { file: heap.file, node: `@${id}` });
    return { kind: 'node', nodes: [ordinal] };
  }
  const wanted = findClasses(classes, query);
  const nodes: number[] = [];
  if (wanted.size > 0) {
    const { sizes } = heap.graph.nodes;
    for (let ordinal = 0; ordinal < classOf.length; ordinal++) {
      // As in every table: what was folded into its owner is no object of its own.
      if (wanted.has(classOf[ordinal]!) && sizes.near[ordinal] !== 0) nodes.push(ordinal);
    }
  }
  if (nodes.length > 0) return { kind: 'constructor', nodes };
  const similar = findSimilar(classes, query).join(', ');
  throw new HeapdiffError('NO_SUCH_NODE', { file: heap.file, node: `of constructor ${query}`, similar });
}

/** Classes called so in tables; where there are none, closures and contexts of a function called so: `onClose()`. */
function findClasses(classes: readonly HeapClass[], query: string): Set<number> {
  const select = (isWanted: (row: HeapClass) => boolean) =>
    new Set(classes.flatMap((row, index) => (row.count > 0 && isWanted(row) ? [index] : [])));
  const named = select(({ name }) => name === query);
  if (named.size > 0) return named;
  const made = query.replace(/\(\)$/, '');
  return made === '' ? named : select((row) => row.function === made);
}

function findSimilar(classes: readonly HeapClass[], query: string): string[] {
  const wanted = query.toLowerCase();
  const near = classes
    .filter(({ count, isInternal }) => count > 0 && !isInternal)
    .map(({ name, function: made, count }) => ({ text: made || name, count }))
    .filter(({ text }) => isNear(text.toLowerCase(), wanted));
  const byCount = near.sort((a, b) => b.count - a.count).map(({ text }) => text);
  return [...new Set(byCount)].slice(0, MOST_SIMILAR);
}

/** One holds the other, or a letter or two are missing in one of them. */
function isNear(text: string, wanted: string): boolean {
  const [short, long] = text.length < wanted.length ? [text, wanted] : [wanted, text];
  if (short.length < 3) return false;
  return long.includes(short) || (long.length - short.length <= 2 && isSubsequence(short, long));
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const character of long) if (character === short[at]) at++;
  return at === short.length;
}
