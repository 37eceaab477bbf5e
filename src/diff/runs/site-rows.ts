/** Allocation sites of all runs side by side. */

import { mean } from '../statistics';
import type { SiteGrowth } from '../types';
import { compareGrowth, type RowValues, rankRows, selectColumn, summarizeRow } from './compare-growth';
import { samplingError } from './heap-growth';
import { matchKeys } from './match-keys';
import type { SessionMeasure } from './measure-session';
import type { RunDifference, SiteInRuns } from './run-types';

/** Bytes over a window. */
const LEAST = 128 * 1024;
const LEAST_DEVIATION = 16 * 1024;

type SiteTable = ReadonlyMap<string, SiteGrowth>;

/** By the largest difference from the first run; of a single run by bytes. `runs`: by run, by session. */
export function tabulateSites(runs: readonly (readonly SessionMeasure[])[], unit: string | null): SiteInRuns[] {
  const hasSites = ({ session, diff }: SessionMeasure) => session.profile !== null || diff.allocationSites.length > 0;
  const columns = runs.map((sessions) => selectColumn(sessions, unit, hasSites));
  const tables = columns.map(({ sessions }) => sessions.map(({ diff }) => tabulate(diff.allocationSites)));
  const keyIn = matchKeys(tables.map(namesOf));
  const translated = tables.map((ofRun, run) =>
    ofRun.map((table) => new Map([...table].map(([key, site]) => [keyIn(run, key), site]))),
  );
  const sites = new Map<string, SiteGrowth>();
  for (const table of translated.flat()) {
    for (const [key, site] of table) if (!sites.has(key)) sites.set(key, site);
  }
  const rows = [...sites.keys()].map(
    (key): RowValues => translated.map((ofRun) => ofRun.map((table) => table.get(key)?.bytesDelta ?? 0)),
  );
  const interval = Math.max(0, ...runs.flat().map(({ session }) => session.record?.samplingInterval ?? 0));
  const differences = compareGrowth(columns, rows, (row) => {
    return {
      least: LEAST,
      leastDeviation: Math.max(LEAST_DEVIATION, samplingError(Math.max(...rows[row]!.map(mean)), interval)),
    };
  });
  const described = [...sites.values()].map((site, at): SiteInRuns => {
    const { function: name, file, line, column, source } = site;
    const bytes = summarizeRow(columns, rows[at]!);
    const found = differences[at]!.map((difference) => difference && doubtSingle(difference));
    return { function: name, file, line, column, source, bytes, differences: found };
  });
  return rankRows(described, ({ bytes }) => bytes);
}

/**
 * Which function of a call chain is named depends on what was inlined when: without noise to hold it against, a
 * difference between sites says nothing.
 */
function doubtSingle(difference: RunDifference): RunDifference {
  return difference.noise === null ? { ...difference, beyondNoise: false } : difference;
}

const siteKey = ({ function: name, file, line, column }: SiteGrowth) => `${name}\n${file}:${line}:${column}`;

function tabulate(sites: readonly SiteGrowth[]): SiteTable {
  return new Map(sites.map((site) => [siteKey(site), site]));
}

function namesOf(tables: readonly SiteTable[]): Map<string, string> {
  const named = tables
    .flatMap((table) => [...table])
    .map(([key, site]) => [key, site.file === '' ? '' : site.function] as const);
  return new Map(named);
}
