import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharedMemory } from '../../src/heap/column-memory';
import { EdgeRangeBuilder, firstEdgeOf, nodeOfEdge } from '../../src/heap/edge-ranges';
import { batchOf } from '../../src/heap/scan/row-scanner';

/** Collects in batches of so many nodes. */
function collect(counts: readonly number[], rowCount: number): EdgeRangeBuilder {
  const builder = new EdgeRangeBuilder('a.heapsnapshot', 3, sharedMemory);
  for (let from = 0; from < counts.length; from += rowCount) {
    const column = Uint32Array.from(counts.slice(from, from + rowCount));
    builder.append(batchOf({ rowCount: column.length, column: () => column, wide: [] }), 0);
  }
  return builder;
}

/** Few edges mostly, now and then so many that those of the next nodes are too far for two bytes. */
const anyCounts = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.nat(4) }, fc.constantFrom(300, 65_534, 65_535, 200_000)),
  {
    minLength: 1,
    maxLength: 150,
  },
);

it('knows where the edges of each node begin, and whose an edge is', () => {
  const check = (counts: number[], rowCount: number) => {
    const builder = collect(counts, rowCount);
    const ranges = builder.finish();
    let first = 0;
    counts.forEach((count, node) => {
      expect(firstEdgeOf(ranges, node)).toBe(first);
      if (count > 0) expect([first, first + count - 1].map((edge) => nodeOfEdge(ranges, edge))).toEqual([node, node]);
      first += count;
    });
    expect([firstEdgeOf(ranges, counts.length), builder.total]).toEqual([first, first]);
  };
  fc.assert(fc.property(anyCounts, fc.integer({ min: 1, max: 40 }), check), { seed: 3, numRuns: 300 });
});

it('adds up claims beyond what a number of 32 bits holds', () => {
  const builder = collect([4_294_967_295, 4_294_967_295, 2], 2);
  expect(builder.total).toBe(8_589_934_592);
});

it('refuses a count of 2^32', () => {
  const batch = batchOf({ rowCount: 1, column: () => new Uint32Array(1), wide: [0, 0, 1] });
  const builder = new EdgeRangeBuilder('a.heapsnapshot', 3, sharedMemory);
  expect(() => builder.append(batch, 0)).toThrow(expect.objectContaining({ code: 'SNAPSHOT_CORRUPT' }));
});
