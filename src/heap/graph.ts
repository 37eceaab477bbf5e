/** Checks what a file claims and turns it into a graph: after this, no index is out of range. */
import { HeapdiffError } from '../errors';
import { allocateU32 } from './allocate';
import { ColumnPool } from './column-pool';
import { type EdgeTypeNumbers, edgeTypeNumbers, type NodeTypeNumbers, nodeTypeNumbers } from './format';
import type { RawSnapshot } from './read-snapshot';
import type { StringTable } from './strings';
import type { EdgeColumns, LocationColumns, NodeColumns, NodeOrdinal, UintColumn } from './types';

/** Nodes and edges as the file has them, checked. Later steps fold sizes and rename detached nodes in place. */
export interface Graph {
  readonly file: string;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly root: NodeOrdinal;
  readonly nodes: NodeColumns;
  readonly edges: EdgeColumns;
  readonly locations: LocationColumns;
  readonly strings: StringTable;
  readonly nodeTypeNames: readonly string[];
  readonly edgeTypeNames: readonly string[];
  readonly nodeType: NodeTypeNumbers;
  readonly edgeType: EdgeTypeNumbers;
  readonly extraNativeBytes: number;
  /** For columns that a step needs only while it runs. */
  readonly scratch: ColumnPool;
}

const NO_NODE = 0xffffffff;

/** Builds the graph. Throws SNAPSHOT_CORRUPT naming the section's byte offset and the first wrong row. */
export function buildGraph(raw: RawSnapshot): Graph {
  const { file, format, nodes, strings } = raw;
  const nodeCount = nodes.type.length;
  const edgeCount = raw.edges.type.length;
  if (nodeCount === 0) throw corrupt(raw, 'nodes', 'there are none');
  if (format.rootOrdinal >= nodeCount)
    throw corrupt(raw, 'snapshot', `the root is node ${format.rootOrdinal} of ${nodeCount}`);
  checkNodeNames(raw);
  const first = sumEdgeCounts(raw, nodeCount, edgeCount);
  const to = resolveTargets(raw, nodeCount);
  const edgeType = edgeTypeNumbers(format);
  checkEdgeNames(raw, edgeType);
  return {
    file,
    nodeCount,
    edgeCount,
    root: format.rootOrdinal as NodeOrdinal,
    nodes,
    edges: { first, type: raw.edges.type, nameOrIndex: raw.edges.nameOrIndex, to },
    locations: resolveLocations(raw.locations, format.nodeFieldCount),
    strings,
    nodeTypeNames: format.nodeTypes,
    edgeTypeNames: format.edgeTypes,
    nodeType: nodeTypeNumbers(format),
    edgeType,
    extraNativeBytes: format.extraNativeBytes,
    scratch: new ColumnPool(nodeCount),
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
  const first = counts instanceof Uint32Array ? counts : allocateU32(nodeCount + 1);
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
  const to = claimed instanceof Uint32Array ? claimed : allocateU32(claimed.length);
  for (let edge = 0; edge < claimed.length; edge++) {
    const value = claimed[edge]!;
    const ordinal = Math.floor(value / fields);
    if (ordinal * fields !== value || ordinal >= nodeCount) {
      throw corrupt(
        raw,
        'edges',
        `edge ${edge} points to node field ${value}, the last node begins at ${(nodeCount - 1) * fields}`,
      );
    }
    to[edge] = ordinal;
  }
  return to;
}

/** Element and hidden edges carry an index, all others the number of a string. */
function checkEdgeNames(raw: RawSnapshot, edgeType: EdgeTypeNumbers): void {
  const { type, nameOrIndex } = raw.edges;
  const { count } = raw.strings;
  for (let edge = 0; edge < type.length; edge++) {
    if (nameOrIndex[edge]! < count || type[edge] === edgeType.element || type[edge] === edgeType.hidden) continue;
    throw corrupt(raw, 'edges', `edge ${edge} is named by string ${nameOrIndex[edge]} of ${count}`);
  }
}

/** Divides by the fields per node, in place; a location of nothing gets an ordinal that no node has. */
function resolveLocations(locations: LocationColumns, nodeFieldCount: number): LocationColumns {
  const { nodeOrdinal } = locations;
  for (let row = 0; row < nodeOrdinal.length; row++) {
    const objectIndex = nodeOrdinal[row]!;
    nodeOrdinal[row] = objectIndex % nodeFieldCount === 0 ? objectIndex / nodeFieldCount : NO_NODE;
  }
  return locations;
}

function corrupt(raw: RawSnapshot, section: string, reason: string): HeapdiffError {
  const offset = raw.offsets.get(section) ?? 0;
  return new HeapdiffError('SNAPSHOT_CORRUPT', { file: raw.file, offset, reason: `in its ${section}, ${reason}` });
}
