/** Rows of figures by run and worker to medians and differences. Growth is judged per unit of work and per window. */

import { median, type Summary, summarize } from '../statistics';
import { compareSamples, type Difference, type FamilyKind, type Samples } from './compare-samples';
import type { SessionMeasure } from './measure-session';
import type { PerRun, RunDifference } from './run-types';

/** The workers of one run that have a kind of evidence. */
export interface RunColumn {
  readonly sessions: readonly SessionMeasure[];
  /** By session: what its growth is multiplied with to be per 1,000 units; 1 where work is not counted. */
  readonly factors: readonly number[];
}

/** Figures of one row: by run, by worker of its column; bytes. */
export type RowValues = readonly (readonly number[])[];

export interface Thresholds {
  /** Bytes over one window. */
  readonly least: number;
  readonly leastDeviation: number;
}

/** Sessions for which `hasEvidence`; where growth is per unit of work, only those that counted any. */
export function selectColumn(
  sessions: readonly SessionMeasure[],
  unit: string | null,
  hasEvidence: (measure: SessionMeasure) => boolean = () => true,
): RunColumn {
  const chosen = sessions.filter(hasEvidence).filter((measure) => unit === null || unitsOf(measure, unit) > 0);
  return {
    sessions: chosen,
    factors: chosen.map((measure) => (unit === null ? 1 : 1000 / unitsOf(measure, unit))),
  };
}

export function unitsOf({ diff }: SessionMeasure, unit: string): number {
  return diff.window?.units[unit] ?? 0;
}

/** Per run what its workers say, scaled; null for a run without evidence. */
export function summarizeRow(columns: readonly RunColumn[], values: RowValues): (Summary | null)[] {
  return columns.map(({ factors }, run) => summarize(scale(values[run]!, factors)));
}

/**
 * Differences of growth from the first run, by row and by run from the second on. One must show per unit of work and
 * per window: a warm-up of a fixed size looks like growth per unit where the window was shorter.
 */
export function compareGrowth(
  columns: readonly RunColumn[],
  rows: readonly RowValues[],
  thresholds: (row: number) => Thresholds,
): (RunDifference | null)[][] {
  const typical = median(columns.flatMap(({ factors }) => factors));
  const perWindow = rows.map((_, row) => thresholds(row));
  const perUnit = perWindow.map(({ least, leastDeviation }) => {
    return { least: least * typical, leastDeviation: leastDeviation * typical };
  });
  const scaled = rows.map((values) => values.map((ofRun, run) => scale(ofRun, columns[run]!.factors)));
  const byUnit = compareRows(scaled, perUnit);
  const byWindow = compareRows(rows, perWindow);
  return byUnit.map((differences, row) =>
    differences.map((difference, run) => difference && joinDifferences(difference, byWindow[row]![run]!)),
  );
}

/** Differences of figures that have nothing to do with work, from the first run. */
export function compareRows(
  rows: readonly RowValues[],
  thresholds: readonly Thresholds[],
  kind: FamilyKind = 'alike',
): (Difference | null)[][] {
  const results: (Difference | null)[][] = rows.map(() => []);
  const runs = rows[0]?.length ?? 0;
  for (let run = 1; run < runs; run++) {
    const family = rows.map((values, row): Samples => ({ one: values[0]!, other: values[run]!, ...thresholds[row]! }));
    compareSamples(family, kind).forEach((difference, row) => {
      const { one, other } = family[row]!;
      results[row]!.push(one.length > 0 && other.length > 0 ? difference : null);
    });
  }
  return results;
}

/** The first as it is, but only beyond noise when both are, in the same direction. */
function joinDifferences(perUnit: Difference, perWindow: Difference): RunDifference {
  const agree = perUnit.beyondNoise && perWindow.beyondNoise && perUnit.difference * perWindow.difference > 0;
  const probability = perUnit.probability === null ? null : Math.max(perUnit.probability, perWindow.probability ?? 1);
  return { ...perUnit, probability, beyondNoise: agree };
}

function scale(values: readonly number[], factors: readonly number[]): number[] {
  return values.map((value, at) => value * factors[at]!);
}

/** What differs beyond noise first, by its difference; then by size, for what grows in all runs must not go under. */
export function rankRows<Row extends { readonly differences: readonly (RunDifference | null)[] }>(
  rows: readonly Row[],
  figuresOf: (row: Row) => PerRun,
): Row[] {
  const beyond = (row: Row) =>
    Math.max(0, ...row.differences.map((found) => (found?.beyondNoise ? Math.abs(found.difference) : 0)));
  const size = (row: Row) => Math.max(...figuresOf(row).map((figure) => figure?.median ?? Number.NEGATIVE_INFINITY));
  const keyed = rows.map((row) => ({ row, beyond: beyond(row), size: size(row) }));
  return keyed.sort((a, b) => b.beyond - a.beyond || b.size - a.size).map(({ row }) => row);
}
