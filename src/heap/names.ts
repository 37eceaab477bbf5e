import type { StringTable } from './strings';
import type { StringIndex } from './types';

/** The file's strings, followed by names that heapdiff derives from them (`Detached <div>`, `{id, token}`). */
export class NameTable {
  private readonly derived: string[] = [];
  private readonly derivedIndex = new Map<string, StringIndex>();
  private readonly decoded = new Map<number, string>();

  constructor(
    readonly strings: StringTable,
    derived: readonly string[] = [],
  ) {
    for (const name of derived) this.derive(name);
  }

  /** The derived names in order, for a table of the same strings in another thread. */
  pack(): readonly string[] {
    return this.derived;
  }

  get count(): number {
    return this.strings.count + this.derived.length;
  }

  get(index: StringIndex | number): string {
    if (index >= this.strings.count) return this.derived[index - this.strings.count]!;
    return this.strings.get(index);
  }

  /** First byte of a name, -1 when it is empty; decodes nothing. */
  firstByte(index: StringIndex | number): number {
    if (index < this.strings.count) return this.strings.firstByte(index);
    return this.get(index).charCodeAt(0) || -1;
  }

  /** Whether a name is spelled as one of another table; decodes no string of the files. */
  isSame(index: number, other: NameTable, otherIndex: number): boolean {
    const areStrings = index < this.strings.count && otherIndex < other.strings.count;
    if (!areStrings) return this.get(index) === other.get(otherIndex);
    return this.strings.isSame(index, other.strings, otherIndex);
  }

  /** Like `get`, but remembers: for the few thousand names that every step asks for again (classes, edges). */
  getCached(index: StringIndex | number): string {
    let name = this.decoded.get(index);
    if (name === undefined) {
      name = this.get(index);
      this.decoded.set(index, name);
    }
    return name;
  }

  /** The index of a derived name; never the index of an equal string of the file, as in DevTools. */
  derive(name: string): StringIndex {
    let index = this.derivedIndex.get(name);
    if (index === undefined) {
      index = this.add(name);
      this.derivedIndex.set(name, index);
    }
    return index;
  }

  /** A new index for a name, whether or not there is one already. */
  add(name: string): StringIndex {
    return (this.strings.count + this.derived.push(name) - 1) as StringIndex;
  }
}
