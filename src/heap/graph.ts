/** Checks what a file claims and turns it into a graph: after this, no index is out of range. */
import { HeapdiffError } from '../errors';
import type { ColumnMemory } from './column-memory';
import { ColumnPool } from './column-pool';
import { EdgeTable } from './edges';
import { planDivision } from './exact-division';
import { type EdgeTypeNumbers, edgeTypeNumbers, type NodeTypeNumbers, nodeTypeNumbers } from './format';
import { NONE } from './loops/codes';
import type { GraphLoops } from './loops/graph-loops';
import type { RawSnapshot } from './read-snapshot';
import type { StringTable } from './strings';
import { targetAt } from './targets';
import type { LocationColumns, NodeColumns, NodeOrdinal } from './types';

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
  checkEdgeCounts(raw, edgeCount);
  checkTargets(raw, nodeCount);
  const edges = new EdgeTable({ ranges: raw.edgeRanges, to: raw.edges.targets.to, label, labels });
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
  const { nodes, largestName, strings } = raw;
  if (largestName < strings.count) return;
  const wrong = nodes.name.findIndex((name) => name >= strings.count);
  throw corrupt(raw, 'nodes', `node ${wrong} is named by string ${nodes.name[wrong]} of ${strings.count}`);
}

function checkEdgeCounts(raw: RawSnapshot, edgeCount: number): void {
  const { claimedEdges } = raw;
  if (claimedEdges === edgeCount) return;
  const claimed = claimedEdges > edgeCount ? 'more' : `only ${claimedEdges}`;
  throw corrupt(raw, 'edges', `the file has ${edgeCount} edges, its nodes claim ${claimed}`);
}

function checkTargets(raw: RawSnapshot, nodeCount: number): void {
  const { to, largest, wrong } = raw.edges.targets;
  if (!wrong && largest < nodeCount) return;
  const fields = raw.format.nodeFieldCount;
  let edge = 0;
  while (edge !== wrong?.edge && targetAt(to.ordinals, to.width, edge) < nodeCount) edge++;
  const claimed = edge === wrong?.edge ? wrong.claimed : targetAt(to.ordinals, to.width, edge) * fields;
  const last = (nodeCount - 1) * fields;
  throw corrupt(raw, 'edges', `edge ${edge} points to node field ${claimed}, the last node begins at ${last}`);
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
export function resolveLocations({ locations, format, nodes, workspace }: RawSnapshot): LocationColumns {
  const { rows, nodeOrdinal } = locations;
  const { shift, odd, inverse, limit } = planDivision(format.nodeFieldCount, nodes.type.length);
  const wrong = workspace.memory.u32(1);
  for (let from = 0; from < rows; from = wrong[0]! + 1) {
    wrong[0] = NONE;
    workspace.loops.divideExactly(nodeOrdinal, shift, odd, inverse, limit, wrong, from, rows);
    if (wrong[0] === NONE) break;
    nodeOrdinal[wrong[0]!] = NONE;
  }
  return locations;
}

function corrupt(raw: RawSnapshot, section: string, reason: string): HeapdiffError {
  const offset = raw.offsets.get(section) ?? 0;
  return new HeapdiffError('SNAPSHOT_CORRUPT', { file: raw.file, offset, reason: `in its ${section}, ${reason}` });
}
