/**
 * A WeakMap's entry lives while both its table and its key do. V8 writes two edges to the value, one from each, with
 * one name: `7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)`.
 */
import { BitVector } from './bit-vector';
import { BACKSLASH, isDigit, SPACE } from './scan/ascii';
import type { StringTable } from './strings';

const NAME = /^\d+ \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\)$/;

/** What the name of an edge to the value of a WeakMap's entry says; null for other names. */
export function parseEphemeronName(name: string): { readonly tableId: number } | null {
  const match = NAME.exec(name);
  return match && { tableId: Number(match[1]) };
}

/** The part of such a name that both edges of a pair share. */
export const pairOf = (name: string) => name.slice(name.search(/\D/));

const BEGINNING = Buffer.from(' / part of key (');
const MIDDLE = Buffer.from(') -> value (');
const END = Buffer.from(') pair in WeakMap (table @');
const CLOSING = 0x29;
const AT = 0x40;

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
      if (!isDigit(strings.firstByte(index)) || tableIdIn(strings, index) === null) continue;
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
    return tableIdIn(this.strings, index)!;
  }
}

const found = new WeakMap<StringTable, EphemeronNames>();

function tableIdIn(strings: StringTable, index: number): number | null {
  const name = strings.raw(index);
  return name.includes(BACKSLASH) ? (parseEphemeronName(strings.get(index))?.tableId ?? null) : readTableId(name);
}

/** The id in a name of the form of {@link NAME}, which these bytes spell without escapes; null for others. */
function readTableId(name: Uint8Array): number | null {
  const number = digitsFrom(name, 0);
  const tableId = digitsBefore(name, name.length - 1);
  const valueEnd = tableId - END.length;
  if (name.at(-1) !== CLOSING || !standsAt(BEGINNING, name, number) || !standsAt(END, name, valueEnd)) return null;
  const keyStart = number + BEGINNING.length;
  const valueId = idBefore(name, valueEnd);
  for (let at = keyStart; at + MIDDLE.length <= valueId; at++) {
    if (!standsAt(MIDDLE, name, at) || idBefore(name, at) < keyStart) continue;
    return tableId === name.length - 1 ? null : readDigits(name, tableId);
  }
  return null;
}

/** Where digits end that begin at `from`. */
function digitsFrom(bytes: Uint8Array, from: number): number {
  let end = from;
  while (isDigit(bytes[end])) end++;
  return end;
}

/** Where digits begin that end at `end`. */
function digitsBefore(bytes: Uint8Array, end: number): number {
  let start = end;
  while (isDigit(bytes[start - 1])) start--;
  return start;
}

/** Where ` @7` begins that ends at `end`; -1 when that is not there. */
function idBefore(bytes: Uint8Array, end: number): number {
  const start = digitsBefore(bytes, end);
  return start < end && bytes[start - 1] === AT && bytes[start - 2] === SPACE ? start - 2 : -1;
}

function readDigits(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let at = from; isDigit(bytes[at]); at++) value = value * 10 + bytes[at]! - 48;
  return value;
}

function standsAt(text: Uint8Array, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text[i]) return false;
  return true;
}
