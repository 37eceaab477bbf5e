/**
 * Runs one leak case in this process and leaves what heapdiff reads:
 *   node --expose-gc run-case.cjs APP_FOLDER CASE_JSON OUT WAY PROJECT
 * The last line of stdout is {"inputs": [...]}: a session folder, or two bare snapshots.
 */
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');
const { createRequire } = require('node:module');
const { setTimeout: sleep } = require('node:timers/promises');

const [appFolder, caseFile, out, way, project] = process.argv.slice(2);
const spec = JSON.parse(fs.readFileSync(caseFile, 'utf8'));
const app = require(path.join(appFolder, 'app.cjs'));
// These stand for the major GCs of a window that is longer than a test may be.
const PARTS = 10;

async function settle() {
  for (let i = 0; i < 4; i++) {
    await sleep(25);
    globalThis.gc();
  }
}

async function work(handle) {
  const part = Math.max(1, Math.floor(spec.steps / PARTS));
  for (let i = 0; i < spec.steps; i++) {
    await app.step(spec.warmup + i);
    handle?.unit('step', 1);
    if (i % part !== part - 1) continue;
    await sleep(5);
    globalThis.gc();
  }
  await settle();
}

async function withAgent(handle) {
  await handle.start();
  await work(handle);
  const { folder } = await handle.capture();
  return [folder];
}

async function withBareSnapshots() {
  const inputs = [path.join(out, 'a.heapsnapshot'), path.join(out, 'b.heapsnapshot')];
  v8.writeHeapSnapshot(inputs[0]);
  await work(null);
  v8.writeHeapSnapshot(inputs[1]);
  return inputs;
}

async function main() {
  const { install } = createRequire(path.join(project, 'package.json'))('heapdiff/agent');
  const handle = way === 'bare' ? null : await install({ dir: out, app: spec.id, mode: 'snapshot' });
  await app.setup();
  for (let i = 0; i < spec.warmup; i++) await app.step(i);
  await settle();
  const inputs = handle ? await withAgent(handle) : await withBareSnapshots();
  console.log(JSON.stringify({ inputs }));
  process.exit(0); // open handles are what some cases are about
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
