// The programs under comparison, and how each is told what to read.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const PEERS = { '@vscode/v8-heap-parser': '0.1.0', '@memlab/heap-analysis': '2.0.5' };
const INSTALL_MS = 180_000;

/** Installs the peers that heapdiff does not depend on; the reason for each that is missing. */
export function installPeers(packages) {
  mkdirSync(packages, { recursive: true });
  writeFileSync(path.join(packages, 'package.json'), JSON.stringify({ private: true }));
  const missing = new Map();
  for (const [name, version] of Object.entries(PEERS)) {
    const home = path.join(packages, 'node_modules', name);
    if (existsSync(home)) continue;
    const env = { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' }; // memlab drives a browser; its engine does not
    const args = ['install', '--no-audit', '--no-fund', `${name}@${version}`];
    spawnSync('npm', args, { cwd: packages, env, timeout: INSTALL_MS });
    if (!existsSync(home)) missing.set(name, 'npm could not install it');
  }
  return missing;
}

/**
 * Three jobs: `diff` of two files, `retained` sizes of the nodes of one, and its `summary`, by class and with distances.
 * `readGrowth` finds by how many objects a constructor grew in a program's output.
 */
export function listTools(packages, before, after, missing) {
  const heapdiff = at('../dist/cli/main.js');
  const readLine = (output, name) => Number(new RegExp(`^${name} (-?\\d+)`, 'm').exec(output)?.[1]);
  return [
    { job: 'diff', tool: 'heapdiff', isPeer: false, argv: [heapdiff, before, after, '--json'], readGrowth: readReport },
    {
      job: 'diff',
      tool: 'heap-snapshot-toolkit',
      isPeer: true,
      argv: [at('toolkit-diff.mjs'), before, after],
      readGrowth: readLine,
    },
    {
      job: 'diff',
      tool: 'memlab',
      isPeer: true,
      argv: [at('run-memlab.cjs'), packages, before, after],
      readGrowth: readLine,
      missing: missing.get('@memlab/heap-analysis'),
    },
    { job: 'retained', tool: 'heapdiff', isPeer: false, argv: [at('run-retained.cjs'), before] },
    {
      job: 'retained',
      tool: '@vscode/v8-heap-parser',
      isPeer: true,
      argv: [at('run-heap-parser.cjs'), packages, before],
      missing: missing.get('@vscode/v8-heap-parser'),
    },
    { job: 'summary', tool: 'heapdiff', isPeer: false, argv: [heapdiff, 'summary', before, '--json'] },
  ];
}

/** Rows of one constructor, added up: heapdiff tells two classes of one name apart. */
function readReport(output, name) {
  const rows = JSON.parse(output).constructors.filter((row) => row.name === name);
  return rows.reduce((sum, { countDelta }) => sum + countDelta, 0);
}
