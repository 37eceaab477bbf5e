/**
 * The scanning kernel, AssemblyScript (TypeScript syntax, WebAssembly types). `npm run build:kernel` compiles it.
 *
 * ABI. The host copies a block of the file to INPUT (at most INPUT_BYTES, 16 bytes of slack follow), calls a scan
 * function with offsets into it, and reads results from OUTPUT:
 *
 *   beginRows(fieldCount)      a list of integers begins; the host has consumed its `[`
 *   scanRows(from, to): pos    fills columns; stops at `to`, at a full batch, at the list's `]`, at a fault, and before
 *                              a number that touches `to` (the host gives those bytes again, with what follows);
 *                              a batch is full at BATCH_ROWS rows or WIDE_ENTRIES wide values
 *   nextBatch()                forgets complete rows, keeps an incomplete one
 *   rowCount(), looseFields(), isClosed(), fault(), wideCount(), largest(field)
 *   scanStrings(from, to): pos writes pairs of offsets (first byte, closing quote) of the strings that end or begin
 *   beginStrings(), eventCount()
 *   beginLabels(types)         edges of so many types begin; INDEXED tells of each whether numbers name it
 *   labelRows(types, names, rows): row   labels the rows whose types and names stand in two columns, up to the first of a type
 *                              that there is not: to LABELS, u16; rows and names of those with rare names to RARE_ROWS, u16,
 *                              and RARE_NAMES, u32
 *   labelCount(), rareCount(), largestWord()
 *   packTargets(column, rows, width, shift, odd, inverse, limit): row   divides the rows of a column, up to the first that is
 *                              no multiple, or not below the limit: to TARGETS, so many bytes each
 *
 * Column f of a batch is at OUTPUT + f * BATCH_ROWS * 4, low 32 bits of each value; values of 2^32 and more are listed
 * at WIDE as (row, field, high) triples of u32. Types of labels are at LABEL_TYPE (u8), names at LABEL_NAME (u32).
 */
export { beginLabels, labelCount, labelRows, largestWord, rareCount } from './labels';
export {
  fault,
  indexedOffset,
  inputBytes,
  inputOffset,
  isClosed,
  labelNameOffset,
  labelsOffset,
  labelTypeOffset,
  outputOffset,
  rareNamesOffset,
  rareRowsOffset,
  targetsOffset,
  wideOffset,
} from './memory';
export { beginRows, largest, looseFields, nextBatch, rowCount, scanRows, wideCount } from './rows';
export { packTargets } from './targets';
export { beginStrings, eventCount, scanStrings } from './strings';
