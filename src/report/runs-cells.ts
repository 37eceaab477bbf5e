/** Small texts that the tables of a comparison of runs share. */
import type { RunDifference } from '../diff/runs/run-types';
import { formatUnits } from '../format-numbers';
import { cleanText } from './text-width';

const LONGEST_LABEL = 16;

/** A label that heads a column. */
export const headOf = (label: string) => {
  const clean = cleanText(label);
  return clean.length > LONGEST_LABEL ? `${clean.slice(0, LONGEST_LABEL - 1)}…` : clean;
};

export const countWorkers = (count: number) => `${count} worker${count === 1 ? '' : 's'}`;

export function describeRate(unit: string | null): string {
  return unit === null ? 'per window' : `per ${formatUnits(1000, cleanText(unit))}`;
}

/** What is beyond noise is marked. */
export function starOf(difference: RunDifference | null | undefined): string {
  return difference?.beyondNoise ? ' *' : '';
}
