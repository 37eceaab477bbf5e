/** Numbers the labels of edges while they are read: see `edges.ts`. */
import { allocateU8, allocateU16, allocateU32 } from './allocate';
import { eachWide, nextCapacity } from './columns';
import { type EdgeColumns, RARE_BLOCK } from './edges';
import type { RowBatch } from './scan/row-scanner';

/** Labels are 16-bit. */
const MOST_LABELS = 1 << 16;
const SLOTS = MOST_LABELS * 2;
/** Larger indices are rare names: words need the numbers. */
const NUMBERED_INDICES = 4096;
/** So often is a word said before it gets a number: the keys of a few Maps of a million entries are said a few times. */
const OFTEN = 16;
/** Later words are never numbered: files with more strings have said what they say often, and others are corrupt. */
const COUNTED_WORDS = 1 << 26;

/** At which fields of a row type and name of an edge stand. */
export interface LabelFields {
  readonly type: number;
  readonly nameOrIndex: number;
}

export class EdgeLabelBuilder {
  private length = 0;
  private label: Uint16Array = new Uint16Array(0);
  private labelCount: number;
  private readonly firstNumbered: number;
  private readonly type = new Uint8Array(MOST_LABELS);
  private readonly name = new Uint32Array(MOST_LABELS);
  /** Labels by the hash of type and name; 0 is free. */
  private readonly slots = new Uint16Array(SLOTS);
  /** How often each word was said that has no number. */
  private said: Uint8Array = new Uint8Array(0);
  private rare: Uint32Array = new Uint32Array(0);
  private rareCount = 0;
  private rareBefore: Uint32Array = new Uint32Array(0);
  private largestRareWord = -1;

  /**
   * `isIndexed` tells of each type whether a number names its edges; `hint` is how many edges are expected. `fault`
   * makes the error for a type that the file does not have, and for a name of 2^32 and more.
   */
  constructor(
    private readonly isIndexed: readonly boolean[],
    private readonly hint: number,
    private readonly fault: (edge: number, field: keyof LabelFields, value: number) => Error,
  ) {
    // The first labels, numbered like the types, are those of rare names. There is at least one, since 0 means free.
    this.firstNumbered = Math.max(1, isIndexed.length);
    this.labelCount = this.firstNumbered;
    for (let type = 0; type < isIndexed.length; type++) this.type[type] = type;
  }

  /** Adds the edges of a batch. */
  append(batch: RowBatch, fields: LabelFields): void {
    const types = batch.column(fields.type);
    const names = batch.column(fields.nameOrIndex);
    this.refuseWide(batch, 'type', fields.type);
    this.refuseWide(batch, 'nameOrIndex', fields.nameOrIndex);
    this.reserve(this.length + batch.rowCount);
    const { label, rareBefore, slots, type: labelType, name: labelName, length } = this;
    for (let row = 0; row < types.length; row++) {
      const type = types[row]!;
      const name = names[row]!;
      const edge = length + row;
      if (edge % RARE_BLOCK === 0) rareBefore[edge / RARE_BLOCK] = this.rareCount;
      let slot = hashLabel(type, name);
      let found = slots[slot]!;
      while (found !== 0 && (labelName[found] !== name || labelType[found] !== type)) {
        slot = (slot + 1) % SLOTS;
        found = slots[slot]!;
      }
      label[edge] = found === 0 ? this.add(edge, type, name, slot) : found;
    }
    this.length += batch.rowCount;
  }

  finish(): Pick<EdgeColumns, 'label' | 'labels'> {
    const { length, labelCount, firstNumbered } = this;
    return {
      label: this.label.subarray(0, length),
      labels: {
        type: this.type.slice(0, labelCount),
        name: this.name.slice(0, labelCount),
        firstNumbered,
        largestRareWord: this.largestRareWord,
        rare: this.rare.subarray(0, this.rareCount),
        rareBefore: this.rareBefore.subarray(0, Math.ceil(length / RARE_BLOCK)),
      },
    };
  }

  /** The label of an edge whose slot is free: a new one, or that of the type's rare names. */
  private add(edge: number, type: number, name: number, slot: number): number {
    if (type >= this.isIndexed.length) throw this.fault(edge, 'type', type);
    const isRare = this.isIndexed[type] ? name >= NUMBERED_INDICES : !this.isOften(name);
    if (isRare || this.labelCount === MOST_LABELS) {
      if (!this.isIndexed[type] && name > this.largestRareWord) this.largestRareWord = name;
      if (this.rareCount === this.rare.length) this.rare = enlarge(this.rare, this.rareCount + 1, 0);
      this.rare[this.rareCount++] = name;
      return type;
    }
    const label = this.labelCount++;
    this.type[label] = type;
    this.name[label] = name;
    this.slots[slot] = label;
    return label;
  }

  /** Notes that a word is said, and tells whether that happened often enough for a number. */
  private isOften(word: number): boolean {
    if (word >= COUNTED_WORDS) return false;
    if (word >= this.said.length) {
      const larger = allocateU8(nextCapacity(this.said.length, word + 1, 0));
      larger.set(this.said);
      this.said = larger;
    }
    const times = this.said[word]! + 1;
    this.said[word] = times;
    return times >= OFTEN;
  }

  private refuseWide(batch: RowBatch, field: keyof LabelFields, offset: number): void {
    eachWide(batch, offset, (row, high) => {
      throw this.fault(this.length + row, field, high * 2 ** 32 + batch.column(offset)[row]!);
    });
  }

  private reserve(length: number): void {
    const { label, hint } = this;
    if (length <= label.length) return;
    const larger = allocateU16(nextCapacity(label.length, length, hint));
    larger.set(label);
    this.label = larger;
    const blocks = Math.ceil(larger.length / RARE_BLOCK);
    this.rareBefore = enlarge(this.rareBefore, blocks, blocks);
  }
}

function enlarge(column: Uint32Array, needed: number, hint: number): Uint32Array {
  const larger = allocateU32(nextCapacity(column.length, needed, hint));
  larger.set(column);
  return larger;
}

/** The multiplier is 2^32 over the golden ratio (Knuth, TAOCP volume 3, section 6.4). */
const hashLabel = (type: number, name: number) => (Math.imul(name ^ (type << 28), 0x9e3779b1) >>> 15) % SLOTS;
