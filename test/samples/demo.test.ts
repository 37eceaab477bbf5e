/** The demo as a user runs it: the real service, real signals, the real report. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DEMO = path.join(__dirname, '..', '..', 'samples', 'leaky-cluster', 'demo.js');
/** Where the service listens when it is started by hand. */
const DEFAULT_PORT = 3000;
const DEMO_LIMIT_MS = 60_000;

interface Finished {
  readonly status: number | null;
  readonly output: string;
  readonly seconds: number;
}

let temporary: string;
let occupant: net.Server | null;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-demo-test-'));
  occupant = await occupyPort(DEFAULT_PORT);
});

afterAll(async () => {
  // SIGTERM, not SIGKILL: the demo then ends its service too.
  for (const child of running) child.kill('SIGTERM');
  await Promise.all([...running].map((child) => once(child, 'exit')));
  occupant?.close();
  fs.rmSync(temporary, { recursive: true, force: true });
});

describe('npm run demo, while the port of the sample is taken', () => {
  let demo: Finished;

  beforeAll(async () => {
    demo = await runDemo({});
  }, 2 * DEMO_LIMIT_MS);

  it('ends with 0', () => {
    expect(demo.status, demo.output).toBe(0);
  });

  it('sends two signals to one worker', () => {
    const signals = demo.output.match(/^> kill -USR2 \d+$/gm);
    expect(signals).toHaveLength(2);
    expect(signals?.[0]).toBe(signals?.[1]);
    expect(demo.output).toContain('window open');
    expect(demo.output).toContain('session complete');
  });

  it('prints a report that names the constructor, its holder, and the files of both', () => {
    const report = demo.output.slice(demo.output.indexOf('> heapdiff '));
    expect(report).toMatch(/^LEAK .*RequestContext/m);
    expect(report).toContain('request-context.js:5');
    expect(report).toContain('inFlight');
    expect(report).toContain('in-flight.js');
  });

  it('counts the objects that leaked: one for every second of the 24,000 requests', () => {
    expect(demo.output).toMatch(/\b12,000 RequestContext\b/);
  });

  it('leaves no process and no file behind', () => {
    const pids = [...demo.output.matchAll(/worker \d+, pid (\d+)/g)].map((match) => Number(match[1]));
    expect(pids).toHaveLength(2);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(fs.readdirSync(temporary)).toEqual([]);
  });

  it('takes well under a minute', () => {
    expect(demo.seconds).toBeLessThan(DEMO_LIMIT_MS / 1000);
  });
});

describe('npm run demo, when the service cannot start', () => {
  it('ends with 1, prints what the service said, and leaves nothing behind', async () => {
    const { status, output } = await runDemo({ HEAPDIFF_MODE: 'everything' });
    expect(status).toBe(1);
    expect(output).toContain('The demo failed');
    expect(output).toContain('HEAPDIFF_MODE');
    expect(fs.readdirSync(temporary)).toEqual([]);
  });
});

describe('npm run demo, when it is interrupted', () => {
  it('ends its service and deletes its files', async () => {
    const child = startDemo({});
    const output = collectOutput(child, (text) => /worker 2, pid \d+/.test(text) && child.kill('SIGINT'));
    const [status] = await once(child, 'close');
    expect(status).toBe(130);
    for (const [, pid] of output.text.matchAll(/worker \d+, pid (\d+)/g)) await waitUntilGone(Number(pid));
    expect(fs.readdirSync(temporary)).toEqual([]);
  });
});

async function runDemo(env: NodeJS.ProcessEnv): Promise<Finished> {
  const begin = performance.now();
  const child = startDemo(env);
  const output = collectOutput(child);
  const [status] = await once(child, 'close');
  return { status, output: output.text, seconds: (performance.now() - begin) / 1000 };
}

/** With a temporary directory of its own, so that what it leaves behind shows. */
function startDemo(env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [DEMO], { env: { ...process.env, ...env, TMPDIR: temporary } });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function collectOutput(child: ChildProcess, onText: (text: string) => void = () => {}): { text: string } {
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output.text += chunk;
      onText(output.text);
    });
  }
  return output;
}

/** Null when somebody else has the port: then it is taken all the same. */
async function occupyPort(port: number): Promise<net.Server | null> {
  const server = net.createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    return server;
  } catch {
    return null;
  }
}

/** A killed process has a pid until its parent has taken note. */
async function waitUntilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
