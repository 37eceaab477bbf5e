const BARS = '▁▂▃▄▅▆▇█';

/** A series as bars from its smallest to its largest value. Longer series are thinned to `width` bars, ends kept. */
export function drawSparkline(values: readonly number[], width: number): string {
  if (values.length === 0) return '';
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const count = Math.min(values.length, width);
  const bars: string[] = [];
  for (let bar = 0; bar < count; bar++) {
    const at = count === 1 ? 0 : Math.round((bar * (values.length - 1)) / (count - 1));
    const level = span === 0 ? 0 : Math.round(((values[at]! - least) / span) * (BARS.length - 1));
    bars.push(BARS[level]!);
  }
  return bars.join('');
}
