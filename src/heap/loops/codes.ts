/** Numbers in columns that loops know the meaning of. The kernel's own are in its assembly. */

/** The index of nothing. */
export const NONE = 0xffffffff;

/** Depth-first number of a node that has none yet. */
export const UNNUMBERED = 0xffffffff;

/** In `BackSteps`: stands for the next of the ways that a byte cannot hold. */
export const LONG = 255;

/** Rows of predecessors from here on are numbers of crowds, see `predecessors.ts`. */
export const MOST_CROWDS = 1024;
export const FIRST_CROWD = 2 ** 32 - MOST_CROWDS;

/** Positions of the dominator tree per list of parents, see `dominators.ts`. */
export const PARENT_BLOCK = 32;

/** What an edge's label tells of whether it keeps its target alive. */
export const LabelKind = { keeps: 0, weak: 1, needsLook: 2 } as const;

/** Whether nodes of a type can be owned by another node, see `shallow-sizes.ts`. */
export const OwnableKind = { never: 0, always: 1, byName: 2 } as const;

/** Whether edges of a label are what is looked for. */
export const EdgeKind = { other: 0, wanted: 1, needsLook: 2 } as const;

/** How well an edge explains why its target is alive, see `edge-quality.ts`. */
export const GOOD = 0;
export const POOR = 1;
export const BAD = 2;
/** In the place of a quality: names tell; for a root's name: that of the target does. */
export const BY_NAME = 3;
export const RUNNING = 3;
/** Where a quality stands in what is known of a string. */
export const EDGE_WORD = { shift: 0, mask: 3 } as const;
export const ROOT_WORD = { shift: 2, mask: 3 } as const;
export const CONTEXT_NAME = 16;

/** What the numbers of a search's progress tell: see `followEdges`. */
export const FollowState = {
  ...{ goodAt: 0, goodTail: 1, lesserAt: 2, lesserTail: 3, leftTail: 4 },
  /** The node that it is within, plus 1, or 0; the next of that one's edges, and whether a lesser one was met. */
  ...{ within: 5, edge: 6, isLeft: 7 },
} as const;
export const FOLLOW_STATE_LENGTH = 8;

/** In the place of a label's key: the edge is an index if its name begins with a digit. */
export const BY_FIRST_BYTE = 0xfffffffe;

/** What the numbers of a cursor over children tell: see `listChildren`. */
export const ChildCursor = { listed: 0, parent: 1, step: 2, next: 3 } as const;
export const CURSOR_LENGTH = 4;
/** What is done for a parent, one after the other. */
export const ChildStep = { mark: 0, byEdge: 1, others: 2 } as const;

/** In the place of a size that two bytes do not hold, see `node-sizes.ts`. */
export const FAR_SIZE = 0xffff;

/** Owners that are none. */
export const UNVISITED = 0xffffffff;
export const SEVERAL_OWNERS = 0xfffffffe;
