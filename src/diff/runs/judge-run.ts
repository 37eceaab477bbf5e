/** One verdict of all workers of a run, and whether growth was the same line in all of them. */

import { median, summarize } from '../statistics';
import type { Verdict, VerdictKind } from '../types';
import type { WorkerFacts, WorkerTrend } from './run-types';
import { countWorkers, describeBytes, describeRate } from './wording';

/** The graver first: where workers disagree evenly, the graver word is said. */
const KINDS: readonly VerdictKind[] = ['leak', 'off-heap', 'growth', 'steady'];
const CONFIDENCES: readonly Verdict['confidence'][] = ['low', 'medium', 'high'];
/** Less is what any running program shows. */
const NOISE_BYTES = 256 * 1024;
/** Rates of one line lie so near to their median, either way. */
const SAME_FACTOR = 1.5;
/** So many of the workers must, once there are a few: a recycled worker may have had an odd life. */
const SAME_SHARE = 0.8;

/** What most workers show, in the words of the one among them that is surest. */
export function judgeRun(workers: readonly WorkerFacts[]): Verdict {
  const [only] = workers;
  if (workers.length === 1) return only!.verdict;
  const ofKind = (kind: VerdictKind) => workers.filter(({ verdict }) => verdict.kind === kind);
  const kind = [...KINDS].sort((a, b) => ofKind(b).length - ofKind(a).length)[0]!;
  const agreeing = ofKind(kind);
  const surest = [...agreeing].sort((a, b) => rankOf(b) - rankOf(a) || b.growthBytes - a.growthBytes)[0]!;
  const isUnanimous = agreeing.length === workers.length;
  const confidence = isUnanimous ? surest.verdict.confidence : CONFIDENCES[Math.max(0, rankOf(surest) - 1)]!;
  const others = KINDS.filter((other) => other !== kind && ofKind(other).length > 0);
  const rest = others.map((other) => `${ofKind(other).length} ${other}`).join(', ');
  const share = isUnanimous
    ? `all ${countWorkers(workers.length)}`
    : `${agreeing.length} of ${countWorkers(workers.length)}`;
  const summary = `In ${share}${rest === '' ? '' : ` (${rest})`}: ${surest.verdict.summary}`;
  return { kind, confidence, summary };
}

const rankOf = ({ verdict }: WorkerFacts) => CONFIDENCES.indexOf(verdict.confidence);

/** Null for a single worker. Growth is compared per unit of work where it is known. */
export function findWorkerTrend(workers: readonly WorkerFacts[], unit: string | null): WorkerTrend | null {
  const known = workers.filter(({ growthPer1000 }) => unit === null || growthPer1000 !== null);
  if (known.length < 2) return null;
  const grown = known.filter(({ growthBytes }) => growthBytes >= NOISE_BYTES);
  if (grown.length === 0) {
    return {
      kind: 'steady',
      summary: `None of ${countWorkers(known.length)} grew beyond what any running program does.`,
    };
  }
  const rates = known.map(({ growthPer1000, growthBytes }) => growthPer1000 ?? growthBytes);
  const middle = median(rates);
  const same = rates.filter((rate) => rate >= middle / SAME_FACTOR && rate <= middle * SAME_FACTOR);
  const fewest = known.length < 5 ? known.length : Math.ceil(known.length * SAME_SHARE);
  const { min, max } = summarize(same.length > 0 ? same : rates)!;
  if (middle <= 0 || same.length < fewest) {
    const all = summarize(rates)!;
    const summary =
      `Not the same line in all: ${grown.length} of ${countWorkers(known.length)} grew, ` +
      `from ${describeBytes(all.min)} to ${describeBytes(all.max)} ${describeRate(unit)}.`;
    return { kind: 'differing', summary };
  }
  const which = same.length === known.length ? `all ${known.length}` : `${same.length} of ${known.length}`;
  const summary =
    `The same line in ${which} workers: ${describeBytes(middle)} ${describeRate(unit)} each ` +
    `(${describeBytes(min)} to ${describeBytes(max)})${describeOrigin(known)}.`;
  return { kind: 'same', summary };
}

/** The place that made most of it, when it is one place in most workers. */
function describeOrigin(workers: readonly WorkerFacts[]): string {
  const counts = new Map<string, number>();
  for (const { madeIn } of workers) {
    if (!madeIn) continue;
    const place = `${madeIn.function || 'an anonymous function'} (${madeIn.file}:${madeIn.line})`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!most || most[1] < workers.length * SAME_SHARE) return '';
  return `, most of it made in ${most[0]}`;
}
