import { describe, expect, it } from 'vitest';
import { sharedMemory } from '../../src/heap/column-memory';
import { type CollectedTargets, EdgeTargetBuilder } from '../../src/heap/edge-target-builder';
import { KernelTargetPacker } from '../../src/heap/kernel/kernel-target-packer';
import { loadScanKernel } from '../../src/heap/kernel/scan-kernel';
import { batchOf, type RowBatch } from '../../src/heap/scan/row-scanner';
import { PlainTargetPacker, type TargetPacker } from '../../src/heap/scan/target-packer';
import { MOST_NARROW, targetAt } from '../../src/heap/targets';

const PACKERS: readonly (readonly [string, () => TargetPacker])[] = [
  ['plain', () => new PlainTargetPacker()],
  ['kernel', () => new KernelTargetPacker(loadScanKernel()!)],
];

/** A batch of what a file says, of which values of 2^32 and more are listed apart. */
const batchWith = (claims: readonly number[]): RowBatch =>
  batchOf({
    rowCount: claims.length,
    column: () => Uint32Array.from(claims, (claimed) => claimed % 2 ** 32),
    wide: claims.flatMap((claimed, row) => (claimed < 2 ** 32 ? [] : [row, 0, Math.floor(claimed / 2 ** 32)])),
  });

function collect(packer: TargetPacker, fields: number, ...batches: (readonly number[])[]): CollectedTargets {
  const plan = { nodeFieldCount: fields, nodeHint: 10, hint: 4, memory: sharedMemory };
  const builder = new EdgeTargetBuilder(packer, plan);
  for (const claims of batches) builder.append(batchWith(claims), 0);
  return builder.finish();
}

const ordinalsOf = ({ to }: CollectedTargets) =>
  Array.from({ length: Math.floor(to.ordinals.length / (to.width === 3 ? 3 : 1)) }, (_, edge) =>
    targetAt(to.ordinals, to.width, edge),
  );

describe.each(PACKERS)('targets of edges by the %s packer', (_name, create) => {
  it.each([1, 5, 6, 7, 8])('are what the file says divided by %i fields, three bytes each', (fields) => {
    const ordinals = [0, 1, 255, 256, 65_535, 65_536, MOST_NARROW - 1, 7];
    const claims = ordinals.map((ordinal) => ordinal * fields);
    const found = collect(create(), fields, claims.slice(0, 3), claims.slice(3));
    expect(ordinalsOf(found)).toEqual(ordinals);
    expect(found).toMatchObject({ largest: MOST_NARROW - 1, wrong: null, to: { width: 3 } });
  });

  it('take four bytes from the first that needs them on', () => {
    const ordinals = [3, 70_000, MOST_NARROW, 5, MOST_NARROW - 1, 600_000_000];
    const found = collect(
      create(),
      7,
      [21],
      ordinals.slice(1).map((ordinal) => ordinal * 7),
    );
    expect(ordinalsOf(found)).toEqual(ordinals);
    expect(found).toMatchObject({ largest: 600_000_000, wrong: null, to: { width: 4 } });
  });

  it('may be so large that the file says 2^32 and more', () => {
    const ordinals = [1, 700_000_000, 2, 4_294_967_295];
    const found = collect(
      create(),
      7,
      ordinals.map((ordinal) => ordinal * 7),
    );
    expect(ordinalsOf(found)).toEqual(ordinals);
    expect(found).toMatchObject({ largest: 4_294_967_295, wrong: null });
  });

  it('are told with the first edge that leads to no node, and go on after it', () => {
    const found = collect(create(), 7, [7, 14], [21, 22, 28, 36]);
    expect(found.wrong).toEqual({ edge: 3, claimed: 22 });
    expect(ordinalsOf(found)).toEqual([1, 2, 3, 0, 4, 0]);
    expect(collect(create(), 7, [2 ** 40]).wrong).toEqual({ edge: 0, claimed: 2 ** 40 });
  });
});
