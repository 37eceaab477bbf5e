/**
 * Who points to each vertex from a larger number, by depth-first number. Half to nine tenths of these edges lead to some
 * dozens of hidden classes, with predecessors so dense that the steps between them fit in a byte each.
 */
import type { DepthFirstSearch } from './depth-first';
import type { Graph } from './graph';
import { MOST_CROWDS } from './loops/codes';

export interface Predecessors {
  /** Where the row of each vertex begins in `number`, and so where the one before it ends; or the number of its crowd. */
  readonly rows: Uint32Array;
  readonly number: Uint32Array;
  /** How many there are in rows. */
  readonly count: number;
  readonly crowds: Crowds;
}

/** Ascending numbers as steps, each from the one before it: seven bits a byte, the lowest first, the last below 128. */
interface Crowds {
  /** Where each crowd begins and ends in `bytes`. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly bytes: Uint8Array;
}

/** With one predecessor among so many vertices and more, a step takes a byte and a half at most. */
const SPARSEST_CROWD = 64;

/** Collects them; the search's counts become the rows. */
export function collectPredecessors(graph: Graph, search: DepthFirstSearch): Predecessors {
  const { loops, scratch, memory, edges } = graph;
  const { vertex, numberOf, fromLarger: rows, reached, backward } = search;
  const counts = memory.u32(MOST_CROWDS);
  const totals = memory.u32(2);
  totals[0] = rows[0]!;
  loops.sumRows(rows, Math.ceil(reached / SPARSEST_CROWD), counts, totals, 1, reached);
  const [count, crowdCount] = totals as unknown as [number, number];
  const number = scratch.takePiece(count);
  const crowds = makeRoom(memory, counts.subarray(0, crowdCount), reached);
  const { ends, bytes } = crowds;
  const last = memory.u32(crowdCount);
  // Rows are filled backwards: their ends turn into their starts.
  const columns = [backward.words, vertex, numberOf, rows, number, ends, last, bytes] as const;
  loops.collectPredecessors(edges, ...columns, 0, reached);
  return { rows, number, count, crowds };
}

/** Empty crowds for so many numbers each, all below `limit`. */
function makeRoom(memory: Graph['memory'], counts: Uint32Array, limit: number): Crowds {
  const starts = memory.u32(counts.length);
  let total = 0;
  counts.forEach((count, crowd) => {
    starts[crowd] = total;
    total += count + longSteps(limit);
  });
  const ends = memory.u32(counts.length);
  ends.set(starts);
  return { starts, ends, bytes: memory.u8(total) };
}

/** The most bytes that steps, which come to `limit` together, take beyond one each. */
function longSteps(limit: number): number {
  let bytes = 0;
  for (let rest = Math.floor(limit / 128); rest > 0; rest = Math.floor(rest / 128)) bytes += rest;
  return bytes;
}
