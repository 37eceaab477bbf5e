/** Index types of a heap. They are all numbers, and mixing two of them up is the classic bug of this field. */
declare const unit: unique symbol;

/** Position of a node in the file's `nodes` section, 0-based. */
export type NodeOrdinal = number & { readonly [unit]: 'NodeOrdinal' };
/** Position of an edge in the file's `edges` section, 0-based. */
export type EdgeIndex = number & { readonly [unit]: 'EdgeIndex' };
/** Position of a string in the file's `strings` section, or past its end for names that heapdiff derived. */
export type StringIndex = number & { readonly [unit]: 'StringIndex' };
/** V8's object id. Stable between two snapshots of one process only while object tracking stays on. */
export type NodeId = number & { readonly [unit]: 'NodeId' };
/** Row of a {@link ClassTable}. */
export type ClassIndex = number & { readonly [unit]: 'ClassIndex' };
/** Row of a {@link SiteTable}; 0 means that there is no site. */
export type SiteIndex = number & { readonly [unit]: 'SiteIndex' };

/** 32-bit where every value fits, else doubles: ids and sizes over 2^32 occur in real files. */
export type UintColumn = Uint32Array | Float64Array;

/** Shallow sizes: see `node-sizes.ts`. */
export interface NodeSizes {
  /** By ordinal, bytes; `FAR_SIZE` for those in the table. */
  readonly near: Uint16Array;
  far: FarSizes;
}

/** An open-addressing table. Sizes that became 0 keep their places in it. */
export interface FarSizes {
  /** Ordinal + 1 at each slot, 0 for none; `mask` + 1 of them, a power of two. */
  readonly keys: Uint32Array;
  /** Bytes, by slot. */
  readonly bytes: Float64Array;
  readonly mask: number;
  /** One number: how many there are, half of the slots at most. */
  readonly count: Uint32Array;
}

/** Columns over nodes, each `nodeCount` long. */
export interface NodeColumns {
  /** Index into {@link SnapshotFormat.nodeTypes}. */
  readonly type: Uint8Array;
  readonly name: Uint32Array;
  readonly id: UintColumn;
  /** Shallow sizes, see `sizeOf`. Rewritten once, when V8 internals are folded into their owners. */
  readonly sizes: NodeSizes;
  /** Row of the trace tree; null when no node has one. */
  readonly traceNodeId: UintColumn | null;
  /** 0 unknown, 1 attached, 2 detached; null when all are unknown. */
  readonly detachedness: Uint8Array | null;
}

/**
 * Columns over rows of the `locations` section, 0-based lines and columns as in the file. Where there
 * are any, each column has room for a number per node, since other steps use it afterwards.
 */
export interface LocationColumns {
  /** How many rows there are. */
  readonly rows: number;
  readonly nodeOrdinal: Uint32Array;
  readonly scriptId: Uint32Array;
  readonly line: Uint32Array;
  readonly column: Uint32Array;
}
