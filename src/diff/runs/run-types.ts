/** Runs: several sessions of one way to start a service, and what is said of them: `heapdiff/runs@1`. */
import type { SessionRecord } from '../../session';
import type { Summary } from '../statistics';
import type { ConstructorGrowth, Place, SiteGrowth, Verdict } from '../types';

/** One session of a run, or two bare snapshots. */
export interface RunSession {
  /** Shown to people: the folder, or the later of two snapshots. */
  readonly name: string;
  /** Null for bare snapshots. */
  readonly record: SessionRecord | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly profile: string | null;
}

export interface RunInputs {
  readonly label: string;
  /** One at the least. */
  readonly sessions: readonly RunSession[];
}

/** What a worker costs. Bytes, but `boot`: milliseconds. */
export type MetricName = 'rss' | 'pss' | 'uss' | 'liveHeap' | 'committedHeap' | 'boot';

export const METRICS: readonly MetricName[] = ['rss', 'pss', 'uss', 'liveHeap', 'committedHeap', 'boot'];

/** One session, as a report shows it. */
export interface WorkerFacts {
  readonly name: string;
  readonly app: string | null;
  readonly pid: number | null;
  readonly workerId: number | null;
  readonly nodeVersion: string | null;
  readonly runMode: string | null;
  /** Milliseconds since the epoch; null for bare snapshots. */
  readonly endedAt: number | null;
  readonly seconds: number | null;
  /** What ended the window where nobody asked for it: `recycled (max requests)`, `interrupted`; else null. */
  readonly ending: string | null;
  /** Units of work in the window, of the report's unit; null when none were counted. */
  readonly units: number | null;
  /** Growth of the live heap over the window, bytes. */
  readonly growthBytes: number;
  /** Per 1,000 units of work; null when none were counted. */
  readonly growthPer1000: number | null;
  readonly metrics: Readonly<Record<MetricName, number | null>>;
  /** At the end of the window: what the worker had come to. Bytes. */
  readonly endLiveHeap: number;
  /** A snapshot at the start of a window makes the RSS of its end meaningless: null then, and for bare snapshots. */
  readonly endRss: number | null;
  readonly verdict: Verdict;
  /** The place in the application that made most of what stayed. */
  readonly madeIn: (Place & { readonly function: string }) | null;
}

/** How growth went from worker to worker of one run. */
export interface WorkerTrend {
  /** Same: each grew at about the same rate. Steady: none grew. Differing: some did, or at different rates. */
  readonly kind: 'same' | 'steady' | 'differing';
  readonly summary: string;
}

export interface RunFacts {
  readonly label: string;
  readonly runModes: readonly string[];
  /** In order of time. */
  readonly workers: readonly WorkerFacts[];
  readonly metrics: Readonly<Record<MetricName, Summary | null>>;
  /** Of the live heap: bytes per 1,000 units of work; per window where no work was counted. */
  readonly growth: Summary;
  readonly verdict: Verdict;
  /** Null for a single worker. */
  readonly trend: WorkerTrend | null;
}

/** Figures of one thing in each run, by run; null where a run has nothing to say (no snapshots, no profile). */
export type PerRun = readonly (Summary | null)[];

/** A difference of one run from the first. */
export interface RunDifference {
  /** Of the medians. */
  readonly difference: number;
  /** What it must exceed to be told from noise, tested alone; null when unknown: too few workers. */
  readonly noise: number | null;
  /** Of so large a difference without cause, corrected for the number of things compared; null when unknown. */
  readonly probability: number | null;
  readonly beyondNoise: boolean;
}

/**
 * A class in all runs. As growth: bytes and objects per 1,000 units of work, or per window (see `unit` of the report).
 * As the starting heap: bytes and objects when the windows opened.
 */
export interface ConstructorInRuns extends Pick<ConstructorGrowth, 'name' | 'function' | 'location' | 'internal'> {
  readonly retained: PerRun;
  readonly shallow: PerRun;
  readonly count: PerRun;
  /** Holds what makes the difference, and so repeats what other rows show. */
  readonly holding: boolean;
  /** Of the retained sizes, by run from the second on; null for a run without snapshots. */
  readonly differences: readonly (RunDifference | null)[];
}

export interface SiteInRuns extends Pick<SiteGrowth, 'function' | 'file' | 'line' | 'column' | 'source'> {
  readonly bytes: PerRun;
  readonly differences: readonly (RunDifference | null)[];
}

/** One run held against the first. */
export interface RunComparison {
  readonly baseline: string;
  readonly run: string;
  readonly different: boolean;
  readonly summary: string;
  /** How the noise was measured. */
  readonly noise: string;
  readonly growth: RunDifference;
  readonly metrics: Readonly<Record<MetricName, RunDifference | null>>;
}

export interface RunsReport {
  readonly schema: 'heapdiff/runs@1';
  /** Growth is per 1,000 of these; null: per window. */
  readonly unit: string | null;
  readonly runs: readonly RunFacts[];
  /** Each run from the second on against the first. */
  readonly comparisons: readonly RunComparison[];
  /** What differs beyond noise first, by its difference; then by growth. */
  readonly constructors: readonly ConstructorInRuns[];
  readonly allocationSites: readonly SiteInRuns[];
  /** What the heaps held when the windows opened. */
  readonly startingHeap: readonly ConstructorInRuns[];
  readonly notes: readonly string[];
}
