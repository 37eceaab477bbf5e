/** Where edges lead, in the kernel: every edge of a file goes through it. */
import type { ExactDivision } from '../exact-division';
import type { TargetPacker } from '../scan/target-packer';
import type { TargetWidth } from '../targets';
import { placeOf, type ScanKernel } from './scan-kernel';

export class KernelTargetPacker implements TargetPacker {
  constructor(private readonly kernel: ScanKernel) {}

  pack(claimed: Uint32Array, width: TargetWidth, { shift, odd, inverse, limit }: ExactDivision): Uint8Array {
    const { kernel } = this;
    const rows = kernel.packTargets(placeOf(kernel, claimed, 0), claimed.length, width, shift, odd, inverse, limit);
    return new Uint8Array(kernel.memory.buffer, kernel.targetsOffset(), rows * width);
  }
}
