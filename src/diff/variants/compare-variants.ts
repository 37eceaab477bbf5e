/** Sessions of several variants to one table. One after the other: at most two heaps are open at a time. */
import type { OpenHeapOptions } from '../../heap/open-heap';
import { measureGrowth } from '../runs/heap-growth';
import { diffSession, labelProgress } from '../runs/measure-session';
import type { RunSession } from '../runs/run-types';
import type { HeapDiff } from '../types';
import { judgeVariant } from './judge-variant';
import type { Ends, VariantFacts, VariantsReport } from './variant-types';

export interface Variant {
  readonly label: string;
  readonly session: RunSession;
}

/** Throws HeapdiffError for input that cannot be read. */
export async function compareVariants(
  inputs: readonly Variant[],
  options: OpenHeapOptions = {},
): Promise<VariantsReport> {
  const variants: VariantFacts[] = [];
  for (const { label, session } of inputs) {
    const diff = await diffSession(session, labelProgress(options, label));
    variants.push(describeVariant(label, session, diff));
  }
  return { schema: 'heapdiff/table@1', variants, notes: noteDoubts(variants) };
}

function describeVariant(label: string, session: RunSession, diff: HeapDiff): VariantFacts {
  const { name, record } = session;
  const { memory } = diff;
  const { perUnit } = diff.growth;
  const growth = measureGrowth(diff, session).bytes;
  const liveHeap = diff.after.totalBytes;
  const externalAt = (end: 'before' | 'after') => record![end].memory.process.external;
  return {
    ...{ label, name },
    nodeVersion: diff.after.nodeVersion,
    runMode: record?.runMode.kind ?? null,
    work: perUnit && { unit: perUnit.unit, count: perUnit.count },
    rss: record && memory && rssWithoutCapture(record.before.memory.process.rss, memory.rssDelta),
    liveHeap: { before: liveHeap - growth, after: liveHeap },
    external: record && { before: externalAt('before'), after: externalAt('after') },
    growthPer1000: perUnit && (growth / perUnit.count) * 1000,
    verdict: judgeVariant(diff, record, growth),
  };
}

/** The ledger's growth counts from after the first capture, which leaves memory behind that is not the program's. */
function rssWithoutCapture(before: number, delta: number): Ends {
  return { before, after: before + delta };
}

/** Unlike amounts of work by this factor leave a warm-up unlike weights. */
const UNEVEN_WORK = 2;

function noteDoubts(variants: readonly VariantFacts[]): string[] {
  const counts = variants.flatMap(({ work }) => (work ? [work.count] : []));
  const notes: string[] = [];
  if (counts.length > 0 && counts.length < variants.length) {
    notes.push('Not every variant counted units of work: growth per 1,000 is missing for those.');
  }
  if (Math.max(...counts) > Math.min(...counts) * UNEVEN_WORK) {
    notes.push('The variants did unlike amounts of work: a warm-up of fixed size weighs more where it was less.');
  }
  return notes;
}
