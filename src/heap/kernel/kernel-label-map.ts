/** Numbers for labels in the kernel: nearly every edge of a file is looked up here. */
import type { KnownLabels, LabelMap } from '../scan/label-map';
import { BATCH_ROWS } from '../scan/row-scanner';
import type { ScanKernel } from './scan-kernel';

export class KernelLabelMap implements LabelMap {
  constructor(private readonly kernel: ScanKernel) {}

  get count(): number {
    return this.kernel.labelCount();
  }

  begin(first: number): void {
    this.kernel.beginLabels(first);
  }

  lookUp(types: Uint32Array, names: Uint32Array): KnownLabels {
    const { kernel } = this;
    const { buffer } = kernel.memory;
    const unknown = kernel.lookUpLabels(this.placeOf(types, 0), this.placeOf(names, 1), types.length);
    return {
      labels: new Uint16Array(buffer, kernel.labelsOffset(), types.length),
      unknown: new Uint16Array(buffer, kernel.unknownOffset(), unknown),
    };
  }

  find(type: number, name: number): number {
    return this.kernel.findLabel(type, name);
  }

  add(type: number, name: number): number {
    return this.kernel.addLabel(type, name);
  }

  columns(): { type: Uint8Array; name: Uint32Array } {
    const { kernel } = this;
    const { buffer } = kernel.memory;
    return {
      type: new Uint8Array(buffer, kernel.labelTypeOffset(), this.count).slice(),
      name: new Uint32Array(buffer, kernel.labelNameOffset(), this.count).slice(),
    };
  }

  /** A column of the kernel's own batch is there already; another one takes the place of column `field`. */
  private placeOf(column: Uint32Array, field: number): number {
    const { kernel } = this;
    if (column.buffer === kernel.memory.buffer) return column.byteOffset;
    const place = new Uint32Array(kernel.memory.buffer, kernel.outputOffset() + field * BATCH_ROWS * 4, column.length);
    place.set(column);
    return place.byteOffset;
  }
}
