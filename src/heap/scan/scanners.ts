import { KernelEdgeLabeler } from '../kernel/kernel-edge-labeler';
import { KernelRowScanner, KernelStringScanner } from '../kernel/kernel-scanners';
import { KernelTargetPacker } from '../kernel/kernel-target-packer';
import { loadScanKernel } from '../kernel/scan-kernel';
import { type EdgeLabeler, PlainEdgeLabeler } from './edge-labeler';
import { PlainRowScanner, type RowScanner } from './row-scanner';
import { PlainStringScanner, type StringScanner } from './string-scanner';
import { PlainTargetPacker, type TargetPacker } from './target-packer';

/** What reading one file needs; sections follow each other, so that one of each serves them all. */
export interface Scanners {
  readonly rows: RowScanner;
  readonly strings: StringScanner;
  readonly labels: EdgeLabeler;
  readonly targets: TargetPacker;
}

/** The WebAssembly kernel where it runs, else its plain twins. `HEAPDIFF_KERNEL=off` chooses the twins. */
export function createScanners(): Scanners {
  const kernel = loadScanKernel();
  return kernel
    ? {
        rows: new KernelRowScanner(kernel),
        strings: new KernelStringScanner(kernel),
        labels: new KernelEdgeLabeler(kernel),
        targets: new KernelTargetPacker(kernel),
      }
    : {
        rows: new PlainRowScanner(),
        strings: new PlainStringScanner(),
        labels: new PlainEdgeLabeler(),
        targets: new PlainTargetPacker(),
      };
}
