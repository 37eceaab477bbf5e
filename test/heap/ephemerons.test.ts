import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EphemeronNames, pairOf, parseEphemeronName } from '../../src/heap/ephemerons';
import { tableOf } from '../support/string-tables';

const entry = (number: number, tableId = 5) =>
  `${number} / part of key (K @1) -> value (V @3) pair in WeakMap (table @${tableId})`;

/** Texts out of the parts of such a name, some left out, put twice or in another order. */
const anyText = fc
  .array(
    fc.constantFrom('7', '12', ' / part of key (', 'K', ' @', '1', ') -> value (', 'V', ')', ' pair in WeakMap (table @', ' '),
    { maxLength: 14 },
  )
  .map((parts) => parts.join('')); // biome-ignore format: a word list

it('tells the names of entries from others, as the expression does that is used on paths', () => {
  const isEqual = (text: string) => {
    const [name, other] = [`${entry(7).slice(0, 20)}${text}`, `7 / part of key (${text} @1) -> value (V @3)${text}`];
    for (const candidate of [text, name, other, entry(7) + text, `7${text}`]) {
      const names = EphemeronNames.of(tableOf(candidate));
      const parsed = parseEphemeronName(candidate);
      expect(names.has(0), candidate).toBe(parsed !== null);
      if (parsed) expect(names.tableIdOf(0), candidate).toBe(parsed.tableId);
    }
  };
  fc.assert(fc.property(anyText, isEqual), { seed: 3, numRuns: 500 });
});

it('reads names with escapes', () => {
  const [quoted, broken] = [entry(7).replace('K', 'a \\"K\\"'), entry(7).replace('K', 'a\\nK')];
  const names = EphemeronNames.of(tableOf(quoted, broken));
  expect([names.has(0), names.tableIdOf(0), names.has(1)]).toEqual([true, 5, false]);
});

it('reads ids beyond 32 bits', () => {
  expect(EphemeronNames.of(tableOf(entry(1, 4_294_967_299))).tableIdOf(0)).toBe(4_294_967_299);
});

it('knows the two names of a pair by what they share', () => {
  expect(pairOf(entry(7))).toBe(pairOf(entry(1234)));
  expect(pairOf(entry(7))).not.toBe(pairOf(entry(7, 6)));
});
