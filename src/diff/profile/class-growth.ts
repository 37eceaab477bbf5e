/** Growth by class where classes were counted instead of written: two histograms to rows of a report. */
import fs from 'node:fs';
import { HeapdiffError } from '../../errors';
import { CLASSES_SCHEMA, type ClassHistogram } from '../../session';
import type { ConstructorGrowth } from '../types';

/** By how many more objects there are. Of bytes and places a count knows nothing. Throws CLASSES_CORRUPT. */
export function diffClasses(files: { readonly before: string; readonly after: string }): ConstructorGrowth[] {
  const before = countByName(readHistogram(files.before));
  const after = countByName(readHistogram(files.after));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => toGrowth(name, before.get(name) ?? 0, after.get(name) ?? 0))
    .sort((a, b) => b.countDelta - a.countDelta);
}

function toGrowth(name: string, countBefore: number, countAfter: number): ConstructorGrowth {
  return {
    ...{ name, function: null, location: null, internal: false },
    ...{ countBefore, countAfter, countDelta: countAfter - countBefore, addedCount: null, removedCount: null },
    ...{ shallowDelta: 0, retainedBefore: 0, retainedAfter: 0, retainedDelta: 0 },
  };
}

function countByName({ classes }: ClassHistogram): Map<string, number> {
  return new Map(classes.map(({ name, count }) => [name, count]));
}

function readHistogram(file: string): ClassHistogram {
  let value: Partial<ClassHistogram> | null = null;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    // Not JSON: reported below.
  }
  const isValid =
    value?.schema === CLASSES_SCHEMA &&
    Array.isArray(value.classes) &&
    value.classes.every(({ name, count }) => typeof name === 'string' && Number.isInteger(count));
  if (!isValid) throw new HeapdiffError('CLASSES_CORRUPT', { file });
  return value as ClassHistogram;
}
