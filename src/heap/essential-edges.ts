/** Which edges keep their target alive: the one predicate behind dominators and retained sizes, computed once. */
import { BitVector } from './bit-vector';
import type { EphemeronName } from './ephemerons';
import type { Graph } from './graph';

/**
 * One bit per edge, by DevTools' `computeIsEssentialEdge`: no weak edges, no self edges, no edge from a WeakMap's table
 * to a value (the one from the key stays), no shortcuts but the root's, and none from outside the page into the page,
 * so that a debugger's references don't count.
 */
export function findEssentialEdges(graph: Graph, ephemerons: ReadonlyMap<number, EphemeronName>): BitVector {
  const { edges, edgeType, nodes, nodeCount, root } = graph;
  const { first, type, to, nameOrIndex } = edges;
  const { weak, shortcut, internal } = edgeType;
  const pageOwned = findPageOwnedNodes(graph);
  const hasEphemerons = ephemerons.size > 0;
  const essential = new BitVector(graph.edgeCount);
  for (let node = 0, edge = 0; node < nodeCount; node++) {
    const isForeign = node !== root && !pageOwned.has(node);
    for (const end = first[node + 1]!; edge < end; edge++) {
      const target = to[edge]!;
      const edgeKind = type[edge];
      if (edgeKind === weak || target === node) continue;
      if (edgeKind === shortcut && node !== root) continue;
      if (isForeign && pageOwned.has(target)) continue;
      if (hasEphemerons && edgeKind === internal) {
        const ephemeron = ephemerons.get(nameOrIndex[edge]!);
        if (ephemeron && nodes.id[node] === ephemeron.tableId) continue;
      }
      essential.add(edge);
    }
  }
  return essential;
}

/** Everything reachable from the page's globals and DOM trees by edges that are not weak. */
function findPageOwnedNodes(graph: Graph): BitVector {
  const { edges, edgeType, nodes, nodeType, nodeCount, root } = graph;
  const { first, type, to } = edges;
  const { weak, shortcut, element } = edgeType;
  const documentTrees = graph.strings.indicesOf(['(Document DOM trees)'])['(Document DOM trees)'];
  const owned = new BitVector(nodeCount);
  const stack = graph.scratch.take(); // a node is pushed once, when its bit is set
  let height = 0;
  const push = (ordinal: number) => {
    if (owned.has(ordinal)) return;
    owned.add(ordinal);
    stack[height++] = ordinal;
  };
  for (let edge = first[root]!; edge < first[root + 1]!; edge++) {
    const target = to[edge]!;
    const isDomTrees = nodes.type[target] === nodeType.synthetic && documentTrees.has(nodes.name[target]!);
    if (type[edge] === shortcut || (type[edge] === element && isDomTrees)) push(target);
  }
  while (height > 0) {
    const node = stack[--height]!;
    for (let edge = first[node]!, end = first[node + 1]!; edge < end; edge++) {
      if (type[edge] !== weak) push(to[edge]!);
    }
  }
  graph.scratch.giveBack(stack);
  return owned;
}
