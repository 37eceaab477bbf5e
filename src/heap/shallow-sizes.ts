/** Folds V8's internal arrays and hidden nodes into the one object that owns them, as DevTools shows sizes. */
import { BitVector } from './bit-vector';
import type { Graph } from './graph';
import { NONE, OwnableKind } from './loops/codes';
import { tableByType } from './node-kind';
import { growFar } from './node-sizes';

/**
 * Rewrites `graph.nodes.sizes`: the size of an array, hidden or external-string node moves to the node that alone
 * reaches it through such nodes; nodes with several owners, or owned by a root, keep theirs.
 * A heap without user roots (written with internals exposed) stays as it is: DevTools' `calculateShallowSizes`.
 */
export function foldInternalSizes(graph: Graph): void {
  if (!hasUserRoots(graph)) return;
  const owners = findOwners(graph);
  moveSizes(graph, owners);
  graph.scratch.giveBack(owners);
}

function findOwners(graph: Graph): Uint32Array {
  const { nodes, edges, edgeType, nodeCount, strings, scratch, memory, loops } = graph;
  const { always, byName } = OwnableKind;
  const kinds = tableByType(graph, { hidden: always, array: always, native: byName });
  const named = BitVector.in(memory, strings.count).addAll(strings.indicesOf([EXTERNAL_STRING])[EXTERNAL_STRING]);
  const owners = scratch.take();
  /** Far smaller than `owners`, which most edges need not look at. */
  const ownable = BitVector.in(memory, nodeCount).words;
  loops.markOwnable(nodes.type, nodes.name, kinds, named.words, strings.count, owners, ownable, 0, nodeCount);
  const { type } = edges.labels;
  const isWeak = memory.u8(type.length);
  for (let label = 0; label < type.length; label++) isWeak[label] = type[label] === edgeType.weak ? 1 : 0;
  // Only ownable nodes enter the worklist, each at most twice: unvisited -> owned -> owned by several.
  const worklist = memory.u32(nodeCount * 2); // few pages of it are touched
  loops.findOwned(edges, isWeak, ownable, owners, worklist, 0, nodeCount);
  memory.recycle(ownable);
  return owners;
}

const EXTERNAL_STRING = 'system / ExternalStringData';

function moveSizes(graph: Graph, owners: Uint32Array): void {
  const { nodes, nodeType, nodeCount, root, memory, loops } = graph;
  const { type, sizes } = nodes;
  const stop = memory.u32(1);
  for (let from = 0; from < nodeCount; from = stop[0]!) {
    stop[0] = NONE;
    loops.moveSizes(type, root, nodeType.synthetic, owners, sizes, stop, from, nodeCount);
    if (stop[0] !== NONE) growFar(sizes, memory);
  }
}

function hasUserRoots(graph: Graph): boolean {
  const { edges, root } = graph;
  for (let edge = edges.firstOf(root), end = edges.endOf(root); edge < end; edge++) {
    if (isUserRoot(graph, edges.targetOf(edge))) return true;
  }
  return false;
}

/** A child of the root that stands for the program, not for V8: anything that is not synthetic, and the DOM trees. */
export function isUserRoot(graph: Graph, ordinal: number): boolean {
  const { nodes, nodeType, strings } = graph;
  if (nodes.type[ordinal] !== nodeType.synthetic) return true;
  const name = nodes.name[ordinal]!;
  return name < strings.count && strings.get(name) === '(Document DOM trees)';
}
