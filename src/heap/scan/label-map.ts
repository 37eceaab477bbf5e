/**
 * Numbers for labels: pairs of an edge's type and its name. As for scanners, this is the plain one behind the interface,
 * the oracle for a faster one and the fallback where that cannot run.
 */

/** Labels are 16-bit. */
export const MOST_LABELS = 1 << 16;

/** What a map has of a batch of edges; valid until the next call. */
export interface KnownLabels {
  /** By row; 0 for an edge whose label has no number. */
  readonly labels: Uint16Array;
  /** The rows of those edges, ascending. */
  readonly unknown: ArrayLike<number>;
}

export interface LabelMap {
  /** Forgets all labels. Numbers begin at `first`, which is over 0. */
  begin(first: number): void;
  /** The number that is given next; all are given at {@link MOST_LABELS}. */
  readonly count: number;
  /** Looks up the edges of a batch. */
  lookUp(types: Uint32Array, names: Uint32Array): KnownLabels;
  /** The number of a label, 0 for none. */
  find(type: number, name: number): number;
  /** Gives a number to a label that has none. */
  add(type: number, name: number): number;
  /** Types and names by number. */
  columns(): { readonly type: Uint8Array; readonly name: Uint32Array };
}

const SLOTS = MOST_LABELS * 2;

export class PlainLabelMap implements LabelMap {
  count = 1;
  private readonly type = new Uint8Array(MOST_LABELS);
  private readonly name = new Uint32Array(MOST_LABELS);
  /** Labels by the hash of type and name; 0 is free. */
  private readonly slots = new Uint16Array(SLOTS);

  begin(first: number): void {
    this.count = first;
    this.slots.fill(0);
  }

  lookUp(types: Uint32Array, names: Uint32Array): KnownLabels {
    const labels = new Uint16Array(types.length);
    const unknown: number[] = [];
    for (let row = 0; row < types.length; row++) {
      labels[row] = this.find(types[row]!, names[row]!);
      if (labels[row] === 0) unknown.push(row);
    }
    return { labels, unknown };
  }

  find(type: number, name: number): number {
    return this.slots[this.slotOf(type, name)]!;
  }

  add(type: number, name: number): number {
    const label = this.count++;
    this.type[label] = type;
    this.name[label] = name;
    this.slots[this.slotOf(type, name)] = label;
    return label;
  }

  columns(): { type: Uint8Array; name: Uint32Array } {
    return { type: this.type.slice(0, this.count), name: this.name.slice(0, this.count) };
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
