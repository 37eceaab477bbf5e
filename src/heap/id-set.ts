import { BitVector } from './bit-vector';
import type { UintColumn } from './types';

/** Odd ids up to so many times the nodes have their bit in one vector: JavaScript objects have odd ids, mostly dense. */
const NEAR_IDS_PER_NODE = 16;
const MOST_NEAR_IDS = 2 ** 32;
const PAGE_IDS = 2 ** 16;

/** A set of ids as data that another thread can take over. */
export interface PackedIds {
  readonly near: Uint32Array;
  readonly nearEnd: number;
  readonly pages: ReadonlyMap<number, Uint32Array>;
}

/** Ids of a heap, a bit each: in one vector where they are dense, in pages where they are scattered, up to 2^53. */
export class IdSet {
  private constructor(
    private readonly near: BitVector,
    private readonly nearEnd: number,
    private readonly pages: Map<number, BitVector>,
  ) {}

  static build(ids: UintColumn): IdSet {
    const nearEnd = Math.min(ids.length * NEAR_IDS_PER_NODE, MOST_NEAR_IDS);
    const set = new IdSet(new BitVector(Math.ceil(nearEnd / 2)), nearEnd, new Map());
    for (let ordinal = 0; ordinal < ids.length; ordinal++) set.add(ids[ordinal]!);
    return set;
  }

  static unpack({ near, nearEnd, pages }: PackedIds): IdSet {
    const vectors = [...pages].map(([page, words]) => [page, new BitVector(PAGE_IDS, words)] as const);
    return new IdSet(new BitVector(Math.ceil(nearEnd / 2), near), nearEnd, new Map(vectors));
  }

  pack(): PackedIds {
    const pages = [...this.pages].map(([page, { words }]) => [page, words] as const);
    return { near: this.near.words, nearEnd: this.nearEnd, pages: new Map(pages) };
  }

  has(id: number): boolean {
    if (this.isNear(id)) return this.near.has(id >>> 1);
    return this.pages.get(Math.floor(id / PAGE_IDS))?.has(id % PAGE_IDS) ?? false;
  }

  private add(id: number): void {
    if (this.isNear(id)) this.near.add(id >>> 1);
    else this.addFar(id);
  }

  private isNear(id: number): boolean {
    return id < this.nearEnd && (id & 1) === 1;
  }

  private addFar(id: number): void {
    const number = Math.floor(id / PAGE_IDS);
    let page = this.pages.get(number);
    if (!page) {
      page = new BitVector(PAGE_IDS);
      this.pages.set(number, page);
    }
    page.add(id % PAGE_IDS);
  }
}
