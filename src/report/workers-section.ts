/** The workers of one run in order of time: how each grew, and what it had come to. */
import type { RunsReport } from '../diff/runs/run-types';
import * as numbers from '../format-numbers';
import type { Section } from './sections';
import type { Style } from './style';
import type { Row } from './table';
import { cleanText } from './text-width';

type Run = RunsReport['runs'][number];
type Worker = Run['workers'][number];

export function describeWorkers({ label, workers }: Run, unit: string | null, style: Style): Section {
  const first = workers.find(({ endedAt }) => endedAt !== null)?.endedAt ?? null;
  const rows = workers.map(
    (worker): Row => ({
      cells: [
        worker.pid === null ? baseName(worker.name) : `pid ${worker.pid}`,
        worker.workerId === null ? '' : String(worker.workerId),
        worker.endedAt === null || first === null ? '' : `+${numbers.formatSeconds((worker.endedAt - first) / 1000)}`,
        worker.units === null ? '' : numbers.formatCount(worker.units),
        describeGrowth(worker, unit),
        numbers.formatBytes(worker.endLiveHeap),
        worker.endRss === null ? '' : numbers.formatBytes(worker.endRss),
        worker.verdict.kind,
        cleanText(worker.ending ?? ''),
      ],
      paint: (text, column) => (column === 7 && worker.verdict.kind === 'leak' ? style.red(text) : text),
    }),
  );
  const columns = [
    { head: 'worker', kind: 'name' },
    { head: 'id', kind: 'number' },
    { head: 'ended', kind: 'number' },
    { head: unit === null ? 'units' : `${cleanText(unit)}s`, kind: 'number' },
    { head: unit === null ? 'growth' : 'growth per 1,000', kind: 'number' },
    { head: 'live heap at end', kind: 'number' },
    { head: 'RSS at end', kind: 'number' },
    { head: 'verdict', kind: 'name' },
    { head: 'ended by', kind: 'name', dropBelow: 96, yields: true },
  ] as const;
  return { title: `Workers of ${cleanText(label)}, in order of time`, columns, rows, remarks: [] };
}

function describeGrowth({ growthPer1000, growthBytes }: Worker, unit: string | null): string {
  const rate = unit === null ? growthBytes : growthPer1000;
  return rate === null ? '–' : numbers.formatBytesDelta(rate);
}

const baseName = (name: string) => cleanText(name.slice(name.lastIndexOf('/') + 1));
