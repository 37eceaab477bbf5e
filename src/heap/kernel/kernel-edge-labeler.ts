/** Labels of edges in the kernel: every edge of a file goes through it. */
import type { EdgeLabeler, LabelledEdges } from '../scan/edge-labeler';
import { placeOf, type ScanKernel } from './scan-kernel';

export class KernelEdgeLabeler implements EdgeLabeler {
  constructor(private readonly kernel: ScanKernel) {}

  get largestWord(): number {
    return this.kernel.largestWord();
  }

  begin(isIndexed: readonly boolean[]): void {
    const { kernel } = this;
    new Uint8Array(kernel.memory.buffer, kernel.indexedOffset(), isIndexed.length).set(isIndexed.map(Number));
    kernel.beginLabels(isIndexed.length);
  }

  label(types: Uint32Array, names: Uint32Array): LabelledEdges {
    const { kernel } = this;
    const rows = kernel.labelRows(placeOf(kernel, types, 0), placeOf(kernel, names, 1), types.length);
    const { buffer } = kernel.memory; // which may have grown
    return {
      labels: new Uint16Array(buffer, kernel.labelsOffset(), rows),
      rareRows: new Uint16Array(buffer, kernel.rareRowsOffset(), kernel.rareCount()),
      rareNames: new Uint32Array(buffer, kernel.rareNamesOffset(), kernel.rareCount()),
    };
  }

  columns(): { type: Uint8Array; name: Uint32Array } {
    const { kernel } = this;
    const { buffer } = kernel.memory;
    const count = kernel.labelCount();
    return {
      type: new Uint8Array(buffer, kernel.labelTypeOffset(), count).slice(),
      name: new Uint32Array(buffer, kernel.labelNameOffset(), count).slice(),
    };
  }
}
