/** When a window is to be closed: after a time, after so much work, or whichever comes first. */
import { InvalidArgumentError } from 'commander';

export interface WindowEnd {
  /** Milliseconds; null: no limit. */
  readonly afterMs: number | null;
  /** Units of work; null: not asked for. */
  readonly afterUnits: number | null;
}

const DEFAULT_MS = 60_000;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };
/** A day: what is longer is a typing error, and setTimeout would not wait for it. */
const LONGEST_MS = 86_400_000;

/** `60s`, `5m`, `1h`, `500ms`, `90`: seconds. Throws what commander reports. */
export function parseDuration(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(text) ?? [];
  const factor = UNITS[unit || 's'];
  const ms = Math.round(Number(digits) * (factor ?? Number.NaN));
  if (ms >= 1 && ms <= LONGEST_MS) return ms;
  throw new InvalidArgumentError('It must be a time from 1ms to 24h, such as 60s or 5m.');
}

export function readWindowEnd(ms: number | undefined, units: number | undefined): WindowEnd {
  return { afterMs: ms ?? (units === undefined ? DEFAULT_MS : null), afterUnits: units ?? null };
}
