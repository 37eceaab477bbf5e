/**
 * A WeakMap's entry lives while both its table and its key do. V8 writes two edges to the value, one from each, with
 * one name: `7 / part of key (K @1) -> value (V @3) pair in WeakMap (table @5)`.
 */
import type { StringTable } from './strings';

export interface EphemeronName {
  /** The part of the name that both edges of a pair share. */
  readonly pair: string;
  /** Id of the WeakMap's table node. */
  readonly tableId: number;
}

const NAME = /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;
const MARK = Buffer.from(' pair in WeakMap (table @');

/** What the name of an edge to the value of a WeakMap's entry says; null for other names. */
export function parseEphemeronName(name: string): EphemeronName | null {
  const match = NAME.exec(name);
  return match && { pair: match[1]!, tableId: Number(match[2]) };
}

/** Strings that name ephemeron edges, by string index. */
export function findEphemeronNames(strings: StringTable): ReadonlyMap<number, EphemeronName> {
  const found = new Map<number, EphemeronName>();
  for (const index of strings.sought) {
    const first = strings.firstByte(index);
    if (first < 48 || first > 57) continue;
    const raw = strings.raw(index);
    if (Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).indexOf(MARK) < 0) continue;
    const name = parseEphemeronName(strings.get(index));
    if (name) found.set(index, name);
  }
  return found;
}
