/** Options that several commands share, and what they mean for a report. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { HeapdiffError } from '../errors';
import { LEAST_WIDTH, type ReportOptions, SORT_KEYS, type SortKey } from '../report/report-options';

interface SharedOptions {
  readonly color?: boolean;
  readonly width?: number;
  readonly debug?: boolean;
}

export interface TableOptions extends SharedOptions {
  readonly top?: number;
  readonly sort?: SortKey;
  readonly filter?: RegExp;
  readonly all?: boolean;
}

const PIPE_WIDTH = 100;

/** --width, --color, --debug, --help: on every command. */
export function addSharedOptions(command: Command): Command {
  return command
    .option('--width <columns>', `columns of the screen (default: the terminal's, ${PIPE_WIDTH} in a pipe)`, parseWidth)
    .option('--color', 'colour even in a pipe')
    .option('--no-color', 'no colour, as with NO_COLOR')
    .option('--debug', 'print the stack of an error')
    .helpOption('--help', 'print this help');
}

/** Options of the commands that print tables of constructors. */
export function addTableOptions(command: Command): Command {
  return addRowOptions(command).addOption(
    new Option('--sort <key>', 'order of constructors (default: retained)').choices([...SORT_KEYS]),
  );
}

/** Which rows tables show. */
export function addRowOptions(command: Command): Command {
  return command
    .option('--top <n>', 'rows per table (default: 10)', parsePositive)
    .option('--filter <regex>', 'only rows whose name or place matches: Session, src/, /session/i', parseFilter)
    .option('--all', "also V8's own bookkeeping, and rows that are folded otherwise");
}

/** --max-memory, for commands that open heaps. */
export function addMemoryOption(command: Command): Command {
  const text = 'memory to take at most: 512M, 4G (default: what the machine or container has available)';
  return command.option('--max-memory <size>', text, parseSize);
}

export interface MemoryOption {
  /** Bytes. */
  readonly maxMemory?: number;
}

/** What opening a heap is told. */
export function readMemoryOption({ maxMemory }: MemoryOption): MemoryOption {
  return maxMemory === undefined ? {} : { maxMemory };
}

interface Formats {
  readonly json?: boolean | undefined;
  readonly markdown?: boolean | undefined;
}

/** Throws USAGE for two formats at once. */
export function checkFormats({ json, markdown }: Formats): void {
  if (json && markdown) throw new HeapdiffError('USAGE', { reason: '--json and --markdown exclude each other.' });
}

/** What the options, the environment and the terminal say about the screen. */
export function readReportOptions(options: TableOptions): Partial<ReportOptions> {
  return {
    width: options.width ?? terminalWidth(),
    color: options.color ?? wantsColor(),
    top: options.top ?? 10,
    sort: options.sort ?? 'retained',
    filter: options.filter ?? null,
    all: options.all ?? false,
    cwd: process.cwd(),
  };
}

function terminalWidth(): number {
  const { isTTY, columns } = process.stdout;
  return isTTY && columns > 0 ? Math.max(LEAST_WIDTH, columns) : PIPE_WIDTH;
}

/** https://no-color.org and https://force-color.org, else colour on a terminal that has any. */
function wantsColor(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return process.stdout.isTTY === true && TERM !== 'dumb';
}

/** A whole number from 1 on. */
export function parsePositive(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(value);
}

const SIZE_UNITS: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes out of `4G`, `1.5GiB`, `512m` or a plain number of them. */
export function parseSize(value: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([KMGT]?)(?:i?B)?$/i.exec(value) ?? [];
  if (number === undefined) throw new InvalidArgumentError('It must be a size such as 512M or 4G.');
  return Number(number) * SIZE_UNITS[unit.toUpperCase()]!;
}

function parseWidth(value: string): number {
  const width = parsePositive(value);
  if (width < LEAST_WIDTH) throw new InvalidArgumentError(`It must be at least ${LEAST_WIDTH}.`);
  return width;
}

/** A regular expression, bare or as `/…/i`. */
export function parseFilter(value: string): RegExp {
  const literal = /^\/(.*)\/([imsu]*)$/s.exec(value);
  try {
    return literal ? new RegExp(literal[1]!, literal[2]) : new RegExp(value);
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`);
  }
}
