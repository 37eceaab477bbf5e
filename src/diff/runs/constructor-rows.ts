/** Constructors of all runs side by side: what they grew by in the windows, and what the heaps held before. */

import { summarize } from '../statistics';
import {
  compareGrowth,
  compareRows,
  type RowValues,
  type RunColumn,
  rankRows,
  selectColumn,
  summarizeRow,
} from './compare-growth';
import { matchKeys } from './match-keys';
import type { ClassesInSession, ClassInSession, ClassSizes, SessionMeasure } from './measure-session';
import type { ConstructorInRuns, PerRun, RunDifference } from './run-types';

/** Bytes over a window: less is what any two workers differ by. */
const GROWTH = { least: 128 * 1024, leastDeviation: 16 * 1024 };
/** Bytes at the start of the window. */
const STARTING = { least: 128 * 1024, leastDeviation: 16 * 1024 };
/** A class whose further objects keep so much alive each is a container of what grew, not what grew. */
const CONTAINER_BYTES = 64 * 1024;

type Sizes = { readonly [Name in keyof ClassSizes]: RowValues };

interface ClassRow {
  readonly entry: ClassInSession;
  readonly growth: Sizes;
  readonly starting: Sizes;
}

/** Both tables, each by the largest difference; of a single run by size. `runs`: by run, by session. */
export function tabulateConstructors(runs: readonly (readonly SessionMeasure[])[], unit: string | null) {
  const growing = runs.map((sessions) => selectColumn(sessions, unit, hasClasses));
  const starting = runs.map((sessions) => selectColumn(sessions, null, hasClasses));
  const rows = gatherClasses(growing, starting);
  return { constructors: describeGrowth(rows, growing), startingHeap: describeStart(rows) };
}

const hasClasses = ({ classes }: SessionMeasure) => classes !== null;

/** Every class of any session, under one key in all runs. */
function gatherClasses(growing: readonly RunColumn[], starting: readonly RunColumn[]): ClassRow[] {
  const tables = (columns: readonly RunColumn[]) =>
    columns.map(({ sessions }) => sessions.map(({ classes }) => classes!));
  const known = tables(starting).map(namesOf);
  const keyIn = matchKeys(known);
  const translate = (columns: readonly RunColumn[]) =>
    tables(columns).map((ofRun, run) =>
      ofRun.map((classes) => new Map([...classes].map(([key, entry]) => [keyIn(run, key), entry]))),
    );
  const all = { growing: translate(growing), starting: translate(starting) };
  const entries = new Map<string, ClassInSession>();
  for (const classes of all.starting.flat()) {
    for (const [key, entry] of classes) if (!entries.has(key)) entries.set(key, entry);
  }
  return [...entries].map(([key, entry]): ClassRow => {
    const grown = (size: keyof ClassSizes) => read(all.growing, key, ({ before, after }) => after[size] - before[size]);
    const held = (size: keyof ClassSizes) => read(all.starting, key, ({ before }) => before[size]);
    return {
      entry,
      growth: { count: grown('count'), shallow: grown('shallow'), retained: grown('retained') },
      starting: { count: held('count'), shallow: held('shallow'), retained: held('retained') },
    };
  });
}

/** Names of classes with a place, by key: those without are the same everywhere. */
function namesOf(tables: readonly ClassesInSession[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const classes of tables) {
    for (const [key, { name, function: made, location }] of classes) {
      const isNamed = location !== null && made !== '';
      if (!names.has(key)) names.set(key, isNamed ? `${name}\n${made ?? ''}` : '');
    }
  }
  return names;
}

function read(
  tables: readonly (readonly ReadonlyMap<string, ClassInSession>[])[],
  key: string,
  figure: (entry: ClassInSession) => number,
): number[][] {
  return tables.map((ofRun) =>
    ofRun.map((classes) => {
      const entry = classes.get(key);
      return entry ? figure(entry) : 0;
    }),
  );
}

type Judge = (rows: readonly RowValues[]) => (RunDifference | null)[][];

function describeGrowth(rows: readonly ClassRow[], columns: readonly RunColumn[]): ConstructorInRuns[] {
  const judge: Judge = (values) => compareGrowth(columns, values, () => GROWTH);
  return describe(
    rows,
    (row) => row.growth,
    (values) => summarizeRow(columns, values),
    judge,
  );
}

function describeStart(rows: readonly ClassRow[]): ConstructorInRuns[] {
  const judge: Judge = (values) =>
    compareRows(
      values,
      values.map(() => STARTING),
    );
  return describe(
    rows,
    (row) => row.starting,
    (values) => values.map(summarize),
    judge,
  );
}

function describe(
  rows: readonly ClassRow[],
  select: (row: ClassRow) => Sizes,
  summarizeValues: (values: RowValues) => PerRun,
  judge: Judge,
): ConstructorInRuns[] {
  // V8's own bookkeeping is shown but not judged: it follows what was compiled when, and would cost the others power.
  const isInternal = ({ entry }: ClassRow) => entry.internal;
  const describeAll = (some: readonly ClassRow[], isJudged: boolean) => {
    const differences = judge(some.map((row) => select(row).retained));
    return some.map((row, at): ConstructorInRuns => {
      const { name, function: made, location, internal } = row.entry;
      const { retained, shallow, count } = select(row);
      const figures = {
        retained: summarizeValues(retained),
        shallow: summarizeValues(shallow),
        count: summarizeValues(count),
      };
      const found = differences[at]!.map(
        (difference) => difference && { ...difference, beyondNoise: isJudged && difference.beyondNoise },
      );
      return {
        name,
        function: made,
        location,
        internal,
        ...figures,
        holding: isContainer(
          figures,
          found.some((difference) => difference?.beyondNoise),
        ),
        differences: found,
      };
    });
  };
  const described = [
    ...describeAll(
      rows.filter((row) => !isInternal(row)),
      true,
    ),
    ...describeAll(rows.filter(isInternal), false),
  ];
  return rankRows(described.filter(saysSomething), ({ retained }) => retained);
}

type Figures = Pick<ConstructorInRuns, 'retained' | 'shallow' | 'count'>;

/**
 * Keeps much more alive, but by few further objects: it holds what grew, which other rows show. Of what differs between
 * runs the difference is looked at, of the rest the figures themselves.
 */
function isContainer({ retained, shallow, count }: Figures, differs: boolean): boolean {
  const medians = (figures: PerRun) => figures.flatMap((figure) => (figure ? [figure.median] : []));
  const size = (figures: PerRun) => Math.max(...medians(figures).map(Math.abs));
  const spread = (figures: PerRun) => Math.max(...medians(figures)) - Math.min(...medians(figures));
  const measure = differs ? spread : size;
  return measure(shallow) < measure(retained) * 0.1 && measure(retained) > measure(count) * CONTAINER_BYTES;
}

function saysSomething({ retained, shallow, count }: Figures): boolean {
  return [retained, shallow, count].some((figures) =>
    figures.some((figure) => figure && (figure.max !== 0 || figure.min !== 0)),
  );
}
