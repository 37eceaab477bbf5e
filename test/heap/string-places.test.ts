import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StringPlacesBuilder, stringLength, stringStart } from '../../src/heap/string-places';

/** Bytes before each string, and in it. */
const anyStrings = fc.array(
  fc.tuple(fc.oneof(fc.constant(4), fc.integer({ min: 3, max: 600 })), fc.oneof(fc.nat(40), fc.nat(140_000))),
  { maxLength: 100 },
);

it('strings stand where they were put, however long they are and whatever is between them', () => {
  const check = (strings: [gap: number, length: number][], from: number) => {
    const builder = new StringPlacesBuilder(0);
    let end = from;
    const expected = strings.map(([gap, length]) => {
      const start = end + gap;
      end = start + length;
      builder.reserve(builder.count + 1, end);
      builder.beginAt(start);
      expect(builder.endAt(end)).toBe(length);
      return [start, length];
    });
    const places = builder.finish();
    expect(strings.map((_, index) => [stringStart(places, index), stringLength(places, index)])).toEqual(expected);
  };
  // Some of them beyond what 32 bits can tell.
  fc.assert(fc.property(anyStrings, fc.constantFrom(0, 2 ** 32 - 1000, 2 ** 33), check), { seed: 3, numRuns: 200 });
});

it('there may be more of them than were guessed', () => {
  const builder = new StringPlacesBuilder(10);
  for (let index = 0; index < 5000; index++) {
    builder.reserve(index + 1, index * 10 + 7);
    builder.beginAt(index * 10 + 1);
    builder.endAt(index * 10 + 7);
  }
  const places = builder.finish();
  expect([0, 1023, 1024, 4999].map((index) => stringStart(places, index))).toEqual([1, 10_231, 10_241, 49_991]);
});
