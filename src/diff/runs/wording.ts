/** Figures inside the sentences of a report on runs. */

/** `812 B`, `12.3 kB`, `4.1 MB`. */
export function describeBytes(bytes: number): string {
  const size = Math.abs(bytes);
  const text =
    size < 999.5
      ? `${Math.round(size)} B`
      : size < 999_950
        ? `${(size / 1e3).toFixed(1)} kB`
        : `${(size / 1e6).toFixed(1)} MB`;
  return bytes < 0 ? `-${text}` : text;
}

/** `per 1,000 requests`, or `in a window` where no work was counted. */
export function describeRate(unit: string | null): string {
  return unit === null ? 'in a window' : `per 1,000 ${unit}${unit.endsWith('s') ? '' : 's'}`;
}

/** `1 worker`, `3 workers`. */
export function countWorkers(count: number): string {
  return `${count} worker${count === 1 ? '' : 's'}`;
}

/** Probabilities below this are only called smaller. */
export function describeProbability(probability: number): string {
  return probability < 0.001 ? 'p < 0.001' : `p = ${probability.toFixed(3)}`;
}
