import { KernelEdgeLabeler } from '../kernel/kernel-edge-labeler';
import { KernelRowScanner, KernelStringScanner } from '../kernel/kernel-scanners';
import { loadScanKernel } from '../kernel/scan-kernel';
import { type EdgeLabeler, PlainEdgeLabeler } from './edge-labeler';
import { PlainRowScanner, type RowScanner } from './row-scanner';
import { PlainStringScanner, type StringScanner } from './string-scanner';

/** What reading one file needs; sections follow each other, so that one of each serves them all. */
export interface Scanners {
  readonly rows: RowScanner;
  readonly strings: StringScanner;
  readonly labels: EdgeLabeler;
}

/** The WebAssembly kernel where it runs, else its plain twins. `HEAPDIFF_KERNEL=off` chooses the twins. */
export function createScanners(): Scanners {
  const kernel = loadScanKernel();
  return kernel
    ? {
        rows: new KernelRowScanner(kernel),
        strings: new KernelStringScanner(kernel),
        labels: new KernelEdgeLabeler(kernel),
      }
    : { rows: new PlainRowScanner(), strings: new PlainStringScanner(), labels: new PlainEdgeLabeler() };
}
