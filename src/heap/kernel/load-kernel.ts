/** Instantiates the scanning kernel; its ABI is described where it is written, in assembly/scan.ts. */
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
  beginStrings(): void;
  scanStrings(from: number, to: number): number;
  eventCount(): number;
  beginLabels(first: number): void;
  lookUpLabels(types: number, names: number, rows: number): number;
  findLabel(type: number, name: number): number;
  addLabel(type: number, name: number): number;
  labelCount(): number;
  labelsOffset(): number;
  unknownOffset(): number;
  labelTypeOffset(): number;
  labelNameOffset(): number;
  isClosed(): number;
  fault(): number;
}

/** The few members of the WebAssembly API that are used; Node's types do not declare it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

let compiled: object | null | undefined;

/** A new instance with a memory of its own; null where WebAssembly (or its SIMD) is not to be had. */
export function loadKernel(): ScanKernel | null {
  if (compiled === undefined) compiled = compile();
  return compiled && (new WebAssembly.Instance(compiled, {}).exports as ScanKernel);
}

function compile(): object | null {
  if (process.env.HEAPDIFF_KERNEL === 'off') return null;
  try {
    return new WebAssembly.Module(Buffer.from(KERNEL_BASE64, 'base64'));
  } catch {
    return null; // --jitless, or a processor without SIMD: the plain scanners do the same, slower
  }
}
