/** Numbers the labels of edges while they are read: see `edges.ts`. */
import { type ColumnMemory, sharedMemory } from './column-memory';
import { eachWide, lengthen, nextCapacity } from './columns';
import { type EdgeColumns, RARE_BLOCK } from './edges';
import { type LabelMap, MOST_LABELS } from './scan/label-map';
import type { RowBatch } from './scan/row-scanner';

/** Larger indices are rare names: words need the numbers. */
const NUMBERED_INDICES = 4096;
/** The first words are numbered as they come: few heaps have more. */
const NUMBERED_AT_ONCE = MOST_LABELS / 2;
/** So often is a later word said before it gets a number: the million keys of a few Maps are said a few times. */
const OFTEN = 16;
/** Later words are never numbered: files with more strings have said what they say often, and others are corrupt. */
const COUNTED_WORDS = 1 << 26;

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
  /** For the labels of edges. */
  readonly memory: ColumnMemory;
  /** Makes the error for a type that the file does not have, and for a name of 2^32 and more. */
  readonly fault: (edge: number, field: keyof LabelFields, value: number) => Error;
}

export class EdgeLabelBuilder {
  private length = 0;
  private label: Uint16Array = new Uint16Array(0);
  private readonly firstNumbered: number;
  /** How often each word was said that has no number. */
  private said: Uint8Array = new Uint8Array(0);
  private rare: Uint32Array = new Uint32Array(0);
  private rareCount = 0;
  private rareBefore: Uint32Array = new Uint32Array(0);
  /** Blocks of `rareBefore` that are counted. */
  private blocks = 0;
  private largestWord = -1;

  constructor(
    private readonly map: LabelMap,
    private readonly plan: LabelPlan,
  ) {
    // The first labels, numbered like the types, are those of rare names. There is at least one, since 0 means none.
    this.firstNumbered = Math.max(1, plan.isIndexed.length);
    map.begin(this.firstNumbered);
  }

  /** Adds the edges of a batch. */
  append(batch: RowBatch, fields: LabelFields): void {
    const types = batch.column(fields.type);
    const names = batch.column(fields.nameOrIndex);
    this.refuseWide(batch, 'type', fields.type);
    this.refuseWide(batch, 'nameOrIndex', fields.nameOrIndex);
    const { length } = this;
    this.reserve(length + batch.rowCount);
    const { labels, unknown } = this.map.lookUp(types, names);
    this.label.set(labels, length);
    for (let i = 0; i < unknown.length; i++) {
      const row = unknown[i]!;
      this.label[length + row] = this.labelUnknown(length + row, types[row]!, names[row]!);
    }
    this.length = length + batch.rowCount;
    this.countRareUpTo(this.length - 1);
  }

  finish(): Pick<EdgeColumns, 'label' | 'labels'> {
    const { length, firstNumbered, largestWord } = this;
    const { type, name } = this.map.columns();
    for (let label = 0; label < firstNumbered; label++) type[label] = label;
    return {
      label: this.label.subarray(0, length),
      labels: {
        ...{ type, name, firstNumbered, largestWord },
        rare: this.rare.subarray(0, this.rareCount),
        rareBefore: this.rareBefore.subarray(0, this.blocks),
      },
    };
  }

  /** The label of an edge that had none: by now it may, or gets one, or that of the type's rare names. */
  private labelUnknown(edge: number, type: number, name: number): number {
    const { isIndexed, fault } = this.plan;
    if (type >= isIndexed.length) throw fault(edge, 'type', type);
    const found = this.map.find(type, name);
    if (found !== 0) return found;
    if (!isIndexed[type] && name > this.largestWord) this.largestWord = name;
    const isNumbered = isIndexed[type] ? name < NUMBERED_INDICES : this.mayNumber(name);
    if (isNumbered && this.map.count < MOST_LABELS) return this.map.add(type, name);
    this.countRareUpTo(edge);
    if (this.rareCount === this.rare.length) {
      this.rare = lengthen(this.rare, nextCapacity(this.rare.length, this.rareCount + 1, 0), sharedMemory.u32);
    }
    this.rare[this.rareCount++] = name;
    return type;
  }

  /** Notes how many rare names came before the blocks that begin up to an edge. */
  private countRareUpTo(edge: number): void {
    for (; this.blocks * RARE_BLOCK <= edge; this.blocks++) this.rareBefore[this.blocks] = this.rareCount;
  }

  /** Notes that a word is said, and tells whether it shall have a number if there is one left. */
  private mayNumber(word: number): boolean {
    if (this.map.count < NUMBERED_AT_ONCE) return true;
    if (word >= COUNTED_WORDS) return false;
    if (word >= this.said.length) {
      this.said = lengthen(this.said, nextCapacity(this.said.length, word + 1, 0), sharedMemory.u8);
    }
    const times = this.said[word]! + 1;
    this.said[word] = times;
    return times >= OFTEN;
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
    this.rareBefore = lengthen(this.rareBefore, Math.ceil(capacity / RARE_BLOCK), sharedMemory.u32);
  }
}
