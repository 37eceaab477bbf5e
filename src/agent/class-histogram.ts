/**
 * How many live objects there are of every class: what can still be said where there is no room for a snapshot.
 * A tenth of a snapshot's memory and a third of its pause or less.
 */
import type { ClassHistogram } from '../session';
import { CLASSES_SCHEMA } from '../session';
import { toCaptureError } from './capture-error';
import { writeComplete } from './complete-file';
import type { HeapInspector } from './heap-inspector';

/** Classes written, the most numerous first. What makes a class per call has thousands. */
const MOST_CLASSES = 2_000;

/** Collects all garbage and counts; one pause. Objects without a prototype and those of other contexts are not counted. */
export function countClasses(inspector: HeapInspector): ClassHistogram {
  const counts = inspector.readInstances('Object.prototype', countByPrototype);
  const byName = new Map<string, number>();
  for (const [prototype, count] of counts) {
    const name = nameClass(prototype);
    byName.set(name, (byName.get(name) ?? 0) + count);
  }
  const classes = [...byName].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
  const objects = classes.reduce((sum, { count }) => sum + count, 0);
  return { schema: CLASSES_SCHEMA, objects, classes: classes.slice(0, MOST_CLASSES) };
}

/** Throws CAPTURE_FAILED. */
export async function writeHistogram(file: string, histogram: ClassHistogram): Promise<void> {
  await writeComplete(file, `${JSON.stringify(histogram)}\n`).catch((cause) => {
    throw toCaptureError(`writing ${file}`, cause);
  });
}

function countByPrototype(objects: readonly object[]): Map<object | null, number> {
  const counts = new Map<object | null, number>();
  for (const object of objects) {
    const prototype: object | null = Object.getPrototypeOf(object);
    counts.set(prototype, (counts.get(prototype) ?? 0) + 1);
  }
  return counts;
}

/** The name of the constructor that a prototype belongs to. Runs no code of the application: no getter, no proxy's trap. */
function nameClass(prototype: object | null): string {
  const maker = readPlainly(prototype, 'constructor');
  const name = typeof maker === 'function' ? readPlainly(maker, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? name : '(anonymous class)';
}

function readPlainly(object: object | null, key: string): unknown {
  const { types } = require('node:util') as typeof import('node:util');
  if (object === null || types.isProxy(object)) return undefined;
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
