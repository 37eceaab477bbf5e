import type { HeapDiff } from '../diff/types';

/** The whole comparison as `heapdiff/report@1` (contract 2): nothing is left out, cut or rounded. */
export function renderJson(diff: HeapDiff): string {
  return `${JSON.stringify(diff, null, 2)}\n`;
}
