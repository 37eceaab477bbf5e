'use strict';
const { spawn } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const readline = require('node:readline');

const MAIN = path.join(__dirname, '..', 'src', 'main.js');
/** Generous: a busy CI machine is slow, but a demo that hangs helps nobody. */
const LINE_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 5_000;
const TAIL_LINES = 40;

/** The sample service as a child process: what it prints, and how to end it. */
class Service {
  #child;
  #tail = [];
  #listeners = new Set();
  #exited;
  #pids = [];

  /** Starts it on a free port of the system's choice; its agents write to `sessions`. */
  constructor({ sessions, workers }) {
    const env = { ...process.env, PORT: '0', WORKERS: String(workers), HEAPDIFF_DIR: sessions };
    this.#child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    // 'close' comes after the last line of output, 'exit' may come before it.
    this.#exited = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      readline.createInterface({ input: stream }).on('line', (line) => this.#take(line));
    }
  }

  /** The last lines it printed. */
  get tail() {
    return this.#tail.join('\n');
  }

  /** Calls `listener` with every line from now on; returns what ends that. */
  onLine(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves with the workers once each of them listens: `{ id, pid, url }`, by id. */
  async waitUntilReady(workers) {
    const ready = [];
    await this.waitForLine(`${workers} workers to listen`, (line) => {
      const match = /^worker (\d+) \(pid (\d+)\) listens on (\S+)$/.exec(line);
      if (match) {
        ready.push({ id: match[1], pid: Number(match[2]), url: match[3] });
        this.#pids.push(Number(match[2]));
      }
      return ready.length === workers;
    });
    return ready.sort((one, other) => one.id - other.id);
  }

  /** Resolves with the first line from now on that `matches`; rejects when the service ends or takes too long. */
  waitForLine(what, matches) {
    return new Promise((resolve, reject) => {
      const settle = (finish, value) => {
        clearTimeout(timer);
        stopListening();
        finish(value);
      };
      const timer = setTimeout(
        () => settle(reject, new Error(`waited ${LINE_LIMIT_MS / 1000} s for ${what}`)),
        LINE_LIMIT_MS,
      );
      const stopListening = this.onLine((line) => matches(line) && settle(resolve, line));
      this.#exited.then(
        () => settle(reject, new Error(`the service ended while the demo waited for ${what}`)),
        (error) => settle(reject, error),
      );
    });
  }

  /** Ends it and its workers: asked first, then forced. */
  async stop() {
    const force = setTimeout(() => this.kill(), STOP_LIMIT_MS);
    this.#child.kill('SIGTERM');
    await this.#exited.catch(() => {});
    clearTimeout(force);
  }

  kill() {
    this.#child.kill('SIGKILL');
    for (const pid of this.#pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }

  #take(line) {
    this.#tail.push(line);
    if (this.#tail.length > TAIL_LINES) this.#tail.shift();
    for (const listener of this.#listeners) listener(line);
  }
}

module.exports = { Service };
