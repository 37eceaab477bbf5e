/**
 * What sampling costs while a window is open: CPU time per request with sampling, relative to without, by the mean bytes
 * between two samples. One process per row, in which slices with and without take turns: so close in time, what else
 * runs on the machine meets both. The control samples in neither.
 * Usage: node bench/sampling.mjs [pairs of slices per row]
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PAIRS = Number(process.argv[2] ?? 60);
const INSPECTOR = fileURLToPath(new URL('../dist/agent/heap-inspector.js', import.meta.url));
/** Mean bytes between two samples; null for the control. */
const INTERVALS = [null, 32, 64, 128, 256, 512].map((kib) => kib && kib * 1024);

/** `request(i)` of each load, 2,000 objects; 100,000 more are alive, some of which are replaced. */
const COMMON = `
  const live = Array.from({ length: 100000 }, (_, id) => ({ id, name: 'n' + id }));
  const keep = (i, item) => { live[i % live.length] = item; };
  const makeItem = (i) => ({ id: i, tags: [i, i + 1], name: 'item' + i, at: { x: i, y: i } });
  const makeItems = (i) => {
    const items = [];
    for (let k = 0; k < 400; k++) items.push(makeItem(i + k));
    keep(i, items[0]);
    return items.length;
  };
  const below = (frames, work, i) => (frames === 0 ? work(i) : below(frames - 1, work, i) + 1);`;

const LOADS = {
  'nothing but objects, few frames': 'const request = makeItems;',
  'nothing but objects, 40 frames': 'const request = (i) => below(40, makeItems, i);',
  'a service, 25 frames': `
    const { createHash } = require('node:crypto');
    const body = JSON.stringify(Array.from({ length: 150 }, (_, id) => ({ id, sku: 'sku-' + id, tags: ['a', 'b'], price: id / 3 })));
    const serve = (i) => {
      const order = JSON.parse(body);
      const valid = order.filter(({ sku }) => /^sku-\\d+$/.test(sku)).sort((a, b) => b.price - a.price);
      const rows = valid.map(({ id, sku, price }) => ({ id, text: sku + ': ' + price.toFixed(2) }));
      keep(i, rows[0]);
      return createHash('sha256').update(JSON.stringify(rows)).digest('hex').length;
    };
    const request = (i) => below(25, serve, i);`,
};

const MEASURE = `
  const { GCProfiler } = require('node:v8');
  const { HeapInspector } = require(process.env.HEAPDIFF_TEST_MODULE);
  const interval = JSON.parse(process.env.HEAPDIFF_TEST_INTERVAL);
  const inspector = new HeapInspector();
  let count = 0;
  /** CPU time per request, V8's helper threads included, in microseconds. */
  const slice = (ms) => {
    const cpu = process.cpuUsage();
    const first = count;
    for (const begin = performance.now(); performance.now() - begin < ms; ) for (let i = 0; i < 5; i++) request(count++);
    const { user, system } = process.cpuUsage(cpu);
    return (user + system) / (count - first);
  };
  const sampled = (ms) => {
    if (interval === null) return slice(ms);
    inspector.startSampling(interval);
    const took = slice(ms);
    inspector.stopSampling();
    return took;
  };
  /** Bytes allocated in a second. */
  const measureRate = () => {
    const profiler = new GCProfiler();
    profiler.start();
    slice(1000);
    const { statistics, startTime, endTime } = profiler.stop();
    const used = (end) => end.heapStatistics.usedHeapSize;
    const bytes = statistics.slice(1).map(({ beforeGC }, at) => used(beforeGC) - used(statistics[at].afterGC));
    return bytes.reduce((sum, more) => sum + more, 0) / ((endTime - startTime) / 1000);
  };
  slice(2000);
  const rate = measureRate();
  const ratios = [];
  for (let pair = 0; pair < Number(process.env.HEAPDIFF_TEST_PAIRS); pair++) {
    const first = pair % 2 === 0;
    const [a, b] = first ? [sampled(150), slice(150)] : [slice(150), sampled(150)];
    ratios.push(first ? a / b : b / a);
  }
  console.log(JSON.stringify({ rate, ratios }));`;

console.log(`${process.version}, ${PAIRS} pairs of slices per row; CPU time per request relative to without sampling`);
for (const [name, load] of Object.entries(LOADS)) {
  const rows = INTERVALS.map((interval) => ({ interval, ...measure(load, interval) }));
  const rates = rows.map(({ rate }) => rate / 2 ** 20);
  console.log(`  ${name}: ${quantile(rates, 0.5).toFixed(0)} MiB allocated per second`);
  for (const { interval, ratios } of rows) {
    const label = interval ? `every ${interval / 1024} KiB` : 'control';
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(3));
    console.log(`    ${label.padEnd(14)} ${middle}   (half of the pairs: ${low} to ${high})`);
  }
}

function measure(load, interval) {
  const env = {
    ...process.env,
    HEAPDIFF_TEST_MODULE: INSPECTOR,
    HEAPDIFF_TEST_INTERVAL: JSON.stringify(interval),
    HEAPDIFF_TEST_PAIRS: String(PAIRS),
  };
  const run = spawnSync(process.execPath, ['-e', COMMON + load + MEASURE], { env, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length * share)];
}
