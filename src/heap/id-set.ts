import { BitVector } from './bit-vector';
import type { Graph } from './graph';
import { plainLoops } from './loops/plain-loops';
import { isNear, sampleMask } from './sampled-ids';
import type { UintColumn } from './types';

/** Odd ids up to so many times the nodes have their bit in one vector: JavaScript objects have odd ids, mostly dense. */
const NEAR_IDS_PER_NODE = 16;
const MOST_NEAR_IDS = 2 ** 32 - 1;
const PAGE_IDS = 2 ** 16;

/** A set of ids as data that another thread can take over. */
export interface PackedIds {
  readonly near: Uint32Array;
  readonly nearEnd: number;
  readonly pages: ReadonlyMap<number, Uint32Array>;
  readonly sample: Uint32Array;
}

/** What a set is built of. */
export type IdInputs = Pick<Graph, 'nodeCount' | 'memory' | 'scratch' | 'loops'> & {
  readonly nodes: { readonly id: UintColumn };
};

/**
 * Ids of a heap, a bit each: in one vector where they are dense, in pages where they are scattered, up to 2^53. Found in
 * the same pass: the nodes whose ids are sampled, so that two heaps can be compared by a few.
 */
export class IdSet {
  private constructor(
    private readonly near: BitVector,
    private readonly nearEnd: number,
    private readonly pages: Map<number, BitVector>,
    /** Ordinals of the nodes whose ids `isSampled`, by the heap's own `sampleMask`. */
    readonly sample: Uint32Array,
  ) {}

  static build({ nodes, nodeCount, memory, scratch, loops }: IdInputs): IdSet {
    const { id } = nodes;
    const nearEnd = Math.min(nodeCount * NEAR_IDS_PER_NODE, MOST_NEAR_IDS);
    const near = BitVector.in(memory, Math.ceil(nearEnd / 2));
    const mask = sampleMask(nodeCount);
    const far = scratch.takeStack();
    const sample = scratch.takeStack();
    const counts = memory.u32(2);
    // Ids of 2^32 and more are the plain loop's work, which takes doubles as well.
    const { markIds } = id instanceof Uint32Array ? loops : plainLoops;
    markIds(id as Uint32Array, near.words, nearEnd, mask, far, sample, counts, 0, nodeCount);
    const [farCount, sampled] = counts as unknown as [number, number];
    const set = new IdSet(near, nearEnd, new Map(), sample.slice(0, sampled));
    for (let i = 0; i < farCount; i++) set.addFar(id[far[i]!]!);
    scratch.giveBackStack(far, sample);
    return set;
  }

  static unpack({ near, nearEnd, pages, sample }: PackedIds): IdSet {
    const vectors = [...pages].map(([page, words]) => [page, new BitVector(PAGE_IDS, words)] as const);
    return new IdSet(new BitVector(Math.ceil(nearEnd / 2), near), nearEnd, new Map(vectors), sample);
  }

  pack(): PackedIds {
    const pages = [...this.pages].map(([page, { words }]) => [page, words] as const);
    return { near: this.near.words, nearEnd: this.nearEnd, pages: new Map(pages), sample: this.sample };
  }

  has(id: number): boolean {
    if (isNear(id, this.nearEnd)) return this.near.has(id >>> 1);
    return this.pages.get(Math.floor(id / PAGE_IDS))?.has(id % PAGE_IDS) ?? false;
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
