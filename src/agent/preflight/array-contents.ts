/** Looks into the application's arrays, where the cost of a snapshot hangs on what is in them. */
import type { HeapInspector } from '../heap-inspector';
import type { ArrayContents } from './cost-oracle';

/** Arrays of at least so many elements are all looked into; of shorter ones every n-th, so that it is about so many. */
const LONG = 8192;
const MOST_SHORT = 4000;
/** Elements looked at in one array, evenly spread. */
const SAMPLES = 256;

/** Stops the process for some full GCs. Arrays of other contexts (`node:vm`) are not among them. */
export function inspectArrays(inspector: HeapInspector): ArrayContents {
  return inspector.readInstances('Array.prototype', measureArrays);
}

/** Never runs code of the application: elements are read by their descriptors. */
export function measureArrays(arrays: readonly unknown[]): ArrayContents {
  const sum = { elements: 0, references: 0, longest: 0 };
  const stride = Math.max(1, Math.floor(arrays.length / MOST_SHORT));
  for (const [at, array] of arrays.entries()) {
    if (!Array.isArray(array)) continue;
    const isLong = array.length >= LONG;
    if (!isLong && at % stride !== 0) continue;
    const stands = isLong ? 1 : stride;
    const share = shareOfReferences(array);
    sum.elements += stands * array.length;
    sum.references += stands * share * array.length;
    if (share > 0) sum.longest = Math.max(sum.longest, array.length);
  }
  return sum;
}

/** 0 to 1. Small integers are no references, nor are numbers in an array of nothing but numbers. */
function shareOfReferences(array: readonly unknown[]): number {
  const count = Math.min(SAMPLES, array.length);
  let references = 0;
  let boxed = 0;
  for (let sample = 0; sample < count; sample += 1) {
    const at = Math.floor((sample * array.length) / count);
    const value: unknown = Object.getOwnPropertyDescriptor(array, at)?.value;
    if (typeof value === 'number') boxed += Number.isInteger(value) ? 0 : 1;
    else if (value !== null && value !== undefined && typeof value !== 'boolean') references += 1;
  }
  return references === 0 ? 0 : (references + boxed) / count;
}
