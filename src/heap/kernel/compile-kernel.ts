/** Kernels out of their bytes, and the few members of the WebAssembly API that are used; Node's types do not declare it. */

interface Memory {
  readonly buffer: ArrayBufferLike;
}

declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
  Memory: new (pages: { initial: number; maximum: number; shared: boolean }) => Memory;
};

export const PAGE_BYTES = 65_536;
/** 4 GB: what 32 bits address. */
export const MOST_PAGES = 65_536;

/** A function that makes instances of a kernel; null where WebAssembly (or its SIMD) is not to be had. */
export function compileKernel<Exports>(base64: string): ((imports: object) => Exports) | null {
  if (process.env.HEAPDIFF_KERNEL === 'off') return null;
  try {
    const module = new WebAssembly.Module(Buffer.from(base64, 'base64'));
    return (imports) => new WebAssembly.Instance(module, imports).exports as Exports;
  } catch {
    return null; // --jitless, or a processor without SIMD: plain TypeScript does the same, slower
  }
}

/** A memory that threads share, all zeros; null where so much address space is not to be had. */
export function createSharedMemory(bytes: number): Memory | null {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES), maximum: MOST_PAGES, shared: true });
  } catch {
    return null;
  }
}
