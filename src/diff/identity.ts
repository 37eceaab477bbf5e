/** Whether the ids of two snapshots name the same objects, and which objects came and went when they do. */
import type { Heap } from '../heap/heap';
import type { Identity } from './types';

/** With stable ids agreement is above 0.997; without, ids still collide, but type and name agree for a few in ten. */
const COMPARABLE_FROM = 0.95;
/** Ids looked at: plenty for a share, cheap for any heap. */
const SAMPLE = 50_000;

/** Finds out by itself, on a sample of ids, whether nodes with the same id agree in type and name. */
export function compareIdentity(before: Heap, after: Heap): Identity {
  const step = Math.max(1, Math.floor(Math.max(before.graph.nodeCount, after.graph.nodeCount) / SAMPLE));
  const isSampled = (id: number) => (Math.imul(id, 0x9e3779b1) >>> 7) % step === 0;
  const beforeById = new Map<number, number>();
  eachId(before, (id, ordinal) => {
    if (isSampled(id)) beforeById.set(id, ordinal);
  });
  let common = 0;
  let agreeing = 0;
  eachId(after, (id, ordinal) => {
    if (!isSampled(id)) return;
    const other = beforeById.get(id);
    if (other === undefined) return;
    common++;
    if (isSameTypeAndName(before, other, after, ordinal)) agreeing++;
  });
  const agreement = common === 0 ? 0 : agreeing / common;
  return { comparable: agreement >= COMPARABLE_FROM, agreement: Math.round(agreement * 10_000) / 10_000 };
}

function eachId(heap: Heap, take: (id: number, ordinal: number) => void): void {
  const { id, type } = heap.graph.nodes;
  const { synthetic } = heap.graph.nodeType;
  // Synthetic roots have the same ids in every process: they would only flatter the share.
  for (let ordinal = 0; ordinal < id.length; ordinal++) if (type[ordinal] !== synthetic) take(id[ordinal]!, ordinal);
}

function isSameTypeAndName(a: Heap, inA: number, b: Heap, inB: number): boolean {
  const typeA = a.graph.nodeTypeNames[a.graph.nodes.type[inA]!];
  const typeB = b.graph.nodeTypeNames[b.graph.nodes.type[inB]!];
  const nameA = a.graph.nodes.name[inA]!;
  const nameB = b.graph.nodes.name[inB]!;
  // Most pairs that differ do so in their first byte: no need to decode them.
  if (typeA !== typeB || a.names.firstByte(nameA) !== b.names.firstByte(nameB)) return false;
  return a.names.get(nameA) === b.names.get(nameB);
}

const PAGE_BITS = 16;
/** Ids below 2^32 are found without hashing. */
const NEAR_PAGES = 2 ** 16;

/** Ids of a heap as a sparse bit set: JavaScript ids are dense and odd, native ones are scattered up to 2^53. */
export class IdSet {
  /** Pages of the dense ids, by number. */
  private readonly near: Uint32Array[] = [];
  private readonly far = new Map<number, Uint32Array>();

  constructor(heap: Heap) {
    const { id } = heap.graph.nodes;
    for (let ordinal = 0; ordinal < id.length; ordinal++) this.add(id[ordinal]!);
  }

  has(id: number): boolean {
    const bit = id % 2 ** PAGE_BITS;
    const page = this.page((id - bit) / 2 ** PAGE_BITS);
    return page !== undefined && ((page[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
  }

  private add(id: number): void {
    const bit = id % 2 ** PAGE_BITS;
    const number = (id - bit) / 2 ** PAGE_BITS;
    const page = this.page(number) ?? this.addPage(number);
    page[bit >>> 5]! |= 1 << (bit & 31);
  }

  private page(number: number): Uint32Array | undefined {
    return number < NEAR_PAGES ? this.near[number] : this.far.get(number);
  }

  private addPage(number: number): Uint32Array {
    const page = new Uint32Array(2 ** (PAGE_BITS - 5));
    if (number < NEAR_PAGES) this.near[number] = page;
    else this.far.set(number, page);
    return page;
  }
}
