/**
 * Whether two runs differ in something beyond noise. One question is asked of many things at once (every constructor, every
 * site), of a few workers each. A difference counts when all of these hold:
 *
 *  1. it is large enough to matter (`least`);
 *  2. Student's t finds it improbable, the spread being taken for no less than the typical one of all things compared,
 *     and no less than `leastDeviation`: the spread of three workers is often small by chance. Holm's correction makes
 *     the limit hold for all things together;
 *  3. so does the rank-sum test, which knows nothing of bell curves: of three workers each, every one of one run must be
 *     above every one of the other.
 *
 * With fewer than two degrees of freedom (one worker each) there is no noise to measure: only a difference counts that
 * is several times `least` and most of the larger value.
 */
import { correctForMany, mean, median, pooledDeviation, rankTail, studentQuantile, studentTail } from '../statistics';

/** The chance of any false difference in one family of comparisons. */
export const FALSE_ALARM_RATE = 0.01;
/** Below this many degrees of freedom noise is unknown. */
const FEWEST_DEGREES = 2;
/** Where noise is unknown: times `least`, times `leastDeviation`, and share of the larger value. */
const UNKNOWN_NOISE_FACTOR = 4;
const UNKNOWN_NOISE_DEVIATIONS = 6;
const UNKNOWN_NOISE_SHARE = 0.5;

/** The values of one thing in two runs, one per worker. */
export interface Samples {
  readonly one: readonly number[];
  readonly other: readonly number[];
  /** A difference below this matters to nobody. */
  readonly least: number;
  /** The measurement itself is no more precise than this. */
  readonly leastDeviation: number;
}

export interface Difference {
  /** Of the medians, other minus one. */
  readonly difference: number;
  /** What the difference must exceed to be told from noise, tested alone; null when noise is unknown. */
  readonly noise: number | null;
  /** Corrected for all tests of the family; null when noise is unknown. */
  readonly probability: number | null;
  readonly beyondNoise: boolean;
}

/** Alike: figures of one kind, whose spread says something of each other's. */
export type FamilyKind = 'alike' | 'unlike';

/** Judges a family of comparisons. Values that no run reaches `least` in are not tested, so they cost no power. */
export function compareSamples(family: readonly Samples[], kind: FamilyKind = 'alike'): Difference[] {
  const isTested = family.map(
    ({ one, other, least }) => one.length > 0 && other.length > 0 && reaches([...one, ...other], least),
  );
  const tested = family.filter((_, at) => isTested[at]);
  const deviations = tested.map(({ one, other }) => deviationOf(one, other));
  const typical = kind === 'alike' ? median(deviations.filter(Number.isFinite)) : 0;
  const tails = correctForMany(tested.map((samples) => testMeans(samples, typical).tail ?? 1));
  let next = 0;
  return family.map((samples, at) => {
    const difference = median(samples.other) - median(samples.one);
    const { noise, tail } = testMeans(samples, typical);
    if (!isTested[at]) return { difference, noise, probability: tail === null ? null : 1, beyondNoise: false };
    const corrected = tails[next++]!;
    if (tail === null) return { difference, noise, probability: null, beyondNoise: isPlain(samples, difference) };
    const beyondNoise =
      Math.abs(difference) >= samples.least && corrected <= FALSE_ALARM_RATE && isOrdered(samples.one, samples.other);
    return { difference, noise, probability: corrected, beyondNoise };
  });
}

const reaches = (values: readonly number[], least: number) => values.some((value) => Math.abs(value) >= least);

function deviationOf(one: readonly number[], other: readonly number[]): number {
  return one.length + other.length - 2 >= FEWEST_DEGREES ? pooledDeviation(one, other) : Number.NaN;
}

function testMeans({ one, other, leastDeviation }: Samples, typical: number) {
  const degrees = one.length + other.length - 2;
  if (one.length === 0 || other.length === 0 || degrees < FEWEST_DEGREES) return { noise: null, tail: null };
  const deviation = Math.max(pooledDeviation(one, other), typical, leastDeviation);
  const error = deviation * Math.sqrt(1 / one.length + 1 / other.length);
  const tail = studentTail((mean(other) - mean(one)) / error, degrees);
  return { noise: studentQuantile(FALSE_ALARM_RATE, degrees) * error, tail };
}

/** Improbable by rank, or as far apart as so few values can be. */
function isOrdered(one: readonly number[], other: readonly number[]): boolean {
  const least = rankTail(new Array(one.length).fill(0), new Array(other.length).fill(1));
  return rankTail(one, other) <= Math.max(least, FALSE_ALARM_RATE);
}

function isPlain({ one, other, least, leastDeviation }: Samples, difference: number): boolean {
  const larger = Math.max(Math.abs(mean(one)), Math.abs(mean(other)));
  const bounds = [
    least * UNKNOWN_NOISE_FACTOR,
    leastDeviation * UNKNOWN_NOISE_DEVIATIONS,
    larger * UNKNOWN_NOISE_SHARE,
  ];
  return bounds.every((bound) => Math.abs(difference) >= bound);
}
