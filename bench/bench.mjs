// heapdiff and its peers on generated snapshots: whole processes in turn, medians, ratios, peak RSS.
//
//   npm run bench -- [--sizes 5,100] [--runs 5] [--timeout 900] [--tools heapdiff,memlab]
//     [--write-heap] [--keep]
//
// Prints a table and writes bench/results.json, where what is not measured this time stays; `node bench/tables.mjs` then
// writes the tables of the documents. Files of a gigabyte or more are measured once unless --runs says otherwise. Stops
// with an error when two tools disagree about the growth of a constructor. --write-heap uses real snapshots of a small
// program instead of generated ones (up to some 100 MB).
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writePair } from './generate-snapshot.mjs';
import { measureProcess, median } from './measure.mjs';
import { installPeers, listTools } from './tools.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '5,100' },
    runs: { type: 'string' },
    timeout: { type: 'string', default: '900' },
    tools: { type: 'string' },
    'write-heap': { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
});
const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const RESULTS = at('results.json');
const LARGE_MEGABYTES = 1000;
const RUNS = 5;
const COMPARED = ['Session', 'Order'];

function writeInputs(folder, megabytes) {
  const pair = [path.join(folder, 'a.heapsnapshot'), path.join(folder, 'b.heapsnapshot')];
  if (values['write-heap']) {
    execFileSync(process.execPath, ['--max-old-space-size=12000', at('write-pair.mjs'), folder, String(megabytes)]);
  } else writePair(...pair, megabytes);
  return pair;
}

/** All tools find the inputs in the page cache, and not only the one that comes after another reader. */
async function readThrough(files) {
  for (const file of files) for await (const _ of createReadStream(file, { highWaterMark: 1 << 22 }));
}

/** In turn, so that what else the machine does meets all tools alike. A tool that fails once is not asked again. */
async function measureTools(tools, files, count) {
  const runs = new Map(tools.map((tool) => [tool, []]));
  for (let run = 0; run < count; run++) {
    for (const tool of tools) {
      const done = runs.get(tool);
      if (tool.missing || done.some(({ error }) => error)) continue;
      await readThrough(files);
      done.push(await measureProcess(tool, path.dirname(files[0]), Number(values.timeout)));
    }
  }
  return runs;
}

function summarizeRuns(runs) {
  return [...runs].map(([{ job, tool, missing }, done]) => {
    const error = missing ?? done.find((run) => run.error)?.error;
    if (error) return { job, tool, error };
    const middle = (key) => Number(median(done.map((run) => run[key])).toFixed(3));
    const fastest = Math.min(...done.map(({ seconds }) => seconds));
    const row = { job, tool, runs: done.length, fastestSeconds: Number(fastest.toFixed(3)) };
    for (const key of ['seconds', 'cpuSeconds', 'peakMegabytes']) row[key] = middle(key);
    return { ...row, ...compareRuns([...runs].find(([other]) => isOwn(other) && other.job === job)?.[1], done) };
  });
}

const isWanted = ({ tool }) => !values.tools || values.tools.split(',').includes(tool);
const isOwn = ({ tool }) => tool === 'heapdiff';

/** A tool against heapdiff at the same job, turn by turn: both met the same moment of the machine. */
function compareRuns(own, runs) {
  if (!own || own === runs || own.some(({ error }) => error)) return {};
  const ratio = (of) => Number(median(runs.map((run, turn) => of(run, own[turn]))).toFixed(2));
  return {
    timeRatio: ratio((theirs, ours) => theirs.seconds / ours.seconds),
    memoryRatio: ratio((theirs, ours) => ours.peakMegabytes / theirs.peakMegabytes),
  };
}

/** By how many objects each compared constructor grew, once all tools agree. */
function checkAgreement(runs) {
  return Object.fromEntries(
    COMPARED.map((name) => {
      const growth = [...runs]
        .filter(([{ readGrowth }, [first]]) => readGrowth && first && !first.error)
        .map(([{ tool, readGrowth }, [{ output }]]) => [tool, readGrowth(output, name)]);
      if (new Set(growth.map(([, count]) => count)).size > 1) {
        throw new Error(`${name} grew by ${growth.map(([tool, count]) => `${count} for ${tool}`).join(', ')}`);
      }
      return [name, growth[0]?.[1] ?? null];
    }),
  );
}

function printRows({ beforeMegabytes, afterMegabytes, growth }, rows) {
  const grown = Object.entries(growth).map(([name, count]) => `${name} +${count}`);
  console.log(`\n${beforeMegabytes} + ${afterMegabytes} MB; all agree: ${grown.join(', ')}`);
  for (const row of rows) {
    const label = `${row.job.padEnd(8)} ${row.tool.padEnd(24)}`;
    if (row.error) console.log(label, row.error);
    else {
      const ratios = row.timeRatio ? `heapdiff ${row.timeRatio}x as fast, ${row.memoryRatio} of the memory` : '';
      console.log(
        label,
        `${row.seconds.toFixed(2)} s`.padStart(9),
        `(${row.fastestSeconds.toFixed(2)} s)`.padStart(11),
        `${row.peakMegabytes.toFixed(0)} MB`.padStart(9),
        ratios,
      );
    }
  }
}

async function benchSize(megabytes, packages, missing) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bench-'));
  try {
    const files = writeInputs(folder, megabytes);
    const [before, after] = files;
    const sizeOf = (file) => Math.round(statSync(file).size / 1e6);
    const tools = listTools(packages, before, after, missing).filter(isWanted);
    const runs = await measureTools(tools, files, Number(values.runs ?? (megabytes >= LARGE_MEGABYTES ? 1 : RUNS)));
    const rows = summarizeRuns(runs);
    const result = { beforeMegabytes: sizeOf(before), afterMegabytes: sizeOf(after), growth: checkAgreement(runs) };
    printRows(result, rows);
    return { megabytes, ...result, tools: rows };
  } finally {
    if (!values.keep) rmSync(folder, { recursive: true, force: true });
  }
}

/** What was measured before on the same runtime. */
function readEarlier() {
  const earlier = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : null;
  return earlier?.node === process.version && earlier.inputs === inputs ? earlier.sizes : [];
}

const inputs = values['write-heap'] ? 'written by Node' : 'generated';
const packages = at('.work/peers');
const missing = installPeers(packages);
console.log(`Node ${process.version}, ${os.availableParallelism()} cores, medians of runs in turn`);
const sizes = new Map(readEarlier().map((size) => [size.megabytes, size]));
for (const megabytes of values.sizes.split(',').map(Number)) {
  const measured = await benchSize(megabytes, packages, missing);
  const kept = sizes.get(megabytes)?.tools.filter((row) => !isWanted(row)) ?? [];
  sizes.set(megabytes, { ...measured, tools: [...measured.tools, ...kept] });
  const results = { node: process.version, cores: os.availableParallelism(), inputs, sizes: [...sizes.values()] };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
}
