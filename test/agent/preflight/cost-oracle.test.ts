import { describe, expect, it } from 'vitest';
import type { CensusKind, HeapCensus } from '../../../src/agent/preflight/census';
import { costOf, costOfHistogram, costWithoutCensus, sizeGraph } from '../../../src/agent/preflight/cost-oracle';

/** `count` objects of `size` bytes, of which `spare` in all are not in use. */
function kind(count: number, size: number, spare = 0): CensusKind {
  const sizes = new Array(16).fill(0);
  sizes[Math.min(15, Math.max(0, Math.ceil(Math.log2(size)) - 5))] = count;
  return { count, bytes: count * size, spare, sizes };
}

function census(kinds: Record<string, CensusKind>, more: Partial<HeapCensus> = {}): HeapCensus {
  return { kinds: new Map(Object.entries(kinds)), taggedWords: 1e9, integerWords: 0, pauseMs: 10, ...more };
}

describe('sizeGraph', () => {
  it('gives a node to every object, and edges by what its kind holds', () => {
    const objects = sizeGraph(census({ JS_OBJECT_TYPE: kind(1000, 40) }), null);
    // Map, prototype and two properties each.
    expect(objects).toMatchObject({ nodes: 1000, edges: 4000 });
    const integers = sizeGraph(census({ JS_OBJECT_TYPE: kind(1000, 40) }, { integerWords: 1000 }), null);
    expect(integers.edges).toBe(3000);
    const ropes = sizeGraph(census({ CONS_ONE_BYTE_STRING_TYPE: kind(10, 32) }), null);
    expect(ropes).toMatchObject({ nodes: 10, edges: 30, strings: 0 });
  });

  it('names as many numbers as the longest array has elements, not all arrays together', () => {
    const one = sizeGraph(census({ ARRAY_ELEMENTS_TYPE: kind(1, 32_000) }), null);
    const many = sizeGraph(census({ ARRAY_ELEMENTS_TYPE: kind(100, 32_000) }), null);
    expect(one).toMatchObject({ names: 4000, edges: 8000 });
    expect(many.names).toBeLessThan(4200);
    expect(many.edges).toBe(800_000);
  });

  it('leaves out the spare room of arrays and tables', () => {
    const full = sizeGraph(census({ ARRAY_ELEMENTS_TYPE: kind(10, 8000) }), null);
    const half = sizeGraph(census({ ARRAY_ELEMENTS_TYPE: kind(10, 8000, 40_000) }), null);
    expect(half.edges).toBe(full.edges / 2);
  });

  it('takes one long array for the worst when nothing more is known, and the truth when it is', () => {
    const large = census({ ARRAY_ELEMENTS_TYPE: kind(40, 1_040_000) });
    const worst = sizeGraph(large, null);
    expect(worst.names).toBeGreaterThan(2e6);
    const known = sizeGraph(large, { elements: 5.2e6, references: 5.2e6, longest: 130_000 });
    expect(known).toMatchObject({ names: 130_000, edges: 2 * 5.2e6 });
    const numbers = sizeGraph(large, { elements: 5.2e6, references: 0, longest: 0 });
    expect(numbers.edges).toBe(0);
    expect(numbers.names).toBe(0);
  });

  it('does not believe what was seen of too few of the arrays', () => {
    const large = census({ ARRAY_ELEMENTS_TYPE: kind(40, 1_040_000) });
    expect(sizeGraph(large, { elements: 2e6, references: 0, longest: 0 })).toEqual(sizeGraph(large, null));
  });

  it('has no edges for arrays of floating-point numbers, which hold no tagged words', () => {
    const doubles = census({ ARRAY_ELEMENTS_TYPE: kind(40, 1_040_000) }, { taggedWords: 1000 });
    expect(sizeGraph(doubles, null)).toMatchObject({ edges: 2000, names: 1000 });
  });

  it('counts text up to the length that V8 writes', () => {
    const short = sizeGraph(census({ ONE_BYTE_STRING_TYPE: kind(1000, 32) }), null);
    const long = sizeGraph(census({ SEQ_ONE_BYTE_STRING_TYPE: kind(1000, 1_000_000) }), null);
    expect(short.text).toBeLessThan(32_000);
    expect(long.text).toBe(1_024_000);
  });
});

describe('costs', () => {
  it('grow with nodes, edges and names, from a base', () => {
    const empty = { nodes: 0, edges: 0, names: 0, strings: 0, text: 0 };
    expect(costOf(empty)).toEqual({ nodes: 0, edges: 0, memoryBytes: 10e6, pauseMs: 0, fileBytes: 0 });
    for (const part of ['nodes', 'edges', 'names'] as const) {
      const cost = costOf({ ...empty, [part]: 1e6 });
      expect(cost.memoryBytes).toBeGreaterThan(40e6);
      expect(cost.pauseMs).toBeGreaterThan(300);
      expect(cost.fileBytes).toBeGreaterThan(9e6);
    }
  });

  it('of a histogram goes by JavaScript objects only', () => {
    const few = costOfHistogram(census({ ONE_BYTE_STRING_TYPE: kind(1e6, 32) }));
    const many = costOfHistogram(census({ JS_OBJECT_TYPE: kind(1e6, 32) }));
    expect(few.memoryBytes).toBe(4e6);
    expect(many.memoryBytes).toBe(184e6);
    expect(many.heapBytes).toBe(24e6);
  });

  it('without a census are those of the worst heap of that size', () => {
    const worst = costWithoutCensus({ small: 10e6, large: 0 });
    const objects = costOf(sizeGraph(census({ JS_OBJECT_TYPE: kind(250_000, 40) }), null));
    expect(worst.memoryBytes).toBeGreaterThan(objects.memoryBytes);
  });
});
