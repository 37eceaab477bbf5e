/** Objects of one heap at one place, with a sum over them. There may be millions, so they stand in a typed array. */
import type { SizeSums } from '../../heap/children';
import type { Heap } from '../../heap/heap';

/** A list of ordinals, however it is stored. */
export type Ordinals = ArrayLike<number> & Iterable<number>;

const FEWEST = 8;
/** What is not filled of a long list takes no memory, so it grows in few steps. */
const GROWTH = 4;
/** A list that becomes so long gets the room that is expected: the memory of shorter ones waits for a collection. */
const LONG = 1 << 13;
const NONE = new Uint32Array(0);

/** As `filter`, which makes a list of objects before it makes one of numbers. */
export function selectNodes(nodes: Uint32Array, isWanted: (node: number) => boolean): Uint32Array {
  const selected = new Uint32Array(nodes.length); // of which no page is touched that stays empty
  let count = 0;
  for (const node of nodes) if (isWanted(node)) selected[count++] = node;
  return selected.subarray(0, count);
}

export class Side implements SizeSums {
  retained = 0;
  shallow = 0;
  largest = 0;
  private length = 0;
  /** The first object: most sides have one at most, under a name of its own, and need no list. */
  private first = 0;
  /** All of them, once there are two. */
  private list: Uint32Array | null = null;

  /** `expected`: how many objects there may be, if there are many. */
  constructor(private readonly expected = 0) {}

  /** How many objects there are. */
  get count(): number {
    return this.length;
  }

  /** Their ordinals; valid until the next one is added. */
  get nodes(): Uint32Array {
    if (this.list) return this.list.subarray(0, this.length);
    return this.length === 0 ? NONE : Uint32Array.of(this.first);
  }

  add(heap: Heap, node: number): void {
    if (this.length === 0) this.first = node;
    else this.listFor(this.length + 1)[this.length] = node;
    this.length++;
    const retained = heap.retainedOf(node);
    this.retained += retained;
    this.shallow += heap.shallowOf(node);
    this.largest = Math.max(this.largest, retained);
  }

  /** Adds objects of such sizes. */
  addNodes(nodes: Uint32Array, sizes: SizeSums): void {
    if (this.length === 0 && nodes.length === 1) this.first = nodes[0]!;
    else if (nodes.length > 0) this.listFor(this.length + nodes.length).set(nodes, this.length);
    this.length += nodes.length;
    this.retained += sizes.retained;
    this.shallow += sizes.shallow;
    this.largest = Math.max(this.largest, sizes.largest);
  }

  addAll(other: Side): void {
    this.addNodes(other.nodes, other);
  }

  /** The list, with room for so many. */
  private listFor(length: number): Uint32Array {
    const room = this.list?.length ?? 0;
    if (this.list && length <= room) return this.list;
    const enough = Math.max(length, room * GROWTH, FEWEST);
    const larger = new Uint32Array(enough > LONG ? Math.max(enough, this.expected) : enough);
    larger.set(this.nodes);
    this.list = larger;
    return larger;
  }
}
