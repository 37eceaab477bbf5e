/**
 * Real Node processes for end-to-end tests: started, signalled, and awaited by what they print, never by time.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The Node binary under test; the matrix script sets it to one version after the other. */
export const TEST_NODE = process.env.HEAPDIFF_TEST_NODE ?? process.execPath;

export interface ProcessOptions {
  readonly cwd: string;
  /** Started instead of the Node binary under test. */
  readonly program?: string;
  /** Added to the environment of this process, which loses its HEAPDIFF_* and NODE_OPTIONS. */
  readonly env?: Readonly<Record<string, string>>;
  /** User and group to run as; takes root. */
  readonly uid?: number;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const alive = new Set<ChildProcess>();

/** Call after each test: what a failed test has left running would disturb the next. */
export function killRemaining(): void {
  for (const child of alive) child.kill('SIGKILL');
}

export class NodeProcess {
  readonly pid: number;
  readonly stdout: Lines;
  readonly stderr: Lines;
  /** Resolves when the process has ended and its output is complete. */
  readonly ended: Promise<Ending>;
  readonly #child: ChildProcess;

  constructor(args: readonly string[], { cwd, env, uid, program = TEST_NODE }: ProcessOptions) {
    const user = uid === undefined ? {} : { uid, gid: uid };
    const child = spawn(program, args, { cwd, env: { ...plainEnvironment(), ...env }, stdio: 'pipe', ...user });
    this.#child = child;
    this.pid = child.pid!;
    this.stderr = new Lines(child.stderr);
    this.stdout = new Lines(child.stdout, this.stderr);
    alive.add(child);
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => {
        alive.delete(child);
        resolve({ code, signal });
      });
    });
  }

  signal(name: NodeJS.Signals = 'SIGUSR2', pid = this.pid): void {
    process.kill(pid, name);
  }

  /** Sends one line to the application's standard input. */
  command(text: string): void {
    this.#child.stdin!.write(`${text}\n`);
  }

  /** Sends one line to an application of `agent/apps.ts`; resolves to its answer: "did eval …" or "failed CODE …". */
  ask(text: string): Promise<string> {
    const answers = /^(did|failed) /;
    const nth = this.stdout.matching(answers).length + 1;
    this.command(text);
    return this.stdout.next(answers, nth);
  }

  /** Ends the process if it still runs. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/** The lines of one output, past and to come. */
export class Lines {
  readonly all: string[] = [];
  #waiters: (() => void)[] = [];
  #closed = false;

  /** `errors` are shown, too, when a line is missing here. */
  constructor(
    stream: NodeJS.ReadableStream,
    private readonly errors: Lines | null = null,
  ) {
    const reader = createInterface({ input: stream });
    reader.on('line', (line) => {
      this.all.push(line);
      this.#wake();
    });
    reader.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  /** Resolves to the `nth` line that matches, counted from 1; rejects when the output ends without it. */
  async next(pattern: RegExp, nth = 1): Promise<string> {
    for (;;) {
      const found = this.all.filter((line) => pattern.test(line))[nth - 1];
      if (found !== undefined) return found;
      if (this.#closed) throw new Error(`no line matches ${pattern} (${nth}):\n${this.#tell()}`);
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  /** The lines that match, so far. */
  matching(pattern: RegExp): string[] {
    return this.all.filter((line) => pattern.test(line));
  }

  #tell(): string {
    return [...this.all, ...(this.errors?.all ?? [])].join('\n');
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}

function plainEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(HEAPDIFF_|NODE_OPTIONS|VITEST|NODE_V8)/.test(name),
  );
  return Object.fromEntries(entries);
}
