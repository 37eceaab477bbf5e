/** Names of the edges from dominators to what they dominate, by numbers common to both heaps of a pair. */
import { Children, NO_EDGE } from '../../heap/children';
import type { Heap } from '../../heap/heap';
import type { NameTable } from '../../heap/names';
import { NodeKind } from '../../heap/node-kind';
import { BACKSLASH, SPACE } from '../../heap/scan/ascii';

/** How nodes hang from their dominator: at an index, or by no single edge. */
export const INDEXED = '[]';
export const INDIRECT = '~';
export const INDEXED_EDGE = 0;
export const INDIRECT_EDGE = 1;
/** Of a name that has no number. */
export const UNKNOWN = 2 ** 32 - 1;

/**
 * Numbers for names. A dictionary has a million, and most of them are asked for to find that the other heap does not have
 * them: they are told apart by their bytes, and decoded when somebody wants the text.
 */
export class EdgeNumbers {
  private readonly texts: (string | null)[] = [INDEXED, INDIRECT];
  /** Where a name was met first; null for one that was given as text. */
  private readonly sources: ({ readonly names: NameTable; readonly index: number } | null)[] = [null, null];
  /** The last number whose name has a hash, and the one before it that has the same. */
  private readonly lastOf = new Map<number, number>();
  private readonly before: number[] = [UNKNOWN, UNKNOWN];
  /** Names that files may spell in several ways. */
  private readonly escaped = new Map<string, number>();

  /** The number of a name, which gets one if it has none. */
  of(names: NameTable, index: number): number {
    const hash = hashPlain(names.strings.raw(index));
    if (hash === null) return this.ofEscaped(names.get(index));
    const found = this.findHashed(hash, (number) => this.isSame(number, names, index));
    return found === UNKNOWN ? this.add(null, { names, index }, hash) : found;
  }

  /** {@link UNKNOWN} for a name that has none. */
  find(names: NameTable, index: number): number {
    const hash = hashPlain(names.strings.raw(index));
    if (hash === null) return this.escaped.get(names.get(index)) ?? UNKNOWN;
    return this.findHashed(hash, (number) => this.isSame(number, names, index));
  }

  ofText(text: string): number {
    if (text === INDEXED) return INDEXED_EDGE;
    if (text === INDIRECT) return INDIRECT_EDGE;
    const hash = hashPlain(Buffer.from(text));
    if (hash === null) return this.ofEscaped(text);
    const found = this.findHashed(hash, (number) => this.textOf(number) === text);
    return found === UNKNOWN ? this.add(text, null, hash) : found;
  }

  textOf(number: number): string {
    let text = this.texts[number]!;
    if (text === null) {
      const { names, index } = this.sources[number]!;
      text = names.get(index);
      this.texts[number] = text;
    }
    return text;
  }

  private findHashed(hash: number, isSame: (number: number) => boolean): number {
    let at = this.lastOf.get(hash) ?? UNKNOWN;
    while (at !== UNKNOWN && !isSame(at)) at = this.before[at]!;
    return at;
  }

  private isSame(number: number, names: NameTable, index: number): boolean {
    const source = this.sources[number];
    return source ? source.names.isSame(source.index, names, index) : this.texts[number] === names.get(index);
  }

  private ofEscaped(text: string): number {
    let number = this.escaped.get(text);
    if (number === undefined) {
      number = this.add(text, null, null);
      this.escaped.set(text, number);
    }
    return number;
  }

  private add(text: string | null, source: { names: NameTable; index: number } | null, hash: number | null): number {
    const number = this.texts.push(text) - 1;
    this.sources.push(source);
    this.before.push(hash === null ? UNKNOWN : (this.lastOf.get(hash) ?? UNKNOWN));
    if (hash !== null) this.lastOf.set(hash, number);
    return number;
  }
}

const TILDE = 0x7e;

/**
 * FNV-1a (Fowler, Noll, Vo) of a name that every writer spells alike: printable ASCII without escapes. Null for others.
 */
function hashPlain(bytes: Uint8Array): number | null {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < SPACE || byte > TILDE || byte === BACKSLASH) return null;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash;
}

/** The edges of one heap. */
export class EdgeNames {
  readonly children: Children;
  private readonly kind: NodeKind;
  private readonly numberOfLabel: (edge: number) => number;

  constructor(
    private readonly heap: Heap,
    private readonly numbers: EdgeNumbers,
  ) {
    this.children = new Children(heap, INDEXED_EDGE);
    this.kind = new NodeKind(heap.graph);
    this.numberOfLabel = heap.graph.edges.byLabel((_, edge) => this.read(edge, (name) => numbers.of(heap.names, name)));
  }

  /** The number of an edge's name, which gets one if it has none. */
  numberOf(edge: number): number {
    return edge === NO_EDGE ? INDIRECT_EDGE : this.numberOfLabel(edge);
  }

  /** {@link UNKNOWN} where nobody gave the name a number. */
  findNumber(edge: number): number {
    const { edges } = this.heap.graph;
    if (edge === NO_EDGE || !edges.isRare(edge)) return this.numberOf(edge);
    return this.read(edge, (name) => this.numbers.find(this.heap.names, name));
  }

  /** The name of the edge to a node from its dominator. */
  nameOf(dominator: number, node: number): string {
    let found: number = NO_EDGE;
    this.children.each(dominator, (child, edge) => {
      if (child === node) found = edge;
    });
    return this.spell(found);
  }

  /** The name of an edge, without a number for it. */
  spell(edge: number): string {
    const number = this.findNumber(edge);
    if (number !== UNKNOWN) return this.numbers.textOf(number);
    return this.heap.names.get(this.heap.graph.edges.nameOf(edge));
  }

  private read(edge: number, numberOf: (name: number) => number): number {
    return this.kind.isIndex(edge) ? INDEXED_EDGE : numberOf(this.heap.graph.edges.nameOf(edge));
  }
}
