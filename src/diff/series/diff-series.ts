/**
 * Several captures to one report: the first and the last are compared, and what grew between them is looked up in each
 * capture in between. Never more than two heaps are open: the last, and one other.
 */
import { HeapdiffError } from '../../errors';
import type { ClassTable } from '../../heap/classes';
import type { Heap } from '../../heap/heap';
import { openHeap } from '../../heap/open-heap';
import { openPair } from '../../heap/open-pair';
import { RetainingTree } from '../../heap/retaining-tree';
import type { ShapeDefinition } from '../../heap/shapes';
import { mergeShapes } from '../../heap/shapes';
import { placeOf, rowKey } from '../constructors';
import { describeSuspect } from '../details/describe-suspect';
import type { SuspectDetails } from '../details/detail-types';
import { analyzePair, type DiffOptions } from '../diff-heaps';
import { isReplaced } from '../replaced';
import type { CommonClass } from '../suspects/groups';
import type { HeldGrowth } from '../suspects/held-growth';
import type { ConstructorGrowth, HeapDiff, Suspect } from '../types';
import { classifySteps } from './classify-steps';
import { joinRecords, unitsAt, workBetween } from './join-records';
import { judgeSeries, rankByTrend, seriesOf } from './judge-series';
import { type CaptureMeasure, type Measure, measureCapture } from './measure-places';
import type { SeriesInputs, StepTrend } from './series-types';
import { haveStayed, Survivors } from './survivors';

/** Compares three captures or more. Throws HeapdiffError for input that cannot be read, and NO_SUCH_SUSPECT. */
export async function diffSeries(inputs: SeriesInputs, options: DiffOptions = {}): Promise<HeapDiff> {
  const { captures } = inputs;
  const ends = await compareEnds(inputs, options);
  const measures = [ends.ofFirst];
  for (let index = 1; index < captures.length - 1; index++) {
    measures.push(await measureBetween(ends, captures[index]!.file, index, captures.length, options));
  }
  measures.push(ends.ofLast);

  const units = unitsAt(captures);
  const work = workBetween(units);
  const diff = addTrends(ends, measures, work);
  const suspects = rankByTrend(diff.suspects);
  const verdict = judgeSeries({ totalBytes: diff.growth.totalBytes, suspects, ofEnds: diff.verdict, work });
  return {
    ...diff,
    ...{ verdict, suspects },
    captures: captures.map(({ file }, at) => {
      const { nodes, edges, totalBytes } = measures[at]!;
      return { file, nodes, edges, totalBytes, units: units[at]! };
    }),
    ...selectDetails(ends.details, diff.suspects, suspects, options),
  };
}

/** What is kept of the comparison of the two ends: the first heap is not. */
interface Ends {
  readonly diff: HeapDiff;
  readonly last: Heap;
  readonly lastTable: ClassTable;
  readonly shapes: readonly ShapeDefinition[];
  readonly growth: readonly HeldGrowth[];
  readonly classes: readonly CommonClass[];
  readonly survivors: Survivors;
  readonly ofFirst: CaptureMeasure;
  readonly ofLast: CaptureMeasure;
  /** By suspect; empty unless one was asked for. */
  readonly details: readonly (SuspectDetails | null)[];
}

async function compareEnds({ captures, profiles }: SeriesInputs, options: DiffOptions): Promise<Ends> {
  const [before, after] = [captures[0]!.file, captures.at(-1)!.file];
  const [first, last] = await openPair(before, after, options);
  options.onProgress?.('comparing', 1);
  const record = joinRecords(captures);
  const analysis = await analyzePair(first, last, { before, after, profile: profiles, record });
  const { classes, pair, traced, diff } = analysis;
  const survivors = new Survivors(last, captures.length);
  survivors.note(first, 0);
  const describe = () => {
    const tree = new RetainingTree(last);
    const { comparable } = diff.identity;
    const request = { values: options.values ?? false, tree };
    return traced.growth.map((_, at) => describeSuspect(pair, traced, comparable, { ...request, suspect: at + 1 }));
  };
  return {
    ...{ diff, last, survivors, lastTable: classes.after, growth: traced.growth, classes: pair.classes },
    shapes: mergeShapes(first.shapes, last.shapes),
    ofFirst: measureCapture(first, classes.before, traced.growth, pair.classes),
    ofLast: measureCapture(last, classes.after, traced.growth, pair.classes),
    details: options.suspect === undefined ? [] : describe(),
  };
}

async function measureBetween(ends: Ends, file: string, index: number, captures: number, options: DiffOptions) {
  const report = options.onProgress ?? (() => undefined);
  const heap = await openHeap(file, {
    ...options,
    onProgress: (step, share) => report(`${step} ${index + 1} of ${captures}`, share),
  });
  ends.survivors.note(heap, index);
  return measureCapture(heap, heap.groupByShapes(ends.shapes), ends.growth, ends.classes);
}

function addTrends(ends: Ends, measures: readonly CaptureMeasure[], work: readonly number[] | null): HeapDiff {
  const { diff, growth, survivors } = ends;
  const bornByClass = survivors.countByClass(ends.lastTable);
  const classSeries = (key: string) => measures.map(({ classes }) => classes.get(key) ?? NOTHING);
  const constructors = diff.constructors.map((row): ConstructorGrowth => {
    const key = rowKey(row);
    const trend = describeTrend(row.countDelta, classSeries(key), bornByClass?.get(key) ?? null, work);
    return { ...row, trend };
  });
  const suspects = diff.suspects.map((suspect, at): Suspect => {
    const { crowds } = growth[at]!;
    const atPlace = measures.map(({ places }) => places[at]!);
    const definition = ends.classes[crowds[0]!.classIndex]!;
    const ofClass = classSeries(rowKey({ ...definition, location: placeOf(definition.location) }));
    // A place that a capture does not know, although it has such objects: they hung from elsewhere then.
    const isMoved = atPlace.some(({ count, bytes }, index) => count === 0 && bytes === 0 && ofClass[index]!.count > 0);
    const born = survivors.countMembers(crowds);
    // Ids may tell that what came is new, however many others of its class have left.
    const isElsewhere =
      isReplaced(suspect.growthCount, ofClass.at(-1)!.count - ofClass[0]!.count) &&
      !haveStayed({ counts: atPlace.map(({ count }) => count), survivors: born });
    return {
      ...suspect,
      trend: describeTrend(suspect.growthCount, isMoved || isElsewhere ? ofClass : atPlace, born, work),
    };
  });
  return { ...diff, constructors, suspects };
}

const NOTHING: Measure = { count: 0, bytes: 0 };

function describeTrend(
  growthCount: number,
  series: readonly Measure[],
  survivors: readonly number[] | null,
  work: readonly number[] | null,
): StepTrend {
  const trend = { counts: series.map(({ count }) => count), bytes: series.map(({ bytes }) => bytes), survivors };
  const kind = classifySteps(seriesOf({ growthCount }, { kind: 'steady', ...trend }), work);
  return { kind, ...trend };
}

/** The details of the suspect that has the asked-for rank now. */
function selectDetails(
  details: Ends['details'],
  unranked: readonly Suspect[],
  ranked: readonly Suspect[],
  { suspect: rank }: DiffOptions,
): Pick<HeapDiff, 'suspectDetails'> {
  if (rank === undefined) return {};
  const chosen = ranked[rank - 1];
  const found = chosen && details[unranked.findIndex(({ holder }) => holder === chosen.holder)];
  if (!found) throw new HeapdiffError('NO_SUCH_SUSPECT', { rank, count: ranked.length });
  return { suspectDetails: { ...found, rank } };
}
