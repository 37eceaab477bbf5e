/** Collects where edges lead while they are read: see `targets.ts`. */
import type { ColumnMemory } from './column-memory';
import { eachWide, lengthen, nextCapacity } from './columns';
import { type ExactDivision, planDivision } from './exact-division';
import type { RowBatch } from './scan/row-scanner';
import type { TargetPacker } from './scan/target-packer';
import { MOST_NARROW, type TargetColumn, type TargetWidth } from './targets';

/** What building needs to know beforehand. */
export interface TargetPlan {
  /** The file names a node by its ordinal times this. */
  readonly nodeFieldCount: number;
  /** How many nodes and edges are expected. */
  readonly nodeHint: number;
  readonly hint: number;
  readonly memory: ColumnMemory;
}

/** An edge, and where the file says that it leads. */
export interface ClaimedTarget {
  readonly edge: number;
  readonly claimed: number;
}

export interface CollectedTargets {
  readonly to: TargetColumn;
  /** The largest ordinal. */
  readonly largest: number;
  /** The first edge that leads to no node's beginning; its ordinal is 0. */
  readonly wrong: ClaimedTarget | null;
}

/** Bytes that may be read behind the last one. */
const SLACK = 1;

export class EdgeTargetBuilder {
  private length = 0;
  private bytes: Uint8Array = new Uint8Array(0);
  private width: TargetWidth;
  private division: ExactDivision;
  private largest = 0;
  private wrong: ClaimedTarget | null = null;

  constructor(
    private readonly packer: TargetPacker,
    private readonly plan: TargetPlan,
  ) {
    this.width = plan.nodeHint <= MOST_NARROW ? 3 : 4;
    this.division = this.planDivision();
  }

  append(batch: RowBatch, field: number): void {
    const { rowCount } = batch;
    const claimed = batch.column(field);
    const high = new Map<number, number>();
    eachWide(batch, field, (row, value) => high.set(row, value));
    this.reserve(this.length + rowCount);
    // Row by row where the packer cannot go on.
    for (let row = 0; row < rowCount; ) {
      if (high.size === 0) row += this.pack(claimed.subarray(row));
      if (row < rowCount) this.take((high.get(row) ?? 0) * 2 ** 32 + claimed[row]!);
      row++;
    }
    this.largest = Math.max(this.largest, Math.floor(batch.largest(field) / this.plan.nodeFieldCount));
  }

  finish(): CollectedTargets {
    const { length, bytes, width, largest, wrong } = this;
    const ordinals =
      width === 3 ? bytes.subarray(0, length * 3) : new Uint32Array(bytes.buffer, bytes.byteOffset, length);
    return { to: { ordinals, width }, largest, wrong };
  }

  /** Returns how many rows there were up to the first that needs a look. */
  private pack(claimed: Uint32Array): number {
    const packed = this.packer.pack(claimed, this.width, this.division);
    const rows = packed.length / this.width;
    this.bytes.set(packed, this.length * this.width);
    this.length += rows;
    return rows;
  }

  private take(claimed: number): void {
    const ordinal = claimed / this.plan.nodeFieldCount;
    const isOrdinal = Number.isInteger(ordinal) && ordinal < 2 ** 32;
    if (!isOrdinal) this.wrong ??= { edge: this.length, claimed };
    this.store(isOrdinal ? ordinal : 0);
  }

  private store(ordinal: number): void {
    if (ordinal >= MOST_NARROW && this.width === 3) this.widen();
    this.largest = Math.max(this.largest, ordinal);
    const start = this.length++ * this.width;
    for (let byte = 0; byte < this.width; byte++) this.bytes[start + byte] = ordinal >>> (byte * 8);
  }

  private widen(): void {
    const { bytes: narrow, length } = this;
    this.width = 4;
    this.division = this.planDivision();
    this.bytes = this.plan.memory.u8(Math.floor(narrow.length / 3) * 4 + SLACK);
    for (let edge = 0; edge < length; edge++) this.bytes.set(narrow.subarray(edge * 3, edge * 3 + 3), edge * 4);
  }

  private planDivision(): ExactDivision {
    return planDivision(this.plan.nodeFieldCount, this.width === 3 ? MOST_NARROW : 2 ** 32);
  }

  private reserve(length: number): void {
    const capacity = Math.floor(this.bytes.length / this.width);
    if (length <= capacity) return;
    const edges = nextCapacity(capacity, length, this.plan.hint);
    this.bytes = lengthen(this.bytes, edges * this.width + SLACK, this.plan.memory.u8);
  }
}
