/**
 * What a census may not count. Before version 13 (Node 24) V8 ends the process, by a check of its own that fails, when it
 * counts an object that `JSON.parse` made of four or more names and a number too large for an array, as
 * `{"500": 1, "a": 0, "b": 0, "c": 0, "d": 0}`: some packages keep tables of that kind from their first line on. Nothing
 * can catch that, so such objects are looked for before.
 */
import { types } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import type { PreflightRoom } from '../../session';
import type { HeapInspector } from '../heap-inspector';
import { costOfList } from './cost-oracle';

const MENDED_IN = 13;
/** Half of what was seen to do it: an array with larger gaps is a dictionary to V8. */
const LARGE_INDEX = 16;
const MANY_NAMES = 4;

/** The smallest object has three words, and another one for its place in whatever holds it. */
const SMALLEST_OBJECT = 32;

export interface CensusConditions {
  readonly inspector: HeapInspector;
  /** What there is room for; asked where it matters only. */
  readonly readRoom: () => Pick<PreflightRoom, 'memoryBytes' | 'heapBytes'>;
  /** Bytes of V8's heap that are objects of less than a page. */
  readonly usedBytes: number;
  /** V8's own, as `process.versions.v8`. */
  readonly version?: string;
}

/**
 * Whether V8 may count. To find out takes one full GC and a list of all objects; where there may be no room for that, the
 * answer is no. Runs no code of the application. Objects of other contexts (`node:vm`) are not among them.
 */
export function mayTakeCensus({
  inspector,
  readRoom,
  usedBytes,
  version = process.versions.v8,
}: CensusConditions): boolean {
  if (Number.parseInt(version, 10) >= MENDED_IN) return true;
  if (!isMainThread) return false;
  const most = costOfList(usedBytes / SMALLEST_OBJECT);
  const room = readRoom();
  if (most.memoryBytes > room.memoryBytes || most.heapBytes > room.heapBytes) return false;
  try {
    return !inspector.readInstances('Object.prototype', (objects) => objects.some(isHazard));
  } catch {
    return false;
  }
}

/** Numbers come first among the keys of an object, in their order. */
function isHazard(object: object): boolean {
  if (types.isProxy(object) || Object.getPrototypeOf(object) !== Object.prototype) return false;
  const keys = Object.keys(object);
  if (keys.length <= MANY_NAMES || !isIndex(keys[0]!) || isIndex(keys.at(-MANY_NAMES)!)) return false;
  const names = keys.findIndex((key) => !isIndex(key));
  return Number(keys[names - 1]) >= LARGE_INDEX;
}

/** As V8 sees it: a number without leading zeros, below 2^32 - 1. */
const isIndex = (key: string) => String(Number(key) >>> 0) === key && key !== '4294967295';
