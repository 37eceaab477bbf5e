/**
 * Where the edges of each node begin: a number per block of nodes, and how far behind it, in two bytes per node. Nodes that
 * are farther, which come behind one with very many edges in its block, stand in a list.
 */
import { HeapdiffError } from '../errors';
import type { ColumnMemory } from './column-memory';
import { type ColumnBuilder, eachWide, lengthen, nextCapacity } from './columns';
import type { RowBatch } from './scan/row-scanner';

/** The edges of a node end where the next one's begin: there is one entry more than nodes. */
export interface EdgeRanges {
  /** The first edge of each block of {@link RANGE_BLOCK} nodes. */
  readonly starts: Uint32Array;
  /** By ordinal: how far behind that the first edge is, {@link FAR} for the nodes in `far`. */
  readonly offsets: Uint16Array;
  /** How many nodes are far, and behind that ordinal and first edge of each, ascending. */
  readonly far: Uint32Array;
}

const RANGE_BLOCK = 32;
const FAR = 0xffff;

/** The first edge of a node, or of the node behind the last one. */
export function firstEdgeOf({ starts, offsets, far }: EdgeRanges, node: number): number {
  const offset = offsets[node]!;
  return offset === FAR ? farEdgeOf(far, node) : starts[Math.floor(node / RANGE_BLOCK)]! + offset;
}

function farEdgeOf(far: Uint32Array, node: number): number {
  let low = 0;
  for (let high = far[0]!; high - low > 1; ) {
    const middle = (low + high) >>> 1;
    if (far[1 + middle * 2]! <= node) low = middle;
    else high = middle;
  }
  return far[2 + low * 2]!;
}

/** The node whose edges an edge is one of: the last that begins at it or before. */
export function nodeOfEdge(ranges: EdgeRanges, edge: number): number {
  let low = 0;
  for (let high = ranges.offsets.length - 1; high - low > 1; ) {
    const middle = (low + high) >>> 1;
    if (firstEdgeOf(ranges, middle) <= edge) low = middle;
    else high = middle;
  }
  return low;
}

/** Collects where edges begin while it is read how many each node has. */
export class EdgeRangeBuilder implements ColumnBuilder {
  readonly isBlank = false;
  /** Edges that the nodes claim together. */
  total = 0;
  private length = 0;
  private starts: Uint32Array = new Uint32Array(0);
  private offsets: Uint16Array = new Uint16Array(0);
  private readonly far: number[] = [];

  constructor(
    private readonly file: string,
    private readonly hint: number,
    private readonly memory: ColumnMemory,
  ) {}

  append(batch: RowBatch, field: number): void {
    eachWide(batch, field, () => {
      const reason = 'a edge count in nodes is 2^32 or more';
      throw new HeapdiffError('SNAPSHOT_CORRUPT', { file: this.file, reason });
    });
    this.beginAll(batch.column(field));
  }

  finish(): EdgeRanges {
    const { length, memory, far } = this;
    this.beginAll(new Uint32Array(1));
    const list = memory.u32(1 + far.length);
    list.set([far.length / 2, ...far]);
    const starts = this.starts.subarray(0, Math.floor(length / RANGE_BLOCK) + 1);
    return { starts, offsets: this.offsets.subarray(0, length + 1), far: list };
  }

  /** Notes for nodes, by how many edges they have, that those begin behind all that were claimed before. */
  private beginAll(counts: Uint32Array): void {
    let node = this.length;
    let { total } = this;
    this.length += counts.length;
    this.reserve(this.length);
    const { starts, offsets } = this;
    for (let row = 0; row < counts.length; row++, node++) {
      const block = Math.floor(node / RANGE_BLOCK);
      if (node % RANGE_BLOCK === 0) starts[block] = total;
      const offset = total - starts[block]!;
      if (offset >= FAR) this.far.push(node, total);
      offsets[node] = Math.min(offset, FAR);
      total += counts[row]!;
    }
    this.total = total;
  }

  private reserve(length: number): void {
    const capacity = this.offsets.length;
    if (length <= capacity) return;
    const longer = nextCapacity(capacity, length, this.hint + 1);
    this.offsets = lengthen(this.offsets, longer, this.memory.u16);
    this.starts = lengthen(this.starts, Math.floor(longer / RANGE_BLOCK) + 1, this.memory.u32);
  }
}
