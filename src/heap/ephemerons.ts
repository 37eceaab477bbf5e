/**
 * A WeakMap's entry lives while both its table and its key do. V8 writes two edges to the value, one from each, with
 * one name: `7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)`.
 */
import { BitVector } from './bit-vector';
import type { StringTable } from './strings';

const NAME = /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;

/** What the name of an edge to the value of a WeakMap's entry says; null for other names. */
export function parseEphemeronName(name: string): { readonly tableId: number } | null {
  const match = NAME.exec(name);
  return match && { tableId: Number(match[2]) };
}

/** The part of such a name that both edges of a pair share. */
export const pairOf = (name: string) => name.slice(name.search(/\D/));

const BEGINNING = Buffer.from(' / part of key (');
const MIDDLE = Buffer.from(' pair in WeakMap (table @');
const CLOSING = 0x29;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;

/** The strings of a file that name such edges: a large WeakMap has as many as entries, and nobody wants their text. */
export class EphemeronNames {
  private constructor(
    private readonly strings: StringTable,
    /** By string index. */
    readonly indices: BitVector,
    readonly isEmpty: boolean,
  ) {}

  /** Found once: several steps ask. */
  static of(strings: StringTable): EphemeronNames {
    const known = found.get(strings) ?? EphemeronNames.find(strings);
    found.set(strings, known);
    return known;
  }

  private static find(strings: StringTable): EphemeronNames {
    const indices = new BitVector(strings.count);
    let isEmpty = true;
    for (const index of strings.sought) {
      if (!isDigit(strings.firstByte(index)) || readTableId(strings.raw(index)) === null) continue;
      indices.add(index);
      isEmpty = false;
    }
    return new EphemeronNames(strings, indices, isEmpty);
  }

  has(index: number): boolean {
    return this.indices.has(index);
  }

  /** Id of the table of the entry that a string names. */
  tableIdOf(index: number): number {
    return readTableId(this.strings.raw(index))!;
  }
}

const found = new WeakMap<StringTable, EphemeronNames>();

function readTableId(name: Uint8Array): number | null {
  let start = 0;
  while (isDigit(name[start])) start++;
  if (!standsAt(BEGINNING, name, start) || name.at(-1) !== CLOSING) return null;
  let at = name.length - 1;
  let id = 0;
  for (let place = 1; isDigit(name[at - 1]); place *= 10) id += (name[--at]! - 48) * place;
  return standsAt(MIDDLE, name, at - MIDDLE.length) ? id : null;
}

function standsAt(text: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return false;
  return true;
}
