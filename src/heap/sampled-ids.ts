/** Which ids are looked at when two heaps are compared by a few: the same in every heap. */

/** Ids of a sample, or up to twice as many: a share of them is right to some hundredths. */
const SAMPLE = 500;

/** The bits of an id's hash that are zero in the sample of a heap. A larger heap's mask has more of them. */
export const sampleMask = (nodeCount: number) => 2 ** Math.max(0, Math.floor(Math.log2(nodeCount / SAMPLE))) - 1;

export const isSampled = (id: number, mask: number) => ((Math.imul(id, 0x9e3779b1) >>> 7) & mask) === 0;

/** Whether an id has its bit in the vector of dense ones: see `IdSet`. */
export const isNear = (id: number, nearEnd: number) => id < nearEnd && (id & 1) === 1;
