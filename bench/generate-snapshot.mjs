// Writes synthetic but valid snapshots of any size, streamed: seconds per gigabyte and little memory.
//
//   node bench/generate-snapshot.mjs FILE --mb 1000 [--pair AFTER] [--growth 0.1] [--seed 1] [--wide-ids]
//     [--string-length 4000]
//
// The same options give the same bytes. With --pair a second file is written whose Map `sessions` has grown by
// --growth: the leak. --wide-ids begins the ids of objects beyond 2^32; --string-length pads one string in 24 nodes,
// which is how the strings of a file come to exceed 4 GB.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DigitWriter } from './synthetic/digit-writer.mjs';
import { FixedPart } from './synthetic/fixed-part.mjs';
import { GrowingPart } from './synthetic/growing-part.mjs';
import { headerOf } from './synthetic/header.mjs';
import {
  EdgeCounter,
  measureCell,
  writeEdges,
  writeLocations,
  writeNodes,
  writeStrings,
} from './synthetic/sections.mjs';

const DEFAULTS = { seed: 1, growth: 0.1, wideIds: false, stringLength: 0 };

/** Writes one snapshot of `cells` cells, of which the first `orderedCells` are also orders. */
export function writeSnapshot(file, cells, orderedCells, options = {}) {
  const { seed, wideIds, stringLength } = { ...DEFAULTS, ...options };
  const fixed = new FixedPart();
  const growing = new GrowingPart(fixed, { seed, cells, orderedCells });
  const counter = new EdgeCounter(fixed, growing).count();
  const out = new DigitWriter(file);
  out.text(`{"snapshot":${headerOf(counter.nodes, counter.edges)},\n"nodes":[`);
  writeNodes(out, fixed, growing, wideIds);
  out.text('],\n"edges":[');
  writeEdges(out, fixed, growing);
  out.text('],\n"trace_function_infos":[],\n"trace_tree":[],\n"samples":[],\n"locations":[');
  writeLocations(out, fixed, growing);
  out.text('],\n"strings":[');
  writeStrings(out, fixed, growing, stringLength);
  out.text(']}');
  out.close();
  return { file, bytes: out.bytes, nodes: counter.nodes, edges: counter.edges };
}

/** How many cells make a file of about `bytes`. */
export function countCells(bytes, options = {}) {
  let cells = Math.max(1, Math.round(bytes / 2000));
  for (let round = 0; round < 4; round++) {
    cells = Math.max(1, Math.round(bytes / measureCell(cells, { ...DEFAULTS, ...options })));
  }
  return cells;
}

/** Writes a pair; the second has `growth` more members in its Map. */
export function writePair(before, after, megabytes, options = {}) {
  const { growth } = { ...DEFAULTS, ...options };
  const cells = countCells(megabytes * 1e6, options);
  const grown = cells + Math.max(1, Math.round(cells * growth));
  return [writeSnapshot(before, cells, cells, options), writeSnapshot(after, grown, cells, options)];
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mb: { type: 'string', default: '100' },
      pair: { type: 'string' },
      growth: { type: 'string', default: '0.1' },
      seed: { type: 'string', default: '1' },
      'wide-ids': { type: 'boolean', default: false },
      'string-length': { type: 'string', default: '0' },
    },
  });
  const [file] = positionals;
  if (!file) throw new Error('Usage: node bench/generate-snapshot.mjs FILE [--mb N] [--pair AFTER]');
  const options = {
    seed: Number(values.seed),
    growth: Number(values.growth),
    wideIds: values['wide-ids'],
    stringLength: Number(values['string-length']),
  };
  const megabytes = Number(values.mb);
  const cells = countCells(megabytes * 1e6, options);
  const written = values.pair
    ? writePair(file, values.pair, megabytes, options)
    : [writeSnapshot(file, cells, cells, options)];
  for (const { file: name, bytes, nodes, edges } of written) {
    console.log(`${path.basename(name)}: ${(bytes / 1e6).toFixed(0)} MB, ${nodes} nodes, ${edges} edges`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
