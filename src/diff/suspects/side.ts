/** Objects of one heap at one place, with a sum over them. There may be millions, so they stand in a typed array. */
import type { Heap } from '../../heap/heap';

/** A list of ordinals, however it is stored. */
export type Ordinals = ArrayLike<number> & Iterable<number>;

/** Most sides of most groups are empty. */
const NONE = new Uint32Array(0);
const FEWEST = 8;
/** What is not filled of a long list takes no memory, so it grows in few steps. */
const GROWTH = 4;

export class Side {
  /** Bytes. */
  retained = 0;
  private list = NONE;
  private length = 0;

  /** How many objects there are. */
  get count(): number {
    return this.length;
  }

  /** Their ordinals; valid until the next one is added. */
  get nodes(): Uint32Array {
    return this.list.subarray(0, this.length);
  }

  /** Bytes: the sum of their shallow sizes in the heap that they are of. */
  shallowIn({ graph }: Heap): number {
    const { selfSize } = graph.nodes;
    let sum = 0;
    for (let i = 0; i < this.length; i++) sum += selfSize[this.list[i]!]!;
    return sum;
  }

  add(heap: Heap, node: number): void {
    this.reserve(this.length + 1);
    this.list[this.length++] = node;
    this.retained += heap.retained[node]!;
  }

  addAll(other: Side): void {
    this.reserve(this.length + other.length);
    this.list.set(other.nodes, this.length);
    this.length += other.length;
    this.retained += other.retained;
  }

  private reserve(length: number): void {
    if (length <= this.list.length) return;
    const larger = new Uint32Array(Math.max(length, this.list.length * GROWTH, FEWEST));
    larger.set(this.nodes);
    this.list = larger;
  }
}
