/** Nodes that steps ask for by what they are, a bit each; found in one pass. */
import { BitVector } from './bit-vector';
import { findContextNames } from './functions';
import type { Graph } from './graph';
import { PROXY, tableByType } from './node-kind';

/** A bit for each kind of nodes. */
const Kind = {
  closures: 1,
  /** Objects that hold the variables of a function. */
  contexts: 2,
  /** Objects of constructor `Object`, which have no class of their own. */
  plainObjects: 4,
  proxies: 8,
} as const;

const KINDS = Object.keys(Kind).length;

export type NodeMarks = { readonly [K in keyof typeof Kind]: BitVector };

/** Columns of bits, one behind the other. */
export type PackedMarks = Uint32Array;

export function markNodes(graph: Graph): NodeMarks {
  const { nodes, nodeCount, strings, memory, loops } = graph;
  const byType = tableByType(graph, { closure: Kind.closures });
  const nameable = tableByType(graph, { object: Kind.contexts | Kind.plainObjects, hidden: Kind.proxies });
  const byName = memory.u8(strings.count);
  const known = strings.indicesOf(['Object', PROXY]);
  for (const name of findContextNames(strings)) byName[name]! |= Kind.contexts;
  for (const name of known.Object) byName[name]! |= Kind.plainObjects;
  for (const name of known[PROXY]) byName[name]! |= Kind.proxies;
  const words = wordsFor(nodeCount);
  const marks = memory.u32(words * KINDS);
  const kinds = [byType, byName, strings.count, nameable] as const;
  loops.markNodes(nodes.type, nodes.name, ...kinds, marks, words, 0, nodeCount);
  return unpackMarks(marks, nodeCount);
}

export function unpackMarks(marks: PackedMarks, nodeCount: number): NodeMarks {
  const words = wordsFor(nodeCount);
  const of = (kind: number) => {
    const at = Math.log2(kind) * words;
    return new BitVector(nodeCount, marks.subarray(at, at + words));
  };
  return Object.fromEntries(Object.entries(Kind).map(([name, kind]) => [name, of(kind)])) as unknown as NodeMarks;
}

export function packMarks({ closures: { words } }: NodeMarks): PackedMarks {
  return new Uint32Array(words.buffer, words.byteOffset, words.length * KINDS); // closures are the first
}

const wordsFor = (nodeCount: number) => (nodeCount + 31) >>> 5;
