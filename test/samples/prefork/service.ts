/** The pre-fork sample as a real service: its leader as a child process, its workers by what it prints. */
import path from 'node:path';
import { afterEach } from 'vitest';
import { NodeProcess } from '../../support/node-process';
import { REPOSITORY, type TestProject } from '../../support/project';

const SAMPLE = path.join(REPOSITORY, 'samples', 'prefork');

export interface ServiceOptions {
  /** JavaScript, the members of the config object that differ from the sample's. `config` and `agent` are in scope. */
  readonly settings?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

/** A small application: `/slow` answers after half a second, `/held` when `/release` was asked for, others at once. */
export const SMALL_APP = `
let release;
const held = new Promise((resolve) => { release = resolve; });
exports.answer = async (request, response) => {
  if (request.url === '/release') release();
  if (request.url === '/held') { console.log('holding ' + process.pid); await held; }
  response.end(String(process.pid));
};
`;

const running = new Set<NodeProcess>();

/**
 * Call after `useProject()`, so that services end before its folder goes. Workers outlive a leader that is killed, for
 * long enough to write there: so the leader is told to end, and ends when they are gone.
 */
export function stopAfterEach(): void {
  afterEach(async () => {
    const leaders = [...running];
    for (const leader of leaders) leader.signal('SIGQUIT');
    await Promise.all(leaders.map((leader) => leader.ended));
  });
}

export class PreforkService {
  readonly process: NodeProcess;

  /** Without `settings`: with the sample's own config file. */
  constructor(project: TestProject, { settings, env = {}, flags = [] }: ServiceOptions = {}) {
    const text = `const config = require(${JSON.stringify(path.join(SAMPLE, 'prefork.config.js'))});
      const agent = require('heapdiff/agent');
      module.exports = { ...config, ${settings} };`;
    const config = settings === undefined ? [] : [project.write('prefork.config.js', text)];
    const args = [...flags, path.join(SAMPLE, 'src', 'main.js'), ...config];
    const leader = new NodeProcess(args, { cwd: project.root, env: { PORT: '0', HEAPDIFF_DIR: project.dir, ...env } });
    running.add(leader);
    const forget = () => running.delete(leader);
    leader.ended.then(forget, forget);
    this.process = leader;
  }

  /** Resolves to the pid of the `nth` worker that ever got ready, counted from 1. */
  async ready(nth: number): Promise<number> {
    const line = await this.process.stdout.next(/worker \d+ \(pid \d+\) is ready/, nth);
    return Number(/pid (\d+)/.exec(line)![1]);
  }

  /** Where the service listens. */
  async url(): Promise<string> {
    const line = await this.process.stdout.next(/listening on /);
    return /http:\S+/.exec(line)![0];
  }

  /** Resolves when the worker with this pid is gone, to how it ended. */
  async left(pid: number): Promise<string> {
    const line = await this.process.stdout.next(new RegExp(`pid ${pid}\\) has left: `));
    return line.slice(line.indexOf('has left: ') + 'has left: '.length);
  }
}
