/** The sentence on top. */
import type { SessionRecord } from '../session';
import type { UnitGrowth, Verdict } from './types';
import { unitsInWindow } from './window';

/** Growth below this is what any running program shows between two snapshots. */
const NOISE_BYTES = 256 * 1024;

/** Judges from the two totals alone: whether there is growth, not yet what kind of growth. */
export function judgeGrowth(totalBytes: number, _record: SessionRecord | null): Verdict {
  if (totalBytes < NOISE_BYTES) {
    return { kind: 'steady', confidence: 'medium', summary: 'The heap did not grow beyond what any program does.' };
  }
  const summary = 'The heap grew; two snapshots cannot tell a leak from a cache that fills.';
  return { kind: 'growth', confidence: 'low', summary };
}

/** Growth per unit of work, by the unit that was done most often; null when none was counted. */
export function growthPerUnit(totalBytes: number, record: SessionRecord): UnitGrowth | null {
  const done = Object.entries(unitsInWindow(record)).sort((a, b) => b[1] - a[1]);
  const most = done[0];
  if (!most || most[1] <= 0) return null;
  return { unit: most[0], count: most[1], bytes: Math.round(totalBytes / most[1]) };
}
