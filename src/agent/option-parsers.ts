/** From what `install()` or the environment gave to the value of an option; undefined for what is none. */
import os from 'node:os';

/** Signals that cannot be caught, belong to V8, or report a crash. SIGUSR1 starts Node's inspector. */
const FORBIDDEN_SIGNALS = [
  'SIGKILL',
  'SIGSTOP',
  'SIGUSR1',
  'SIGSEGV',
  'SIGBUS',
  'SIGFPE',
  'SIGILL',
  'SIGABRT',
  'SIGIOT',
];

export function parseSignal(value: unknown): NodeJS.Signals | 'none' | undefined {
  if (value === 'none') return value;
  if (typeof value !== 'string' || FORBIDDEN_SIGNALS.includes(value)) return undefined;
  return Object.hasOwn(os.constants.signals, value) ? (value as NodeJS.Signals) : undefined;
}

export function parseBoolean(value: unknown): boolean | undefined {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  return undefined;
}

/** Thread 0 is the main thread, which is captured anyway. */
export function parseThreads(value: unknown): boolean | readonly number[] | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  const ids = typeof value === 'string' ? value.split(',').map((id) => id.trim()) : value;
  if (!Array.isArray(ids) || ids.length === 0) return undefined;
  const numbers = ids.map((id) => parseInteger(id, 1, Number.MAX_SAFE_INTEGER));
  return numbers.includes(undefined) ? undefined : (numbers as number[]);
}

export function parseInteger(value: unknown, least: number, most: number): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return Number.isInteger(number) && (number as number) >= least && (number as number) <= most
    ? (number as number)
    : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

export function parseShare(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^[01](\.\d+)?$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number < 1 ? number : undefined;
}
