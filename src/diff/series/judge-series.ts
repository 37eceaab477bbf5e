/** The verdict over several captures: what grew in every step is a leak, what stopped growing is none. */
import { formatCount } from '../../format-numbers';
import { describeCrowd, describeHolder } from '../suspect-text';
import type { Suspect, Verdict } from '../types';
import { isEven, stepsOf } from './classify-steps';
import type { StepTrend, StepTrendKind } from './series-types';
import { haveStayed } from './survivors';

/** Warm code adds as much to any two captures; in every step of a series it does not. */
const LEAK_BYTES = 128 * 1024;
const NOISE_BYTES = 256 * 1024;

/** Suspects that keep growing come before those that stopped, whatever their size; others keep their order. */
export function rankByTrend(suspects: readonly Suspect[]): Suspect[] {
  const order = (suspect: Suspect) =>
    suspect.growthBytes < LEAK_BYTES ? ORDER.length : ORDER.indexOf(suspect.trend?.kind ?? 'uneven');
  const ranked = [...suspects].sort((a, b) => order(a) - order(b));
  return ranked.map((suspect, index) => ({ ...suspect, rank: index + 1 }));
}

const ORDER: readonly StepTrendKind[] = ['rising', 'uneven', 'emptied', 'levelled', 'steady'];

export interface SeriesEvidence {
  readonly totalBytes: number;
  /** Ranked, each with its trend. */
  readonly suspects: readonly Suspect[];
  /** What the first capture and the last say by themselves. */
  readonly ofEnds: Verdict;
  readonly work: readonly number[] | null;
}

export function judgeSeries({ totalBytes, suspects, ofEnds, work }: SeriesEvidence): Verdict {
  if (ofEnds.kind === 'off-heap') return ofEnds;
  const [top] = suspects;
  if (!top?.trend || top.growthBytes < LEAK_BYTES) {
    if (ofEnds.kind === 'steady' || totalBytes < NOISE_BYTES) return { ...ofEnds, kind: 'steady', summary: STEADY };
    return { kind: 'growth', confidence: 'medium', summary: SCATTERED };
  }
  const { trend } = top;
  const crowd = describeCrowd(top);
  const steps = describeSteps(top, trend);
  const holder = describeHolder(top);
  switch (trend.kind) {
    case 'rising': {
      const isSure = trend.bytes.length > 3 || isEven(seriesOf(top, trend), work);
      const summary = `${crowd} pile up in ${holder}: more in every step (${steps})${describeSurvivors(trend)}.`;
      return { kind: 'leak', confidence: isSure ? 'high' : 'medium', summary };
    }
    case 'levelled': {
      const summary = `${crowd} came to ${holder}, but it stopped growing (${steps}): a cache that filled, or warm-up.`;
      return { kind: 'growth', confidence: 'high', summary };
    }
    case 'emptied': {
      const summary = `${crowd} more in ${holder}, but fewer in between (${steps}): something that is emptied from time to time.`;
      return { kind: 'growth', confidence: 'medium', summary };
    }
    case 'steady': {
      const kind = totalBytes < NOISE_BYTES ? 'steady' : 'growth';
      const summary = `${crowd} more in ${holder}, but no more of them in all of the heap: moved, or replaced.`;
      return { kind, confidence: 'medium', summary };
    }
    default: {
      const summary = `${crowd} came to ${holder}, in some steps only (${steps}): capture again after the same work to see whether it goes on.`;
      return { kind: 'growth', confidence: 'low', summary };
    }
  }
}

const STEADY = 'The heap did not grow beyond what any running program does.';
const SCATTERED = 'The heap grew a little in many places, as code that warms up does; no object gathers the growth.';

/** What the trend was judged by: the number of objects, or bytes of those that grew in place. */
export function seriesOf(
  { growthCount }: Pick<Suspect, 'growthCount'>,
  { counts, bytes }: StepTrend,
): readonly number[] {
  return growthCount > 0 ? counts : bytes;
}

function describeSteps(suspect: Suspect, trend: StepTrend): string {
  const isCount = suspect.growthCount > 0;
  const format = (step: number) => {
    const sign = step > 0 ? '+' : '';
    return sign + (isCount ? formatCount(step) : `${(step / 1e6).toFixed(1)} MB`);
  };
  return stepsOf(seriesOf(suspect, trend)).map(format).join(', ');
}

/** What came in the first step and is still there is the strongest word of all. */
const describeSurvivors = (trend: StepTrend) =>
  haveStayed(trend) ? '; what came in the first step is still there at the end' : '';
