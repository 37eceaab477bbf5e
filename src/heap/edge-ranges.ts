/**
 * Where the edges of each node begin: a number per block of nodes, and how far behind it, in two bytes per node. A block
 * where that is too far for some, as it has a node with very many edges, has a table of its own.
 */
import { HeapdiffError } from '../errors';
import type { ColumnMemory } from './column-memory';
import { type ColumnBuilder, eachWide, lengthen, nextCapacity } from './columns';
import type { RowBatch } from './scan/row-scanner';

/** The edges of a node end where the next one's begin: there is one entry more than nodes. */
export interface EdgeRanges {
  /** The first edge of each block of {@link RANGE_BLOCK} nodes, or {@link FAR} and the number of its table. */
  readonly starts: Uint32Array;
  /** By ordinal: how far behind that the first edge is. */
  readonly offsets: Uint16Array;
  /** Tables of first edges, one behind the other. */
  readonly far: Uint32Array;
}

const BLOCK_BITS = 7;
const RANGE_BLOCK = 1 << BLOCK_BITS;
const FARTHEST = 0xffff;
const FAR = 2 ** 31;

/** The first edge of a node, or of the node behind the last one. */
export function firstEdgeOf({ starts, offsets, far }: EdgeRanges, node: number): number {
  const start = starts[node >>> BLOCK_BITS]!;
  if (start < FAR) return start + offsets[node]!;
  return far[(start - FAR) * RANGE_BLOCK + (node % RANGE_BLOCK)]!;
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
  /** The first edge of the block under way, and how far behind it those of its nodes are. */
  private start = 0;
  private readonly block = new Uint32Array(RANGE_BLOCK);
  private readonly tables: number[] = [];

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
    this.add(batch.column(field));
  }

  finish(): EdgeRanges {
    const { length, tables } = this;
    this.add(new Uint32Array(1)); // where the last one's edges end
    if (this.length % RANGE_BLOCK !== 0) this.endBlock();
    const far = this.memory.u32(tables.length);
    far.set(tables);
    const starts = this.starts.subarray(0, (length >>> BLOCK_BITS) + 1);
    return { starts, offsets: this.offsets.subarray(0, length + 1), far };
  }

  /** Adds nodes with so many edges, which begin behind all that were claimed before. */
  private add(counts: Uint32Array): void {
    this.reserve(this.length + counts.length);
    for (let row = 0; row < counts.length; ) {
      const inBlock = this.length % RANGE_BLOCK;
      if (inBlock === 0) this.start = this.total;
      const rows = Math.min(counts.length - row, RANGE_BLOCK - inBlock);
      this.addInBlock(counts.subarray(row, row + rows), inBlock);
      row += rows;
      if (this.length % RANGE_BLOCK === 0) this.endBlock();
    }
  }

  private addInBlock(counts: Uint32Array, inBlock: number): void {
    const { offsets, block, length } = this;
    let offset = this.total - this.start;
    for (let row = 0; row < counts.length; row++) {
      offsets[length + row] = offset;
      block[inBlock + row] = offset;
      offset += counts[row]!;
    }
    this.length = length + counts.length;
    this.total = this.start + offset;
  }

  private endBlock(): void {
    const { block, start, tables } = this;
    const last = this.length - 1;
    const isNear = start < FAR && block[last % RANGE_BLOCK]! <= FARTHEST;
    this.starts[last >>> BLOCK_BITS] = isNear ? start : FAR + tables.length / RANGE_BLOCK;
    if (!isNear) for (const offset of block) tables.push(start + offset);
  }

  private reserve(length: number): void {
    const capacity = this.offsets.length;
    if (length <= capacity) return;
    const longer = nextCapacity(capacity, length, this.hint + 1);
    this.offsets = lengthen(this.offsets, longer, this.memory.u16);
    this.starts = lengthen(this.starts, (longer >>> BLOCK_BITS) + 1, this.memory.u32);
  }
}
