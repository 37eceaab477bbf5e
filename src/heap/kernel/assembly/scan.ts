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
 *   beginLabels(first)         numbers of labels begin at `first`, over 0
 *   lookUpLabels(types, names, rows): count   numbers of the labels whose types and names stand in two columns: to LABELS
 *                              as u16, 0 for those without; their rows to UNKNOWN as u16
 *   findLabel(type, name), addLabel(type, name), labelCount()
 *
 * Column f of a batch is at OUTPUT + f * BATCH_ROWS * 4, low 32 bits of each value; values of 2^32 and more are listed
 * at WIDE as (row, field, high) triples of u32. Types of labels are at LABEL_TYPE (u8), names at LABEL_NAME (u32).
 */
export { addLabel, beginLabels, findLabel, labelCount, lookUpLabels } from './labels';
export {
  fault,
  inputBytes,
  inputOffset,
  isClosed,
  labelNameOffset,
  labelsOffset,
  labelTypeOffset,
  outputOffset,
  unknownOffset,
  wideOffset,
} from './memory';
export { beginRows, largest, looseFields, nextBatch, rowCount, scanRows, wideCount } from './rows';
export { beginStrings, eventCount, scanStrings } from './strings';
