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

/**
 * A function that makes instances of a kernel, null where a memory is not to be had (`ulimit -v`: WebAssembly wants
 * gigabytes of address space). Null itself where there is no WebAssembly, or not its SIMD.
 */
export function compileKernel<Exports>(base64: string): ((imports: object) => Exports | null) | null {
  if (process.env.HEAPDIFF_KERNEL === 'off') return null;
  const module = orNull(() => new WebAssembly.Module(Buffer.from(base64, 'base64')));
  if (!module) return null; // --jitless, or a processor without SIMD: plain TypeScript does the same, slower
  return (imports) => orNull(() => new WebAssembly.Instance(module, imports).exports as Exports);
}

/** A memory that threads share, all zeros; null where so much address space is not to be had. */
export function createSharedMemory(bytes: number): Memory | null {
  const initial = Math.ceil(bytes / PAGE_BYTES);
  return orNull(() => new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: true }));
}

function orNull<Made>(make: () => Made): Made | null {
  try {
    return make();
  } catch {
    return null;
  }
}
