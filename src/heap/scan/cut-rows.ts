import type { UintColumn } from '../types';
import { BATCH_ROWS, batchOf, type RowBatch } from './row-scanner';

/** Batches of rows out of one long column, as a scanner would have given them. */
export function* cutIntoRows(values: UintColumn, fieldCount: number): Generator<RowBatch> {
  const total = Math.floor(values.length / fieldCount);
  for (let start = 0; start < total; start += BATCH_ROWS) {
    const rowCount = Math.min(BATCH_ROWS, total - start);
    const value = (row: number, field: number) => values[(start + row) * fieldCount + field]!;
    const wide: number[] = [];
    for (let row = 0; values instanceof Float64Array && row < rowCount; row++) {
      for (let field = 0; field < fieldCount; field++) {
        const high = Math.floor(value(row, field) / 2 ** 32);
        if (high > 0) wide.push(row, field, high);
      }
    }
    const column = (field: number) => Uint32Array.from({ length: rowCount }, (_, row) => value(row, field));
    yield batchOf({ rowCount, wide, column });
  }
}
