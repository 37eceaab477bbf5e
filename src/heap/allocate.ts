/**
 * Memory for columns. Shared buffers, so that a heap loaded in one thread can be read in another without a copy;
 * V8 reads them as fast as private ones.
 */
export const allocateU8 = (length: number) => new Uint8Array(new SharedArrayBuffer(length));
export const allocateU16 = (length: number) => new Uint16Array(new SharedArrayBuffer(length * 2));
export const allocateU32 = (length: number) => new Uint32Array(new SharedArrayBuffer(length * 4));
export const allocateF64 = (length: number) => new Float64Array(new SharedArrayBuffer(length * 8));
