/**
 * Shallow sizes, two bytes per node. What those cannot hold, one in thousands, stands in a table by ordinal: numbers of any
 * size, up to 2^53.
 */
import { type ColumnMemory, sharedMemory } from './column-memory';
import { type ColumnBuilder, eachWide, lengthen, nextCapacity } from './columns';
import { FAR_SIZE } from './loops/codes';
import type { RowBatch } from './scan/row-scanner';
import type { FarSizes, NodeSizes } from './types';

const FEWEST_SLOTS = 1024;

/** Bytes of a node. */
export function sizeOf({ near, far }: NodeSizes, node: number): number {
  const size = near[node]!;
  return size === FAR_SIZE ? far.bytes[slotOf(far, node)]! : size;
}

/** Whether one more size finds room in the table. */
export const hasRoom = ({ count, mask }: FarSizes) => count[0]! * 2 <= mask;

/** Sets the size of a node; the table must have room for one more. */
export function setSize({ near, far }: NodeSizes, node: number, bytes: number): void {
  near[node] = Math.min(bytes, FAR_SIZE);
  if (bytes < FAR_SIZE) return;
  const slot = slotOf(far, node);
  if (far.keys[slot] === 0) far.count[0]!++;
  far.keys[slot] = node + 1;
  far.bytes[slot] = bytes;
}

/** Makes room for more sizes in the table. */
export function growFar(sizes: NodeSizes, memory: ColumnMemory): void {
  const { keys, bytes, mask } = sizes.far;
  const larger = createFar((mask + 1) * 4, memory);
  for (let slot = 0; slot <= mask; slot++) {
    if (keys[slot] === 0) continue;
    const place = slotOf(larger, keys[slot]! - 1);
    larger.keys[place] = keys[slot]!;
    larger.bytes[place] = bytes[slot]!;
    larger.count[0]!++;
  }
  sizes.far = larger;
}

/** Where a node stands in the table, or would. */
function slotOf({ keys, mask }: FarSizes, node: number): number {
  let slot = (Math.imul(node, 0x9e3779b1) >>> 15) & mask; // Fibonacci hashing (Knuth, The Art of Computer Programming, 6.4)
  while (keys[slot] !== 0 && keys[slot] !== node + 1) slot = (slot + 1) & mask;
  return slot;
}

function createFar(slots: number, memory: ColumnMemory): FarSizes {
  return { keys: memory.u32(slots), bytes: memory.f64(slots), mask: slots - 1, count: memory.u32(1) };
}

/** Collects sizes while they are read. */
export class NodeSizeBuilder implements ColumnBuilder {
  readonly isBlank = false;
  private length = 0;
  private readonly sizes: { near: Uint16Array; far: FarSizes };

  constructor(
    private readonly hint: number,
    private readonly memory: ColumnMemory = sharedMemory,
  ) {
    this.sizes = { near: new Uint16Array(0), far: createFar(FEWEST_SLOTS, memory) };
  }

  append(batch: RowBatch, field: number): void {
    const { length } = this;
    const column = batch.column(field);
    this.reserve(length + column.length);
    this.sizes.near.set(column, length);
    if (batch.largest(field) >= FAR_SIZE) {
      for (let row = 0; row < column.length; row++) if (column[row]! >= FAR_SIZE) this.set(length + row, column[row]!);
    }
    eachWide(batch, field, (row, high) => {
      this.set(length + row, column[row]! + high * 2 ** 32);
    });
    this.length += column.length;
  }

  finish(): NodeSizes {
    const { near, far } = this.sizes;
    return { near: near.subarray(0, this.length), far };
  }

  private set(node: number, bytes: number): void {
    if (!hasRoom(this.sizes.far)) growFar(this.sizes, this.memory);
    setSize(this.sizes, node, bytes);
  }

  private reserve(length: number): void {
    const { near } = this.sizes;
    if (length <= near.length) return;
    this.sizes.near = lengthen(near, nextCapacity(near.length, length, this.hint), this.memory.u16);
  }
}
