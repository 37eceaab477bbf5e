/** Instantiates the scanning kernel; its ABI is described where it is written, in assembly/scan.ts. */
import { BATCH_ROWS } from '../scan/row-scanner';
import { compileKernel } from './compile-kernel';
import { KERNEL_BASE64 } from './scan-wasm';

export interface ScanKernel {
  readonly memory: { readonly buffer: ArrayBuffer };
  inputOffset(): number;
  inputBytes(): number;
  outputOffset(): number;
  wideOffset(): number;
  beginRows(fieldCount: number): void;
  scanRows(from: number, to: number): number;
  nextBatch(): void;
  rowCount(): number;
  looseFields(): number;
  wideCount(): number;
  largest(field: number): number;
  beginStrings(): void;
  scanStrings(from: number, to: number): number;
  eventCount(): number;
  indexedOffset(): number;
  beginLabels(types: number): void;
  labelRows(types: number, names: number, rows: number): number;
  labelCount(): number;
  rareCount(): number;
  largestWord(): number;
  labelsOffset(): number;
  rareRowsOffset(): number;
  rareNamesOffset(): number;
  labelTypeOffset(): number;
  labelNameOffset(): number;
  packTargets(
    ...args: [column: number, rows: number, width: number, shift: number, odd: number, inverse: number, limit: number]
  ): number;
  targetsOffset(): number;
  isClosed(): number;
  fault(): number;
}

let instantiate: ReturnType<typeof compileKernel<ScanKernel>> | undefined;

/** A new instance with a memory of its own; null where WebAssembly (or its SIMD) is not to be had. */
export function loadScanKernel(): ScanKernel | null {
  if (instantiate === undefined) instantiate = compileKernel(KERNEL_BASE64);
  return instantiate?.({}) ?? null;
}

/** A column of the kernel's own batch is there already; another one takes the place of column `field`. */
export function placeOf(kernel: ScanKernel, column: Uint32Array, field: number): number {
  if (column.buffer === kernel.memory.buffer) return column.byteOffset;
  const place = new Uint32Array(kernel.memory.buffer, kernel.outputOffset() + field * BATCH_ROWS * 4, column.length);
  place.set(column);
  return place.byteOffset;
}
