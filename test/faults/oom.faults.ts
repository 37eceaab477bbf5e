/**
 * The out-of-memory matrix: heaps of eight shapes below real memory limits. heapdiff must never be what kills the process,
 * nor leave an empty file; a plain `v8.writeHeapSnapshot()` in the same cell is the control. The table is printed at the end.
 */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSession } from '../../src/session';
import { killRemaining, NodeProcess, TEST_NODE } from '../support/node-process';
import { createProject, listSessions, type TestProject } from '../support/project';
import { explainNoLimits, limitMemory } from './memory-limits';
import { inspectDirectory } from './surroundings';

const SHAPES = [
  ...['small objects', 'wide objects', 'long strings', 'big arrays'],
  ...['numbers in arrays', 'buffers', 'closures', 'one large map'],
];
/** Megabytes. All limits on the version that runs the tests; on the others those where most is decided. */
const LIMITS = TEST_NODE === process.execPath ? [140, 220, 320, 640] : [220, 320];
const UNLIMITED = 8000;
const APP = path.join(__dirname, 'heap-shapes.cjs');
const MB = 1e6;

const obstacle = explainNoLimits();
if (obstacle) console.log(`the out-of-memory matrix needs root and a memory cgroup, so it is left out: ${obstacle}`);

interface Row {
  readonly shape: string;
  prediction: string;
  readonly cells: string[];
}

const rows = new Map<string, Row>(SHAPES.map((shape) => [shape, { shape, prediction: '', cells: [] }]));
const killed = { heapdiff: 0, control: 0, cells: 0 };
let project: TestProject;
let remove: (() => void) | null = null;

beforeEach(() => {
  project = createProject();
});
afterEach(() => {
  killRemaining();
  project.remove();
});

/** Starts the application in a cgroup of its own. */
async function startLimited(megabytes: number, shape: string, options: object | null) {
  const limit = limitMemory(megabytes * MB);
  remove = limit.remove;
  // Resolved from the project, where heapdiff is installed.
  const file = project.write('app.cjs', fs.readFileSync(APP, 'utf8'));
  const args = ['-c', 'echo $$ > "$0" && exec "$@"', limit.procs, TEST_NODE, file, shape, JSON.stringify(options)];
  const app = new NodeProcess(args, { cwd: project.root, program: '/bin/sh' });
  await app.stdout.next(/^ready/);
  return { app, run: (command: string) => app.ask(command) };
}

async function stop(app: NodeProcess): Promise<void> {
  await app.stop();
  remove?.();
  remove = null;
}

describe.skipIf(obstacle !== null)('out-of-memory matrix', () => {
  afterAll(() => console.log(renderTable()));

  it.each(SHAPES)('%s: what is predicted is what is measured, within three tenths', async (shape) => {
    const { app, run } = await startLimited(UNLIMITED, shape, { dir: project.dir });
    // The peak that is measured is then that of the snapshot and of nothing before it.
    await run('process.mainModule.require("node:fs").writeFileSync("/proc/self/clear_refs", "5")');
    await run('handle.start()');
    await run('handle.capture()');
    await stop(app);
    const { predicted, measured } = readSession(listSessions(project.dir)[0]!).record.before.preflight!;
    const ratio = predicted.memoryBytes / measured!.memoryBytes!;
    rows.get(shape)!.prediction = `${mb(predicted.memoryBytes)} of ${mb(measured!.memoryBytes!)} (${ratio.toFixed(2)})`;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  });

  it.each(SHAPES.flatMap((shape) => LIMITS.map((limit) => [shape, limit] as const)))(
    '%s below %d MB: the process lives and no file is empty',
    async (shape, limit) => {
      killed.cells += 1;
      const control = await captureBare(limit, shape);
      const { app, run } = await startLimited(limit, shape, { dir: project.dir });
      const opened = await survives(app, run('handle.start().then(() => "opened")'));
      const captured = opened && (await survives(app, run('handle.capture().then(({ folder }) => folder)')));
      const isAlive = Boolean(captured) && (await survives(app, run('kept.length'))) !== null;
      if (!isAlive) killed.heapdiff += 1;
      const outcome = isAlive ? describeOutcome(captured!) : 'killed';
      rows.get(shape)!.cells.push(`${outcome} / ${control ? 'survived' : 'killed'}`);
      await stop(app);
      expect(isAlive, app.stderr.all.join('\n')).toBe(true);
      expect(inspectDirectory(project.dir).traces).toEqual([]);
    },
  );

  it('kills nothing, in cells of which the plain snapshot kills some', () => {
    expect(killed.heapdiff).toBe(0);
    expect(killed.control).toBeGreaterThan(0);
  });
});

/** The plain snapshot of Node in the same cell; whether the process survives. */
async function captureBare(limit: number, shape: string): Promise<boolean> {
  const { app, run } = await startLimited(limit, shape, null);
  const file = JSON.stringify(path.join(project.root, 'bare.heapsnapshot'));
  const survived =
    (await survives(app, run(`process.mainModule.require('node:v8').writeHeapSnapshot(${file})`))) !== null;
  if (!survived) killed.control += 1;
  await stop(app);
  return survived;
}

/** What was answered; null when the process was killed instead. */
async function survives(app: NodeProcess, answer: Promise<string>): Promise<string | null> {
  const outcome = await Promise.race([answer, app.ended]).catch(() => app.ended);
  if (typeof outcome === 'string') return outcome;
  expect(outcome.signal).toBe('SIGKILL');
  return null;
}

/** `answer`: what `capture()` resolved to, or how it failed. */
function describeOutcome(answer: string): string {
  const folder = answer.slice('did '.length);
  if (!answer.startsWith('did ')) return 'refused';
  const { record } = readSession(folder);
  const [before, after] = [record.before.preflight!.decision, record.after.preflight?.decision];
  if (before === after) return before === 'snapshot' ? 'snapshots' : 'counts';
  return before === 'snapshot' ? 'A only' : before;
}

function renderTable(): string {
  const head = ['heap', 'predicted of measured', ...LIMITS.map((limit) => `${limit} MB`)];
  const lines = [
    head,
    head.map(() => '---'),
    ...[...rows.values()].map((row) => [row.shape, row.prediction, ...row.cells]),
  ];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const { heapdiff, control, cells } = killed;
  return `\n${table}\n\nOf ${cells} cells heapdiff killed ${heapdiff}, a plain snapshot ${control}. A cell: heapdiff / plain snapshot.\n`;
}

const mb = (bytes: number) => `${Math.round(bytes / MB)} MB`;
