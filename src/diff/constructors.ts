/** Growth by constructor: classes of two heaps matched by name, defining function and definition site. */
import type { ClassTable, HeapClass } from '../heap/classes';
import { classifyNodes, countForeign, type ForeignCounts, findForeign } from '../heap/foreign-nodes';
import type { Heap } from '../heap/heap';
import { mergeShapes } from '../heap/shapes';
import type { SourceLocation } from '../heap/sites';
import type { ConstructorGrowth, Place } from './types';

/** Classes of both heaps, plain objects named by one set of shapes. */
export interface ClassPair {
  readonly before: ClassTable;
  readonly after: ClassTable;
}

/** Groups both heaps by the shapes that are frequent in either, so that a shape is not "Object" on one side only. */
export function pairClasses(before: Heap, after: Heap): ClassPair {
  const shapes = mergeShapes(before.shapes, after.shapes);
  return { before: before.groupByShapes(shapes), after: after.groupByShapes(shapes) };
}

/** What is new and what is gone, by ids that are comparable. */
export function compareIds(before: Heap, after: Heap, classes: ClassPair): ForeignCounts {
  return {
    added: countForeign(findForeign(after.graph.nodes.id, before.ids), classifyNodes(after, classes.after)),
    removed: countForeign(findForeign(before.graph.nodes.id, after.ids), classifyNodes(before, classes.before)),
  };
}

/**
 * Growth of every class of either heap, largest retained growth first, then what retains most; `foreign` is null where
 * ids are not comparable.
 */
export function compareConstructors(classes: ClassPair, foreign: ForeignCounts | null): ConstructorGrowth[] {
  const rows = new Map<string, Row>();
  classes.before.classes.forEach((entry, index) => {
    if (entry.count > 0) rowFor(rows, entry).add('before', entry, foreign?.removed[index] ?? 0);
  });
  classes.after.classes.forEach((entry, index) => {
    if (entry.count > 0) rowFor(rows, entry).add('after', entry, foreign?.added[index] ?? 0);
  });
  const growth = [...rows.values()].map((row) => row.toGrowth(foreign !== null));
  const byGrowth = (a: ConstructorGrowth, b: ConstructorGrowth) =>
    b.retainedDelta - a.retainedDelta || b.shallowDelta - a.shallowDelta || b.retainedAfter - a.retainedAfter;
  return growth.sort(byGrowth);
}

/** What identifies a class in any process of one program. Script ids do not: they differ between processes. */
export function classKey(entry: Pick<HeapClass, 'name' | 'function' | 'location'>): string {
  const { name, location } = entry;
  const site = location ? `${location.file ?? '?'}:${location.line}:${location.column}` : '';
  return `${name}\n${entry.function ?? ''}\n${site}`;
}

/** The same for a row of a report, where a location without a file is none. */
export function rowKey({
  name,
  function: made,
  location,
}: Pick<ConstructorGrowth, 'name' | 'function' | 'location'>): string {
  return classKey({ name, function: made, location: location && { ...location, scriptId: 0 } });
}

/** A source location that can be shown; null when the script's name is unknown. */
export function placeOf(location: SourceLocation | null): Place | null {
  if (!location?.file) return null;
  return { file: location.file, line: location.line, column: location.column };
}

function rowFor(rows: Map<string, Row>, entry: HeapClass): Row {
  const key = classKey(entry);
  let row = rows.get(key);
  if (!row) {
    row = new Row(entry);
    rows.set(key, row);
  }
  return row;
}

/** Two classes of one heap may share a key (one script loaded twice); a row sums them. */
class Row {
  private readonly before = { count: 0, shallow: 0, retained: 0, foreign: 0 };
  private readonly after = { count: 0, shallow: 0, retained: 0, foreign: 0 };

  constructor(private readonly entry: HeapClass) {}

  add(side: 'before' | 'after', entry: HeapClass, foreign: number): void {
    const sums = this[side];
    sums.count += entry.count;
    sums.shallow += entry.shallowSize;
    sums.retained += entry.retainedSize;
    sums.foreign += foreign;
  }

  toGrowth(comparable: boolean): ConstructorGrowth {
    const { entry, before, after } = this;
    return {
      name: entry.name,
      function: entry.function,
      location: placeOf(entry.location),
      countBefore: before.count,
      countAfter: after.count,
      countDelta: after.count - before.count,
      addedCount: comparable ? after.foreign : null,
      removedCount: comparable ? before.foreign : null,
      shallowDelta: after.shallow - before.shallow,
      retainedBefore: before.retained,
      retainedAfter: after.retained,
      retainedDelta: after.retained - before.retained,
      internal: entry.isInternal,
    };
  }
}
