import { describe, expect, it } from 'vitest';
import { sharedMemory } from '../../src/heap/column-memory';
import { EdgeLabelBuilder } from '../../src/heap/edge-label-builder';
import { EdgeTable } from '../../src/heap/edges';
import { KernelEdgeLabeler } from '../../src/heap/kernel/kernel-edge-labeler';
import { loadScanKernel } from '../../src/heap/kernel/scan-kernel';
import { type EdgeLabeler, PlainEdgeLabeler } from '../../src/heap/scan/edge-labeler';
import { BATCH_ROWS, batchOf, type RowBatch } from '../../src/heap/scan/row-scanner';

type Edge = readonly [type: number, name: number];

const WORD = 0;
const OTHER_WORD = 1;
const INDEX = 2;
const FIELDS = { type: 0, nameOrIndex: 1 };

function batchWith(edges: readonly Edge[], wide: readonly number[] = []): RowBatch {
  return batchOf({
    rowCount: edges.length,
    wide,
    column: (field) => Uint32Array.from(edges, (edge) => edge[field]!),
  });
}

const LABELERS: readonly (readonly [string, () => EdgeLabeler])[] = [
  ['plain', () => new PlainEdgeLabeler()],
  ['kernel', () => new KernelEdgeLabeler(loadScanKernel()!)],
];

const startBuilder = (labeler: EdgeLabeler, hint = 0) =>
  new EdgeLabelBuilder(labeler, {
    isIndexed: [false, false, true],
    hint,
    memory: sharedMemory,
    fault: (edge, field, value) => new Error(`${edge} ${field} ${value}`),
  });

function build(labeler: EdgeLabeler, ...batches: (readonly Edge[])[]): EdgeTable {
  const builder = startBuilder(labeler);
  for (const edges of batches) {
    for (let from = 0; from < edges.length; from += BATCH_ROWS) {
      builder.append(batchWith(edges.slice(from, from + BATCH_ROWS)), FIELDS);
    }
  }
  const none = new Uint32Array(0);
  const ranges = { starts: none, offsets: new Uint16Array(0), far: none };
  return new EdgeTable({ ranges, to: { ordinals: none, width: 4 }, ...builder.finish() });
}

const namesOf = (table: EdgeTable): Edge[] =>
  Array.from(table.label, (_, edge) => [table.typeOf(edge), table.nameOf(edge)]);

/** Types and names that depend on nothing but their number. */
const mixedEdges = (count: number): Edge[] =>
  Array.from({ length: count }, (_, i) => {
    const type = (i * 7) % 3;
    return [type, i % 5 === 0 ? (i * 2654435761) % 4294967296 : i % 90];
  });

describe.each(LABELERS)('labels of edges by the %s labeler', (_name, create) => {
  it('keep type and name of every edge, from batch to batch', () => {
    const edges = mixedEdges(5000);
    const table = build(create(), edges.slice(0, 1), edges.slice(1, 1234), edges.slice(1234));
    expect(namesOf(table)).toEqual(edges);
    expect(table.label).toHaveLength(5000);
  });

  it('tell one name under two types apart', () => {
    const edges = Array.from({ length: 100 }, (_, i): Edge => [i % 2 === 0 ? WORD : OTHER_WORD, 7]);
    expect(namesOf(build(create(), edges))).toEqual(edges);
  });

  it('have a number for small indices and the first words, and for those of the others that come often', () => {
    const said = (word: number, times: number) => Array.from({ length: times }, (): Edge => [WORD, word]);
    const first = Array.from({ length: 40_000 }, (_, word): Edge => [OTHER_WORD, word]);
    const later = [...said(50_001, 3), ...said(50_002, 20)];
    const { labels, label } = build(create(), [[INDEX, 0], [INDEX, 70_000], ...first, ...later, [INDEX, 0]]);
    const numbered = new Set(labels.name.slice(labels.firstNumbered));
    expect([0, 20_000, 39_999, 50_001, 50_002, 70_000].filter((name) => numbered.has(name))).toEqual([
      0, 20_000, 50_002,
    ]);
    expect(label[0]).toBe(label[label.length - 1]);
    expect(labels.largestWord).toBe(50_002);
    expect(labels.rare[0]).toBe(70_000);
  });

  it('stay right when there are more words than numbers', () => {
    const words = Array.from({ length: 70_000 }, (_, word) => word);
    const rounds = Array.from({ length: 18 }, () => words.map((word): Edge => [word % 2, word]));
    const table = build(create(), ...rounds);
    expect(table.labels.name).toHaveLength(65_536);
    const last = rounds.length * words.length - 1;
    for (let edge = 0; edge <= last; edge += 997) {
      expect([table.typeOf(edge), table.nameOf(edge)]).toEqual([(edge % 70_000) % 2, edge % 70_000]);
    }
    expect(table.nameOf(last)).toBe(69_999);
  });

  it('take the largest name, as often as it comes', () => {
    const edges = Array.from({ length: 40 }, (_, i): Edge => [i % 2 === 0 ? INDEX : WORD, 2 ** 32 - 1]);
    expect(namesOf(build(create(), edges))).toEqual(edges);
  });

  it('refuse a type that there is not, and what 32 bits cannot hold', () => {
    const refused = (edges: readonly Edge[], wide: readonly number[] = []) => {
      const builder = startBuilder(create(), 10);
      builder.append(batchWith([[WORD, 1]]), FIELDS);
      return () => builder.append(batchWith(edges, wide), FIELDS);
    };
    expect(refused([[WORD, 1], [3, 1]])).toThrow('2 type 3'); // biome-ignore format: two edges
    expect(refused([[WORD, 1]], [0, 0, 1])).toThrow(`1 type ${2 ** 32}`);
    expect(refused([[WORD, 5]], [0, 1, 2])).toThrow(`1 nameOrIndex ${2 ** 33 + 5}`);
  });
});
