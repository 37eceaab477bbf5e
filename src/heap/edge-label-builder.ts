/** Collects the labels of edges while they are read: see `edges.ts`. */
import { type ColumnMemory, sharedMemory } from './column-memory';
import { eachWide, lengthen, nextCapacity } from './columns';
import { type EdgeColumns, RARE_BLOCK } from './edges';
import { type EdgeLabeler, MOST_TYPES } from './scan/edge-labeler';
import type { RowBatch } from './scan/row-scanner';

/** At which fields of a row type and name of an edge stand. */
export interface LabelFields {
  readonly type: number;
  readonly nameOrIndex: number;
}

/** What building needs to know beforehand. */
export interface LabelPlan {
  /** Of each type of edges: a number names them. */
  readonly isIndexed: readonly boolean[];
  /** How many edges are expected. */
  readonly hint: number;
  /** For the columns. */
  readonly memory: ColumnMemory;
  /** Makes the error for a type that the file does not have, and for a name of 2^32 and more. */
  readonly fault: (edge: number, field: keyof LabelFields, value: number) => Error;
}

export class EdgeLabelBuilder {
  private length = 0;
  private label: Uint16Array = new Uint16Array(0);
  private rare: Uint32Array = new Uint32Array(0);
  private rareCount = 0;
  private rareBefore: Uint32Array = new Uint32Array(0);
  /** Blocks of `rareBefore` that are counted. */
  private blocks = 0;

  constructor(
    private readonly labeler: EdgeLabeler,
    private readonly plan: LabelPlan,
  ) {
    labeler.begin(plan.isIndexed.slice(0, MOST_TYPES));
  }

  /** Adds the edges of a batch. */
  append(batch: RowBatch, fields: LabelFields): void {
    const { length } = this;
    const { rowCount } = batch;
    this.refuseWide(batch, 'type', fields.type);
    this.refuseWide(batch, 'nameOrIndex', fields.nameOrIndex);
    this.reserve(length + rowCount);
    const { labels, rareRows, rareNames } = this.labeler.label(
      batch.column(fields.type),
      batch.column(fields.nameOrIndex),
    );
    const wrong = labels.length;
    if (wrong < rowCount) throw this.plan.fault(length + wrong, 'type', batch.column(fields.type)[wrong]!);
    this.label.set(labels, length);
    this.addRare(rareRows, rareNames);
    this.length = length + rowCount;
    this.countRareUpTo(this.length - 1);
  }

  finish(): Pick<EdgeColumns, 'label' | 'labels'> {
    const firstNumbered = Math.max(1, this.plan.isIndexed.length);
    const { type, name } = this.labeler.columns();
    for (let label = 0; label < firstNumbered; label++) type[label] = label;
    const rare = this.plan.memory.u32(this.rareCount); // nobody knew how many there would be
    rare.set(this.rare.subarray(0, this.rareCount));
    return {
      label: this.label.subarray(0, this.length),
      labels: {
        ...{ type, name, firstNumbered, largestWord: this.labeler.largestWord },
        rare,
        rareBefore: this.rareBefore.subarray(0, this.blocks),
      },
    };
  }

  private addRare(rows: Uint16Array, names: Uint32Array): void {
    const needed = this.rareCount + names.length;
    if (needed > this.rare.length) {
      this.rare = lengthen(this.rare, nextCapacity(this.rare.length, needed, 0), sharedMemory.u32);
    }
    this.rare.set(names, this.rareCount);
    for (let i = 0; i < rows.length; i++) {
      this.countRareUpTo(this.length + rows[i]!);
      this.rareCount++;
    }
  }

  /** Notes how many rare names came before the blocks that begin up to an edge. */
  private countRareUpTo(edge: number): void {
    for (; this.blocks * RARE_BLOCK <= edge; this.blocks++) this.rareBefore[this.blocks] = this.rareCount;
  }

  private refuseWide(batch: RowBatch, field: keyof LabelFields, offset: number): void {
    eachWide(batch, offset, (row, high) => {
      throw this.plan.fault(this.length + row, field, high * 2 ** 32 + batch.column(offset)[row]!);
    });
  }

  private reserve(length: number): void {
    if (length <= this.label.length) return;
    const capacity = nextCapacity(this.label.length, length, this.plan.hint);
    this.label = lengthen(this.label, capacity, this.plan.memory.u16);
    this.rareBefore = lengthen(this.rareBefore, Math.ceil(capacity / RARE_BLOCK), this.plan.memory.u32);
  }
}
