/**
 * One worker of a run, with traffic that is never twice the same:
 *   node worker.cjs PROJECT '{"dir": "…", "mode": "snapshot", "runMode": "preload", "leaks": true, "seed": 7}'
 * Prints the folder of its session. It leaks one Session in ten requests where told to, and otherwise does what services
 * do: fills bounded caches, compiles code late, makes garbage, keeps some requests in flight.
 */
const { createRequire } = require('node:module');
const path = require('node:path');

const [project, json] = process.argv.slice(2);
const { dir, mode, runMode, leaks, seed } = JSON.parse(json);

/** Mulberry32: a run can be repeated. */
let state = seed;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

class Session {
  constructor(id) {
    this.id = id;
    this.token = `token ${id} ${random()}`;
    this.trail = new Array(40).fill(id);
  }
}

class Quote {
  constructor(shop, price) {
    this.shop = shop;
    this.price = price;
    this.text = `${shop} asks ${price}`;
  }
}

const sessions = new Map();
const quotes = new Map();
const inFlight = new Set();
let served = 0;

/** A cache with a bound, which fills during the window. */
function quoteFor(shop) {
  if (!quotes.has(shop)) quotes.set(shop, new Quote(shop, Math.floor(random() * 1000)));
  if (quotes.size > 1500) quotes.delete(quotes.keys().next().value);
  return quotes.get(shop);
}

function serve() {
  const id = served++;
  const request = { id, url: `/quotes/${id}`, headers: { accept: 'json', trace: `t${random()}` } };
  inFlight.add(request);
  const body = JSON.stringify(Array.from({ length: 6 }, () => quoteFor(`shop ${Math.floor(random() * 4000)}`)));
  if (leaks && id % 10 === 0) sessions.set(id, new Session(id));
  // Some answers are slow: their requests stay until others take their place.
  if (random() < 0.99 || inFlight.size > 200) inFlight.delete(request);
  return body.length;
}

/** Code that few requests reach is compiled when the first does. */
function serveRarely() {
  if (random() < 0.1) new Intl.NumberFormat('en').format(served);
  if (random() < 0.1) require('node:zlib').gzipSync(`${random()}`);
  if (random() < 0.1) new URL(`http://localhost/${served}`).searchParams.toString();
}

async function main() {
  const { install } = createRequire(path.join(project, 'package.json'))('heapdiff/agent');
  // A profile alone must be finer to see what little this leaks.
  const samplingInterval = mode === 'profile' ? 8192 : 65_536;
  const handle = install({ dir, mode, runMode, samplingInterval, app: 'worker', signal: 'none', quiet: true });
  for (let warmUp = 0; warmUp < 2000; warmUp++) serve();
  await handle.start();
  const requests = 20_000 + Math.floor(random() * 4000);
  for (let done = 0; done < requests; done++) {
    serve();
    handle.unit('request');
    if (done % 1000 !== 0) continue;
    serveRarely();
    // The event loop must turn for the agent to see collections.
    await new Promise(setImmediate);
  }
  const { folder } = await handle.capture();
  console.log(folder);
}

main();
