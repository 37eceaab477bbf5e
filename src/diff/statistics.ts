/**
 * The statistics of small samples: medians and spreads, Student's t distribution, the rank-sum test, Holm's correction.
 * Nothing here knows what the numbers are.
 */

/** What several workers say of one figure. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Values behind it. */
  readonly count: number;
}

/** Null for no values. */
export function summarize(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return { median: medianOfSorted(sorted), min: sorted[0]!, max: sorted.at(-1)!, count: sorted.length };
}

/** 0 for no values. */
export function median(values: readonly number[]): number {
  return medianOfSorted([...values].sort((a, b) => a - b));
}

function medianOfSorted(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of two samples that are taken to have the same one. NaN below three values. */
export function pooledDeviation(one: readonly number[], other: readonly number[]): number {
  const squares = [one, other].reduce((sum, values) => {
    const centre = mean(values);
    return sum + values.reduce((inner, value) => inner + (value - centre) ** 2, 0);
  }, 0);
  return Math.sqrt(squares / (one.length + other.length - 2));
}

/** Probability of a |t| at least this large without any difference, for a whole number of degrees of freedom. */
export function studentTail(t: number, degrees: number): number {
  if (!Number.isFinite(t)) return 0;
  return incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
}

/** The |t| that is exceeded with the given probability: the inverse of {@link studentTail}. */
export function studentQuantile(tail: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (studentTail(high, degrees) > tail) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (studentTail(middle, degrees) > tail) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The regularized incomplete beta function I_x(a, b), by Lentz's continued fraction
 * (Press et al., Numerical Recipes, 3rd edition, §6.4: `betacf`).
 */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges quickly on one side of the mode only.
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return fraction;
}

/** Logarithm of the gamma function at a multiple of one half, by its recurrence: all that degrees of freedom need. */
function logGamma(half: number): number {
  let value = half % 1 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let at = half % 1 === 0 ? 1 : 0.5; at < half; at++) value += Math.log(at);
  return value;
}

/**
 * Two-sided probability of the rank-sum statistic of two samples (Mann and Whitney 1947), exact, every order of the values
 * being as likely as any other. Equal values count half each way.
 */
export function rankTail(one: readonly number[], other: readonly number[]): number {
  let wins = 0;
  for (const a of one) for (const b of other) wins += a > b ? 1 : a === b ? 0.5 : 0;
  const pairs = one.length * other.length;
  const extreme = Math.floor(Math.min(wins, pairs - wins));
  const ways = countOrders(one.length, other.length);
  const total = ways.reduce((sum, count) => sum + count, 0);
  const beyond = ways.slice(0, extreme + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, (2 * beyond) / total);
}

/** By number of wins of the first sample over the second: in how many orders of all values it comes out. */
function countOrders(first: number, second: number): number[] {
  // ways[n] for m of the second: the largest value is of the first (and wins m times) or of the second.
  let ways: number[][] = Array.from({ length: first + 1 }, () => [1]);
  for (let m = 1; m <= second; m++) {
    const next: number[][] = [[1]];
    for (let n = 1; n <= first; n++) {
      const counts = new Array<number>(n * m + 1).fill(0);
      next[n - 1]!.forEach((count, wins) => {
        counts[wins + m]! += count;
      });
      ways[n]!.forEach((count, wins) => {
        counts[wins]! += count;
      });
      next.push(counts);
    }
    ways = next;
  }
  return ways[first]!;
}

/** Probabilities of several tests made at once, so that one limit holds for all together (Holm 1979); in order given. */
export function correctForMany(probabilities: readonly number[]): number[] {
  const order = probabilities.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const corrected = new Array<number>(probabilities.length);
  let least = 0;
  order.forEach(({ value, at }, rank) => {
    least = Math.max(least, Math.min(1, value * (order.length - rank)));
    corrected[at] = least;
  });
  return corrected;
}
