/**
 * Labels of edges: numbers of 16 bits for their types and names. As for scanners, this is the plain one behind the
 * interface, the oracle for a faster one and the fallback where that cannot run.
 */

/** Labels are 16-bit. */
const MOST_LABELS = 1 << 16;
/** Types are a byte. */
export const MOST_TYPES = 1 << 8;
/** Larger indices are rare names: words need the numbers. */
const NUMBERED_INDICES = 4096;
/** The first words are numbered as they come: few heaps have more. */
const NUMBERED_AT_ONCE = MOST_LABELS / 2;
/** So often is a later word said before it gets a number: the million keys of a few Maps are said a few times. */
const OFTEN = 16;
/** Later words are never numbered: files with more strings have said what they say often, and others are corrupt. */
const COUNTED_WORDS = 1 << 26;

/** A batch of edges with their labels; valid until the next one. */
export interface LabelledEdges {
  /** By row. */
  readonly labels: Uint16Array;
  /** Rows and names of the edges whose names have no number: their label is their type. */
  readonly rareRows: Uint16Array;
  readonly rareNames: Uint32Array;
}

export interface EdgeLabeler {
  /** Forgets all labels. Of each type (at most {@link MOST_TYPES}): whether numbers name its edges. */
  begin(isIndexed: readonly boolean[]): void;
  /** Labels edges up to the first of a type that there is not: `labels` is shorter then. */
  label(types: Uint32Array, names: Uint32Array): LabelledEdges;
  /** The largest name that is a string index, -1 for none. */
  readonly largestWord: number;
  /** Types and names by label. The first labels, numbered like the types, are those of rare names. */
  columns(): { readonly type: Uint8Array; readonly name: Uint32Array };
}

const SLOTS = MOST_LABELS * 2;

export class PlainEdgeLabeler implements EdgeLabeler {
  largestWord = -1;
  private count = 1;
  private isIndexed: readonly boolean[] = [];
  private readonly type = new Uint8Array(MOST_LABELS);
  private readonly name = new Uint32Array(MOST_LABELS);
  /** Labels by the hash of type and name; 0 is free. */
  private readonly slots = new Uint16Array(SLOTS);
  /** How often each word was said that has no number, up to {@link OFTEN}. */
  private readonly said = new Map<number, number>();

  begin(isIndexed: readonly boolean[]): void {
    this.isIndexed = isIndexed;
    this.count = Math.max(1, isIndexed.length); // 0 is no label
    this.largestWord = -1;
    this.slots.fill(0);
    this.said.clear();
  }

  label(types: Uint32Array, names: Uint32Array): LabelledEdges {
    const labels = new Uint16Array(types.length);
    const rareRows: number[] = [];
    let row = 0;
    for (; row < types.length && types[row]! < this.isIndexed.length; row++) {
      const slot = this.slotOf(types[row]!, names[row]!);
      labels[row] = this.slots[slot]! || this.labelNew(slot, types[row]!, names[row]!);
      if (this.slots[slot] === 0) rareRows.push(row);
    }
    const rareNames = Uint32Array.from(rareRows, (rare) => names[rare]!);
    return { labels: labels.subarray(0, row), rareRows: Uint16Array.from(rareRows), rareNames };
  }

  columns(): { type: Uint8Array; name: Uint32Array } {
    return { type: this.type.slice(0, this.count), name: this.name.slice(0, this.count) };
  }

  /** A new number for a label, or the type where its name stays rare. */
  private labelNew(slot: number, type: number, name: number): number {
    const isIndexed = this.isIndexed[type]!;
    if (!isIndexed && name > this.largestWord) this.largestWord = name;
    const isNumbered = isIndexed ? name < NUMBERED_INDICES : this.mayNumber(name);
    if (!isNumbered || this.count === MOST_LABELS) return type;
    const label = this.count++;
    this.type[label] = type;
    this.name[label] = name;
    this.slots[slot] = label;
    return label;
  }

  /** Notes that a word is said, and tells whether it shall have a number if there is one left. */
  private mayNumber(word: number): boolean {
    if (this.count < NUMBERED_AT_ONCE) return true;
    if (word >= COUNTED_WORDS) return false;
    const times = (this.said.get(word) ?? 0) + 1;
    this.said.set(word, times);
    return times >= OFTEN;
  }

  /** Where a label stands, or would. */
  private slotOf(type: number, name: number): number {
    let slot = hashLabel(type, name);
    for (let found = this.slots[slot]!; found !== 0; found = this.slots[slot]!) {
      if (this.name[found] === name && this.type[found] === type) break;
      slot = (slot + 1) % SLOTS;
    }
    return slot;
  }
}

/** The multiplier is 2^32 over the golden ratio (Knuth, TAOCP volume 3, section 6.4). */
const hashLabel = (type: number, name: number) => (Math.imul(name ^ (type << 28), 0x9e3779b1) >>> 15) % SLOTS;
