/**
 * Where edges lead, and other columns of nodes: ordinals of three bytes each, lowest first, as long as those tell all nodes
 * apart, else of four.
 */
import { positionsOf } from './columns';

export interface TargetColumn {
  /** By edge: `width` bytes each, or numbers. */
  readonly ordinals: TargetOrdinals;
  readonly width: TargetWidth;
}

export type TargetOrdinals = Uint8Array | Uint32Array;
export type TargetWidth = 3 | 4;

/** What three bytes cannot hold. */
export const MOST_NARROW = 2 ** 24;

/** A column of nodes in the place of one of numbers, for as many as there are nodes. */
export function targetsIn(column: Uint32Array, nodeCount: number): TargetColumn {
  if (nodeCount > MOST_NARROW) return { ordinals: column, width: 4 };
  return { ordinals: new Uint8Array(column.buffer, column.byteOffset, nodeCount * 3), width: 3 };
}

/** Ordinal of the node that an edge points to. */
export function targetAt(ordinals: TargetOrdinals, width: number, edge: number): number {
  if (width === 4) return ordinals[edge]!;
  const at = edge * 3;
  return ordinals[at]! | (ordinals[at + 1]! << 8) | (ordinals[at + 2]! << 16);
}

/** Puts the ordinal of a node in the place of an edge. */
export function setTarget(ordinals: TargetOrdinals, width: number, edge: number, node: number): void {
  if (width === 4) {
    ordinals[edge] = node;
    return;
  }
  const at = edge * 3;
  ordinals[at] = node;
  ordinals[at + 1] = node >>> 8;
  ordinals[at + 2] = node >>> 16;
}

/** Edges from `from` to `end` that point to a node. A table may have millions of edges: quick where few of them do. */
export function* edgesBetween(
  { ordinals, width }: TargetColumn,
  node: number,
  from: number,
  end: number,
): Generator<number> {
  if (width === 4) {
    for (const at of positionsOf(ordinals.subarray(from, end), node)) yield from + at;
    return;
  }
  const bytes = Buffer.from(ordinals.buffer, ordinals.byteOffset + from * 3, (end - from) * 3);
  const sought = Buffer.from([node, node >>> 8, node >>> 16]);
  for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + 1)) {
    if (at % 3 === 0) yield from + at / 3;
  }
}
