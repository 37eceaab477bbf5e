/**
 * What a snapshot will cost, from a census of the heap. Pure.
 *
 * V8 builds a graph beside the heap, and its cost goes by the graph's nodes and edges, not by the heap's bytes. One thing more
 * counts, and often most: V8 keeps a name of 1 KB for each number that an element is referred to by. All arrays share
 * these names, so it is the longest array or table that costs, and each WeakMap entry.
 * Figures: least squares over 23 heap shapes on Node 20-26 (docs/safe-capture.md, `npm run test:faults`).
 */
import type { HistogramCost, SnapshotCost } from '../../session';
import type { CensusKind, HeapCensus } from './census';

/** What is in the application's arrays, which a census counts but does not look into. */
export interface ArrayContents {
  /** Elements, all arrays together. */
  readonly elements: number;
  /** Of these, those that refer to an object. */
  readonly references: number;
  /** Elements of the longest array that has references. */
  readonly longest: number;
}

const WORD = 8;
const MB = 1e6;

/** Bytes of memory. */
const MEMORY = { base: 10 * MB, node: 200, string: 50, text: 0.5, edge: 32, name: 1120 };
/** Bytes of file. */
const FILE = { node: 32, edge: 16.5, name: 10 };
/** Microseconds. Noisy, and a machine's own: the first capture's pause corrects them. */
const PAUSE = { node: 3, edge: 0.5, name: 3 };

/** The snapshot's graph, as far as its cost goes. */
export interface GraphSize {
  readonly nodes: number;
  readonly edges: number;
  /** Numbers that name elements. */
  readonly names: number;
  readonly strings: number;
  /** Bytes of text that is written to the file. */
  readonly text: number;
}

export function costOf({ nodes, edges, names, strings, text }: GraphSize): SnapshotCost {
  const by = (unit: { node: number; edge: number; name: number }) =>
    nodes * unit.node + edges * unit.edge + names * unit.name;
  return {
    nodes: Math.round(nodes),
    edges: Math.round(edges),
    memoryBytes: Math.round(MEMORY.base + by(MEMORY) + strings * MEMORY.string + text * MEMORY.text),
    pauseMs: Math.round(by(PAUSE) / 1000),
    fileBytes: Math.round(by(FILE) + text),
  };
}

/** Strings V8 writes in full up to this length. */
const WRITTEN_LENGTH = 1024;

/** Where a kind is not quite clear, the larger figure: to predict too little costs a process, too much only detail. */
export function sizeGraph(census: HeapCensus, contents: ArrayContents | null): GraphSize {
  const sum = { nodes: 0, edges: 0, names: 0, strings: 0, text: 0 };
  let longest = 0;
  for (const [name, kind] of census.kinds) {
    sum.nodes += kind.count;
    sum.edges += countEdges(name, kind, census);
    if (isString(name) && !isRope(name)) {
      sum.strings += kind.count;
      sum.text += measureText(kind);
    }
    if (name === 'EPHEMERON_HASH_TABLE_TYPE') sum.names += 1.3 * words(kind);
    else longest = Math.max(longest, namedElements(name, kind));
  }
  const arrays = measureArrays(census, contents);
  sum.edges += 2 * arrays.references;
  sum.names += Math.max(longest, arrays.longest);
  return sum;
}

/** Edges from all objects of a kind, but for arrays' elements. */
function countEdges(name: string, kind: CensusKind, census: HeapCensus): number {
  const { count } = kind;
  // To its map; a rope to its two parts as well.
  if (isString(name)) return isRope(name) ? 3 * count : count;
  if (name === 'ARRAY_ELEMENTS_TYPE') return 0;
  // Most often the bytes of a small typed array.
  if (name === 'OBJECT_ELEMENTS_TYPE') return 2 * count;
  // Property from the object, key and value from the table; a part of the values are small integers, which are no edges.
  if (name.includes('DICTIONARY')) return 0.75 * words(kind);
  if (name === 'EPHEMERON_HASH_TABLE_TYPE') return 0.85 * words(kind);
  if (name === 'JS_COLLECTION_TABLE_TYPE') return 0.45 * words(kind);
  // To map and prototype, and from every property that holds a reference; three words are map, properties, elements.
  if (name === 'JS_OBJECT_TYPE') return 2 * count + Math.max(0, words(kind) - 3 * count - census.integerWords);
  if (name.startsWith('JS_')) return (name.includes('FUNCTION') ? 6.5 : 3) * count;
  if (name.endsWith('CONTEXT_TYPE')) return 2 * count + 0.5 * words(kind);
  if (name === 'HEAP_NUMBER_TYPE') return count;
  return 4 * count;
}

