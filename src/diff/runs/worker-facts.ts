/** One session as a report shows it: what the worker costs, how it grew, what is thought of it. */
import type { SessionRecord } from '../../session';
import { isApplicationFile } from '../allocation-sites';
import type { HeapDiff } from '../types';
import { unitsOf } from './compare-growth';
import type { SessionMeasure } from './measure-session';
import type { MetricName, RunSession, WorkerFacts } from './run-types';

/** A place that made less than this share of what stayed is not worth a name. */
const NAMED_SHARE = 0.25;

export function describeWorker(measure: SessionMeasure, unit: string | null): WorkerFacts {
  const { session, diff } = measure;
  const { record, name } = session;
  const units = unit === null ? null : unitsOf(measure, unit) || null;
  const growthBytes = measure.growth.bytes;
  return {
    name,
    app: record?.app ?? null,
    pid: record?.pid ?? null,
    workerId: record?.workerId ?? null,
    nodeVersion: diff.after.nodeVersion,
    runMode: record?.runMode.kind ?? null,
    endedAt: record?.after.wallClock ?? null,
    seconds: diff.window?.seconds ?? null,
    ending: record && describeEnding(record),
    units,
    growthBytes,
    growthPer1000: units === null ? null : (growthBytes / units) * 1000,
    metrics: readMetrics(session, diff),
    endLiveHeap: diff.after.totalBytes,
    endRss: record && !beginsWithCapture(session) ? record.after.memory.process.rss : null,
    verdict: diff.verdict,
    madeIn: findMainSite(diff),
  };
}

/**
 * Read at the end of the window, when the worker has come to what it costs; but where a snapshot opened the window, at its
 * start: a capture leaves RSS high for good.
 */
function readMetrics(session: RunSession, diff: HeapDiff): Record<MetricName, number | null> {
  const { record } = session;
  const atStart = record === null || beginsWithCapture(session);
  const liveHeap = (atStart ? diff.before : diff.after).totalBytes;
  if (!record) return { rss: null, pss: null, uss: null, liveHeap, committedHeap: null, boot: null };
  const { process, heap, rollup } = (atStart ? record.before : record.after).memory;
  return {
    rss: process.rss,
    pss: rollup?.pss ?? null,
    uss: rollup?.uss ?? null,
    liveHeap,
    committedHeap: heap.total_physical_size ?? process.heapTotal,
    boot: record.bootMs ?? null,
  };
}

function describeEnding({ closedBy, recycled, interrupted }: SessionRecord): string | null {
  if (closedBy === 'recycled') return recycled ? `recycled (${recycled})` : 'recycled';
  return interrupted === undefined ? null : 'interrupted';
}

/** A snapshot before the window: RSS is high from then on. */
export const beginsWithCapture = ({ before }: RunSession) => before !== null;

function findMainSite({ allocationSites }: HeapDiff): WorkerFacts['madeIn'] {
  const total = allocationSites.reduce((sum, { bytesDelta }) => sum + Math.max(0, bytesDelta), 0);
  const main = allocationSites.find(({ file }) => isApplicationFile(file));
  if (!main || main.bytesDelta < total * NAMED_SHARE) return null;
  const { function: name, file, line, column } = main;
  return { function: name, file, line, column };
}
