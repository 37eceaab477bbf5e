/** Whether something grew in every step of a series, stopped growing, or came and went. */
import type { StepTrendKind } from './series-types';

/** A step below this share of the mean rate is no growth worth the name. */
const GROWING_FROM = 0.25;
/** A fall of this share of all growth is no noise. */
const FALL_SHARE = 0.4;

/**
 * Judges values at the captures, three at the least, by growth per unit of work. `work` is the work done between each
 * two captures; null, or work that is not known for every step, makes all steps alike.
 */
export function classifySteps(values: readonly number[], work: readonly number[] | null): StepTrendKind {
  const growth = values.at(-1)! - values[0]!;
  if (growth <= 0) return 'steady';
  const steps = stepsOf(values);
  if (Math.min(...steps) < -growth * FALL_SHARE) return 'emptied';
  const rates = ratesOf(steps, work);
  const mean = rates.reduce((total, rate) => total + rate, 0) / rates.length;
  if (rates.every((rate) => rate >= mean * GROWING_FROM)) return 'rising';
  return rates.at(-1)! < mean * GROWING_FROM ? 'levelled' : 'uneven';
}

/** Steps of a rising series differ by less than a factor of two. */
export function isEven(values: readonly number[], work: readonly number[] | null): boolean {
  const rates = ratesOf(stepsOf(values), work);
  return Math.max(...rates) <= 2 * Math.min(...rates);
}

export function stepsOf(values: readonly number[]): number[] {
  return values.slice(1).map((value, at) => value - values[at]!);
}

function ratesOf(steps: readonly number[], work: readonly number[] | null): number[] {
  const isKnown = work?.length === steps.length && work.every((done) => done > 0);
  return isKnown ? steps.map((step, at) => step / work[at]!) : [...steps];
}
