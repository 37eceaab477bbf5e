'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const readline = require('node:readline');

const MAIN = path.join(__dirname, '..', 'src', 'main.js');
/** Generous: a busy CI machine is slow, but a demo that hangs helps nobody. */
const LINE_LIMIT_MS = 90_000;
const TAIL_LINES = 40;

/** The pre-fork service as a child process: awaited by what it prints. */
class Service {
  #child;
  #closed;
  #lines = [];
  #wake = new Set();

  /** Starts it on a free port of the system's choice. */
  constructor(env) {
    const options = { env: { ...process.env, PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] };
    this.#child = spawn(process.execPath, [MAIN], options);
    // 'close' comes after the last line of output, 'exit' may come before it.
    this.#closed = once(this.#child, 'close').then(() => {
      this.#closed = null;
      this.#wakeAll();
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      readline.createInterface({ input: stream }).on('line', (line) => {
        this.#lines.push(line);
        this.#wakeAll();
      });
    }
  }

  get pid() {
    return this.#child.pid;
  }

  /** The last lines it printed. */
  get tail() {
    return this.#lines.slice(-TAIL_LINES).join('\n');
  }

  /** The lines so far that match. */
  matching(pattern) {
    return this.#lines.filter((line) => pattern.test(line));
  }

  /** Resolves with all lines that match once there are `count`; rejects when the service ends or takes too long. */
  async waitFor(pattern, count = 1) {
    const deadline = performance.now() + LINE_LIMIT_MS;
    for (;;) {
      const found = this.matching(pattern);
      if (found.length >= count) return found;
      if (this.#closed === null) throw new Error(`the service ended before it printed ${pattern}`);
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) throw new Error(`waited ${LINE_LIMIT_MS / 1000} s for ${pattern}`);
      await this.#nextLine(leftMs);
    }
  }

  /** Resolves once it listens and `count` workers are ready: `{ url, workers: [{ pid, bootMs }] }`. */
  async waitUntilReady(count) {
    const lines = await this.waitFor(/worker \d+ \(pid \d+\) is ready/, count);
    const [listening] = await this.waitFor(/listening on http/);
    const workers = lines.map((line) => {
      const [, pid, bootMs] = /pid (\d+)\) is ready after (\d+) ms/.exec(line);
      return { pid: Number(pid), bootMs: Number(bootMs) };
    });
    return { url: /http:\S+/.exec(listening)[0], workers };
  }

  signal(name) {
    this.#child.kill(name);
  }

  /** Ends it gracefully; resolves when it is gone. */
  async stop() {
    this.#child.kill('SIGTERM');
    await this.#closed;
  }

  kill() {
    this.#child.kill('SIGQUIT');
  }

  #nextLine(limitMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#wake.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wakeAll() {
    const waiting = this.#wake;
    this.#wake = new Set();
    for (const wake of waiting) wake();
  }
}

module.exports = { Service };
