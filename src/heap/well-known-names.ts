import { isDigit, SPACE } from './scan/ascii';

/** Hidden classes of strings whose text lies outside of V8's heap, from Node 24 on. */
export const EXTERNAL_STRING_MAPS = [
  'system / Map (ExternalOneByteString)', 'system / Map (ExternalTwoByteString)',
  'system / Map (ExternalInternalizedOneByteString)', 'system / Map (ExternalInternalizedTwoByteString)',
  'system / Map (UncachedExternalOneByteString)', 'system / Map (UncachedExternalTwoByteString)',
  'system / Map (UncachedExternalInternalizedOneByteString)', 'system / Map (UncachedExternalInternalizedTwoByteString)',
] as const; // biome-ignore format: a word list

/** Strings that the engine looks for in every heap; where a name is used it says why. */
export const WELL_KNOWN_NAMES = [
  // Nodes
  'Object', '__proto__', 'process', 'system / Context', 'system / NativeContext', 'system / ExternalStringData',
  'system / JSArrayBufferData', 'system / JSProxy', 'system / Cell', 'system / SourceTextModule', '(map descriptors)',
  '(Document DOM trees)', 'Module', 'Node / Worker',
  ...EXTERNAL_STRING_MAPS,
  // V8's roots
  '(Internalized strings)', '(External strings)', '(Weak roots)', '(Weak refs)', '(Compilation cache)',
  '(Handle scope)', '(Stack roots)', '(Builtins)', '(Debugger)',
  // Edges
  'context', 'previous', 'shared', 'script', 'script_or_debug_info', 'scope_info', 'name_or_scope_info', 'version',
  'sloppy_function_map', 'map', 'prototype', 'constructor', 'feedback_cell', 'code', 'dependent_code', 'initial_map',
  'native_context', 'transition', 'descriptors', 'back_pointer', 'own_names', 'properties_template',
  'native_to_javascript', 'function', 'parameters_and_registers', 'filename', 'url', 'exports', 'children', 'this',
  '<symbol heapdiff.agent>',
] as const; // biome-ignore format: a word list

/** Beginnings that it looks for. */
export const WELL_KNOWN_BEGINNINGS = ['system / Context / '] as const;

/** Names of a WeakMap's entries begin with a number and go on with this and more, see `ephemerons.ts`. */
const EPHEMERON_BYTES = ' / part of key '.length;

/** Lengths from here on are not told apart. */
const LONG = 63;
const BYTES = 256;
/** By length and byte: whether a string that is looked for begins with the byte, or ends with it. */
const MAY_BEGIN = new Uint8Array((LONG + 1) * BYTES);
const MAY_END = new Uint8Array((LONG + 1) * BYTES);

for (const name of WELL_KNOWN_NAMES) {
  MAY_BEGIN[rowOf(name.length) + name.charCodeAt(0)] = 1;
  MAY_END[rowOf(name.length) + name.charCodeAt(name.length - 1)] = 1;
}
for (const beginning of WELL_KNOWN_BEGINNINGS) markLonger(beginning.length, beginning.charCodeAt(0));
for (let digit = 0; digit <= 9; digit++) markLonger(EPHEMERON_BYTES, 48 + digit);

/** Whether a string of so many bytes may be one that is looked for: so most need not be looked at. */
export function mayBeSought(length: number, first: number, last: number): boolean {
  const row = rowOf(length);
  return MAY_BEGIN[row + first] === 1 && MAY_END[row + last] === 1;
}

/** Whether a string that begins at `from` is an id or the like: WeakMap entries begin with a number and a space. */
export function beginsLikeId(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at > from && at < bytes.length && bytes[at] !== SPACE;
}

function markLonger(shortest: number, first: number): void {
  for (let length = shortest; length <= LONG; length++) {
    MAY_BEGIN[rowOf(length) + first] = 1;
    MAY_END.fill(1, length * BYTES, (length + 1) * BYTES);
  }
}

function rowOf(length: number): number {
  return (length < LONG ? length : LONG) * BYTES;
}
