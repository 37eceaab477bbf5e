/**
 * Snapshots of real programs against DevTools' engine: every number of every node and class.
 *
 * HEAPDIFF_TEST_NODE chooses the Node that runs the programs, as in `npm run test:matrix`; the engines run in this one.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHeap } from '../../src/heap/open-heap';
import { verifyHeap } from '../../src/heap/verify-heap';
import { heapFolder } from '../support/heap-files';

const NODE = process.env.HEAPDIFF_TEST_NODE ?? process.execPath;
const VERSION = execFileSync(NODE, ['--version'], { encoding: 'utf8' }).trim();
const PROGRAMS = path.join(__dirname, '../fixtures/programs');
const NAMES = fs
  .readdirSync(PROGRAMS)
  .map((file) => path.basename(file, '.cjs'))
  .filter((name) => name !== 'capture' && name !== 'grow-until-limit');

/** Fewer numbers than this would mean that the program was not in the snapshot. */
const FEWEST_COMPARED = 60_000;

function capture(program: string, manner = 'plain', env: Record<string, string> = {}): string {
  const file = path.join(heapFolder(), `${program}-${manner}.heapsnapshot`);
  const options = { env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', ...env } };
  execFileSync(NODE, [path.join(PROGRAMS, `${program}.cjs`), file, manner], options);
  return file;
}

/** Taking a snapshot through the process' own inspector adds trace functions after the header: DevTools trips over it. */
function correctTraceCount(file: string): string {
  const text = fs.readFileSync(file, 'utf8');
  const [, section] = /"trace_function_infos":\[([^\]]*)\]/.exec(text)!;
  const count = section!.trim() === '' ? 0 : section!.split(',').length / 6;
  fs.writeFileSync(file, text.replace(/("trace_function_count":)\d+/, `$1${count}`));
  return file;
}

async function expectParity(file: string): Promise<void> {
  const { differences, compared } = await verifyHeap(await openHeap(file));
  fs.rmSync(file);
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(FEWEST_COMPARED);
}

describe(`snapshots written by Node ${VERSION}`, () => {
  it.each(NAMES)('%s', (name) => expectParity(capture(name)));

  it('a worker thread of its own', () => expectParity(capture('threads', 'plain', { IN_THREAD: '1' })));

  it.each(['internals', 'numbers', 'streamed', 'tracked', 'tracked-streamed'])('written %s', (manner) => {
    return expectParity(correctTraceCount(capture('classes', manner)));
  });

  it('written by V8 near its heap limit', () => {
    const flags = ['--heapsnapshot-near-heap-limit=1', '--max-old-space-size=16'];
    const cwd = heapFolder();
    spawnSync(NODE, [...flags, path.join(PROGRAMS, 'grow-until-limit.cjs')], { cwd });
    const written = fs.readdirSync(cwd).filter((name) => name.startsWith('Heap.'));
    expect(written).toHaveLength(1);
    return expectParity(path.join(cwd, written[0]!));
  });
});