/** How many numbers it takes to name the elements of the longest table of a kind. */
function namedElements(name: string, kind: CensusKind): number {
  if (name === 'ARRAY_DICTIONARY_ELEMENTS_TYPE') return longestOf(kind) / 3;
  if (name.includes('DICTIONARY')) return longestOf(kind);
  // Half full to full; of an entry's three words key and value count.
  return name === 'JS_COLLECTION_TABLE_TYPE' ? 0.42 * longestOf(kind) : 0;
}

function measureArrays(
  census: HeapCensus,
  contents: ArrayContents | null,
): Pick<ArrayContents, 'references' | 'longest'> {
  const kind = census.kinds.get('ARRAY_ELEMENTS_TYPE');
  if (!kind) return { references: 0, longest: 0 };
  // Arrays of floating-point numbers are counted with the others, but have no tagged words.
  const all = Math.min(words(kind), census.taggedWords);
  const unseen = contents ? words(kind) - contents.elements : words(kind);
  if (!contents || unseen > MOST_UNSEEN * words(kind)) {
    return { references: all, longest: Math.min(all, longestOf(kind)) };
  }
  return { references: Math.min(all, contents.references + Math.max(0, unseen)), longest: contents.longest };
}

/** Elements that are in none of the application's arrays: with more of them, what is seen says too little. */
const MOST_UNSEEN = 0.25;

/** At most so many words are in the longest object of a kind: the others are as short as their class of size allows. */
function longestOf(kind: CensusKind): number {
  const top = kind.sizes.findLastIndex((count) => count > 0);
  if (top === -1) return 0;
  const least = 2 ** (top + 4);
  const others = kind.sizes.reduce((sum, count, at) => (at < top ? sum + count * meanSize(at) : sum), 0);
  const most = kind.bytes - kind.spare - others - (kind.sizes[top]! - 1) * least;
  const isOpen = top === kind.sizes.length - 1;
  return Math.max(least, isOpen ? most : Math.min(most, 2 * least)) / WORD;
}

const meanSize = (at: number) => 0.75 * 2 ** (at + 5);
const words = ({ bytes, spare }: CensusKind) => (bytes - spare) / WORD;
const isString = (name: string) => name.includes('STRING_TYPE') && !name.startsWith('SCRIPT_SOURCE');
const isRope = (name: string) => /^(CONS|SLICED|THIN)_/.test(name);

/** Bytes that the texts of a kind take in the file, without their headers of 16 bytes. */
function measureText({ sizes }: CensusKind): number {
  return sizes.reduce((sum, count, at) => sum + count * Math.min(WRITTEN_LENGTH, Math.max(0, meanSize(at) - 16)), 0);
}

/** Memory, and of it V8's heap, of a list of so many objects. Measured beside the snapshots. */
export const costOfList = (objects: number): Pick<HistogramCost, 'memoryBytes' | 'heapBytes'> => ({
  memoryBytes: 180 * objects,
  heapBytes: 24 * objects,
});

/** Memory and pause of a class histogram, which holds every JavaScript object in a list. */
export function costOfHistogram(census: HeapCensus): HistogramCost {
  let objects = 0;
  for (const [name, { count }] of census.kinds) if (name.startsWith('JS_')) objects += count;
  const list = costOfList(objects);
  return {
    memoryBytes: 4 * MB + list.memoryBytes,
    heapBytes: list.heapBytes,
    pauseMs: Math.round(30 + 0.0015 * objects),
  };
}

/** Without a census, as in worker threads: a heap of nothing but small objects, the worst there is. */
export function costWithoutCensus(used: { readonly small: number; readonly large: number }): SnapshotCost {
  const nodes = used.small / 32;
  const edges = (used.small + 2 * used.large) / WORD;
  return costOf({ nodes, edges, names: used.large / WORD, strings: 0, text: (used.small + used.large) / 8 });
}
