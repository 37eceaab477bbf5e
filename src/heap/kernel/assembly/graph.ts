/**
 * The graph kernel: loops over all nodes and edges of a heap, AssemblyScript like the scanning kernel. It has no memory
 * of its own: the host brings the one in which a heap's columns lie, and passes their addresses.
 */
export { groupChildren, keyChildren, listChildren, sortByNumber } from './children';
export { sumShallow, sumTopmost } from './classes';
export {
  collectPredecessors,
  findDominators,
  findSemidominators,
  gatherInner,
  layOut,
  listParents,
  locate,
  placeVertices,
  readParents,
  sumRetained,
  sumRows,
  sumSubtrees,
} from './dominators';
export { divideExactly } from './graph-building';
export {
  findTargets,
  listLabels,
  listNames,
  listUnmarked,
  markIds,
  markNodes,
  nameNodes,
  translate,
  translateMarked,
} from './nodes';
export { findOwned, markOwnable, moveSizes } from './owners';
export { countValues, internPairs, internSited, walkProperties } from './pairs';
export { followEdges } from './retainers';
export { beginWalk, useEdges, useMarks, useNumbers, useOwned, useStacks, walk, walkCount, walkDepth } from './search';
export { countBefore, markOrdinals, placeByRank } from './sites';
