/**
 * Real leaks end to end: an application leaks in a process of its own, the built command line names the holder. Each
 * case runs through the agent and as a pair of bare snapshots, and its fixed control must not be called a leak.
 * `npm run leaks` does this for all cases, those with packages included.
 */

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CaseSpec, casesFolder, listCases, needsPackages, readCase, scoreCase, type Way } from './score-case.mjs';

const TIMEOUT_MS = 60_000;

/** Leaks in the JS heap, each of another kind. */
const LEAKS = [
  'p-01-idempotency-map',
  'p-02-shutdown-signal-listeners',
  'p-09-compiled-rules',
  'p-11-race-with-shutdown',
  'p-12-serial-queue-hung',
  'p-13-waiting-list',
  'p-16-weakmap-through-map',
  'p-18-write-buffer',
  'p-26-retry-timers',
  'p-31-wrapped-again',
  'p-50-local-of-loop',
  'p-51-esm-exported-map',
];
const OFF_HEAP = ['p-20-wasm-arena', 'p-22-column-store'];
const FALSE_ALARMS = ['n-01-cache-filling', 'n-03-periodic-flush'];

/** Two at a time: there are two cores. */
function score(...runs: [id: string, way: Way][]) {
  return Promise.all(runs.map(([id, way]) => scoreCase(id, way)));
}

describe('a leak', () => {
  it.each(LEAKS)(
    '%s: suspect 1 names holder and culprit, its control is no leak',
    async (id) => {
      const [leak, control] = await score([id, 'agent'], [id, 'control']);
      expect(leak).toMatchObject({ right: true, verdict: 'leak', holder: true });
      expect(control).toMatchObject({ right: true });
    },
    TIMEOUT_MS,
  );

  const pairs = LEAKS.flatMap((id, index) => (index % 2 === 0 ? [[id, LEAKS[index + 1]!] as const] : []));
  it.each(pairs)(
    '%s, %s: named from two bare snapshots as well',
    async (first, second) => {
      for (const answer of await score([first, 'bare'], [second, 'bare'])) {
        expect(answer).toMatchObject({ right: true, holder: true });
      }
    },
    TIMEOUT_MS,
  );
});

describe('memory outside the heap', () => {
  it.each(OFF_HEAP)(
    '%s: off-heap, and who holds it',
    async (id) => {
      const [leak, control] = await score([id, 'agent'], [id, 'control']);
      expect(leak).toMatchObject({ right: true, verdict: 'off-heap', holder: true });
      expect(control).toMatchObject({ right: true });
    },
    TIMEOUT_MS,
  );
});

describe('a false alarm', () => {
  it(
    'is not called a leak',
    async () => {
      const answers = await score([FALSE_ALARMS[0]!, 'agent'], [FALSE_ALARMS[1]!, 'agent']);
      expect(answers.map(({ spec, verdict }) => [spec.id, verdict === 'leak'])).toEqual(
        FALSE_ALARMS.map((id) => [id, false]),
      );
    },
    TIMEOUT_MS,
  );
});

describe('the cases', () => {
  it.each(listCases())('%s says what is true, and pins its packages', (id) => {
    const spec: CaseSpec = readCase(id);
    expect(spec.id).toBe(id);
    expect(fs.existsSync(path.join(casesFolder, id, 'app.cjs'))).toBe(true);
    expect(fs.existsSync(path.join(casesFolder, id, 'package-lock.json'))).toBe(needsPackages(id));
    const { constructors, retainer, kind } = spec.truth;
    if (kind !== 'none') expect([constructors.length, retainer.pathIncludes.length]).not.toContain(0);
  });
});
