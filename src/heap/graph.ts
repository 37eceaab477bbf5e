/** Checks what a file claims and turns it into a graph: after this, no index is out of range. */
import { HeapdiffError } from '../errors';
import type { ColumnMemory } from './column-memory';
import { ColumnPool } from './column-pool';
import { EdgeTable } from './edges';
import { type EdgeTypeNumbers, edgeTypeNumbers, type NodeTypeNumbers, nodeTypeNumbers } from './format';
import type { GraphLoops } from './loops/graph-loops';
import type { RawSnapshot } from './read-snapshot';
import type { StringTable } from './strings';
import type { LocationColumns, NodeColumns, NodeOrdinal, UintColumn } from './types';

/** Nodes and edges as the file has them, checked. Later steps fold sizes and rename detached nodes in place. */
export interface Graph {
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly root: NodeOrdinal;
  readonly nodes: NodeColumns;
  readonly edges: EdgeTable;
  readonly strings: StringTable;
  readonly nodeTypeNames: readonly string[];
  readonly edgeTypeNames: readonly string[];
  readonly nodeType: NodeTypeNumbers;
  readonly edgeType: EdgeTypeNumbers;
  readonly extraNativeBytes: number;
  /** For columns that a step needs only while it runs. */
  readonly scratch: ColumnPool;
  /** Where columns are allocated that the loops work on. */
  readonly memory: ColumnMemory;
  readonly loops: GraphLoops;
}

const NO_NODE = 0xffffffff;

/** Builds the graph. Throws SNAPSHOT_CORRUPT naming the section's byte offset and the first wrong row. */
export function buildGraph(raw: RawSnapshot): Graph {
  const { file, format, nodes, strings } = raw;
  const { memory, loops } = raw.workspace;
  const nodeCount = nodes.type.length;
  const edgeCount = raw.edges.label.length;
  if (nodeCount === 0) throw corrupt(raw, 'nodes', 'there are none');
  if (format.rootOrdinal >= nodeCount)
    throw corrupt(raw, 'snapshot', `the root is node ${format.rootOrdinal} of ${nodeCount}`);
  checkNodeNames(raw);
  const { label, labels } = raw.edges;
  const first = sumEdgeCounts(raw, nodeCount, edgeCount);
  const edges = new EdgeTable({ first, to: resolveTargets(raw, nodeCount), label, labels });
  const edgeType = edgeTypeNumbers(format);
  checkEdgeNames(raw, edges, edgeType);
  return {
    file,
    nodeCount,
    edgeCount,
    root: format.rootOrdinal as NodeOrdinal,
    nodes,
    edges,
    strings,
    nodeTypeNames: format.nodeTypes,
    edgeTypeNames: format.edgeTypes,
    nodeType: nodeTypeNumbers(format),
    edgeType,
    extraNativeBytes: format.extraNativeBytes,
    scratch: new ColumnPool(nodeCount, memory),
    memory,
    loops,
  };
}

function checkNodeNames(raw: RawSnapshot): void {
  const { name } = raw.nodes;
  const { count } = raw.strings;
  for (let ordinal = 0; ordinal < name.length; ordinal++) {
    if (name[ordinal]! >= count) {
      throw corrupt(raw, 'nodes', `node ${ordinal} is named by string ${name[ordinal]} of ${count}`);
    }
  }
}

/** Counts to offsets, in place where they fit. */
function sumEdgeCounts(raw: RawSnapshot, nodeCount: number, edgeCount: number): Uint32Array {
  const counts = raw.edgeCounts;
  const first = counts instanceof Uint32Array ? counts : raw.workspace.memory.u32(nodeCount + 1);
  let sum = 0;
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    const count = counts[ordinal]!;
    first[ordinal] = sum;
    sum += count;
    if (sum > edgeCount) break;
  }
  if (sum !== edgeCount) {
    const claimed = sum > edgeCount ? 'more' : `only ${sum}`;
    throw corrupt(raw, 'edges', `the file has ${edgeCount} edges, its nodes claim ${claimed}`);
  }
  first[nodeCount] = edgeCount;
  return first;
}

/** Divides what the file says by the fields per node, in place where it fits. */
function resolveTargets(raw: RawSnapshot, nodeCount: number): Uint32Array {
  const claimed: UintColumn = raw.edges.toNode;
  const fields = raw.format.nodeFieldCount;
  const refuse = (edge: number) => {
    const last = (nodeCount - 1) * fields;
    return corrupt(raw, 'edges', `edge ${edge} points to node field ${claimed[edge]}, the last node begins at ${last}`);
  };
  if (claimed instanceof Uint32Array) {
    const wrong = divideExactly(claimed, fields, nodeCount);
    if (wrong >= 0) throw refuse(wrong);
    return claimed;
  }
  const to = raw.workspace.memory.u32(claimed.length);
  for (let edge = 0; edge < claimed.length; edge++) {
    const ordinal = claimed[edge]! / fields;
    if (!Number.isInteger(ordinal) || ordinal >= nodeCount) throw refuse(edge);
    to[edge] = ordinal;
  }
  return to;
}

/**
 * Divides in place; returns the position of the first value that is no multiple of the divisor below `limit` times the
 * divisor, -1 when all are. A multiple of an odd number divided by it is its product with the inverse modulo 2^32.
 */
function divideExactly(values: Uint32Array, divisor: number, limit: number): number {
  const shift = 31 - Math.clz32(divisor & -divisor);
  const odd = divisor >>> shift;
  const inverse = invert(odd);
  const low = (1 << shift) - 1;
  const end = Math.min(limit, Math.floor(0xffffffff / divisor) + 1); // beyond it products wrap around
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const quotient = Math.imul(value >>> shift, inverse) >>> 0;
    if (quotient >= end || Math.imul(quotient, odd) >>> 0 !== value >>> shift || (value & low) !== 0) return i;
    values[i] = quotient;
  }
  return -1;
}

/** Of an odd number, modulo 2^32, by Newton's iteration: each round doubles the bits that are right, from three on. */
function invert(odd: number): number {
  let inverse = odd;
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

/** Element and hidden edges carry an index, all others the number of a string. */
function checkEdgeNames(raw: RawSnapshot, edges: EdgeTable, edgeType: EdgeTypeNumbers): void {
  const { count } = raw.strings;
  const { label, labels } = edges;
  if (labels.largestWord < count) return;
  const isWord = (of: number) => labels.type[of] !== edgeType.element && labels.type[of] !== edgeType.hidden;
  const wrong = label.findIndex((of, edge) => isWord(of) && edges.nameOf(edge) >= count);
  throw corrupt(raw, 'edges', `edge ${wrong} is named by string ${edges.nameOf(wrong)} of ${count}`);
}

/** Locations by node, divided in place; a location of nothing gets an ordinal that no node has. */
export function resolveLocations({ locations, format }: RawSnapshot): LocationColumns {
  const { nodeOrdinal } = locations;
  const fields = format.nodeFieldCount;
  for (let row = 0; row < nodeOrdinal.length; row++) {
    const objectIndex = nodeOrdinal[row]!;
    nodeOrdinal[row] = objectIndex % fields === 0 ? objectIndex / fields : NO_NODE;
  }
  return locations;
}

function corrupt(raw: RawSnapshot, section: string, reason: string): HeapdiffError {
  const offset = raw.offsets.get(section) ?? 0;
  return new HeapdiffError('SNAPSHOT_CORRUPT', { file: raw.file, offset, reason: `in its ${section}, ${reason}` });
}
