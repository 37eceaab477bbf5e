/** Folds V8's internal arrays and hidden nodes into the one object that owns them, as DevTools shows sizes. */
import { BitVector } from './bit-vector';
import type { Graph } from './graph';
import { membershipOf } from './strings';

export const UNVISITED = 0xffffffff;
export const SEVERAL_OWNERS = 0xfffffffe;

/**
 * Rewrites `graph.nodes.selfSize`: the size of an array, hidden or external-string node moves to the node that alone
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
  const { edges, edgeType, nodeCount, scratch, memory, loops } = graph;
  const isOwnable = ownablePredicate(graph);
  const owners = scratch.take();
  /** Far smaller than `owners`, which most edges need not look at. */
  const ownable = BitVector.in(memory, nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    owners[node] = node;
    if (!isOwnable(node)) continue;
    owners[node] = UNVISITED;
    ownable.add(node);
  }
  const { type } = edges.labels;
  const isWeak = memory.u8(type.length);
  for (let label = 0; label < type.length; label++) isWeak[label] = type[label] === edgeType.weak ? 1 : 0;
  // Only ownable nodes enter the worklist, each at most twice: unvisited -> owned -> owned by several.
  const worklist = memory.u32(nodeCount * 2); // few pages of it are touched
  loops.findOwned(edges.first, edges.to, edges.label, isWeak, ownable.words, owners, worklist, 0, nodeCount);
  return owners;
}

function moveSizes(graph: Graph, owners: Uint32Array): void {
  const { nodes, nodeType, nodeCount, root, memory } = graph;
  let sizes = nodes.selfSize;
  for (let node = 0; node < nodeCount; node++) {
    const owner = owners[node]!;
    if (owner === node || owner >= SEVERAL_OWNERS) continue;
    if (owner === root || nodes.type[owner] === nodeType.synthetic) continue;
    const sum = sizes[owner]! + sizes[node]!;
    if (sum > 0xffffffff && sizes instanceof Uint32Array) {
      const wider = memory.f64(nodeCount);
      wider.set(sizes);
      sizes = wider;
    }
    sizes[owner] = sum;
    sizes[node] = 0;
  }
  nodes.selfSize = sizes;
}

function ownablePredicate(graph: Graph): (ordinal: number) => boolean {
  const { nodes, nodeType, strings } = graph;
  const isExternalString = membershipOf(
    strings.indicesOf(['system / ExternalStringData'])['system / ExternalStringData'],
  );
  return (ordinal) => {
    const type = nodes.type[ordinal];
    if (type === nodeType.hidden || type === nodeType.array) return true;
    return type === nodeType.native && isExternalString(nodes.name[ordinal]!);
  };
}

function hasUserRoots(graph: Graph): boolean {
  const { edges, root } = graph;
  for (let edge = edges.first[root]!; edge < edges.first[root + 1]!; edge++) {
    if (isUserRoot(graph, edges.to[edge]!)) return true;
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
