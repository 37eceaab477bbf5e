/** The pre-fork guard in real cluster primaries: what it lists, what it leaves out, and what it does about it. */
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { killRemaining, NodeProcess } from '../support/node-process';
import { createProject, type TestProject } from '../support/project';

let project: TestProject;
let database: net.Server;
let databasePort: number;
beforeEach(async () => {
  project = createProject();
  database = net.createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve));
  databasePort = (database.address() as net.AddressInfo).port;
});
afterEach(() => {
  killRemaining();
  database.close();
  project.remove();
});

/** Modules as applications have them: each opens something as soon as it is loaded. */
const CARELESS = `
const fs = require('node:fs');
class Client {
  constructor() { this.socket = require('node:net').connect(Number(process.env.DB_PORT), '127.0.0.1'); }
}
exports.opened = new Promise((resolve) => {
  const client = new Client();
  client.socket.once('connect', () => { exports.log = openLog(); resolve(); });
});
function openLog() { return fs.openSync(__dirname + '/app.log', 'a'); }
exports.flush = setInterval(function flushMetrics() {}, 30_000).unref();
exports.admin = require('node:http').createServer(() => {}).listen(0, '127.0.0.1');
exports.child = require('node:child_process').spawn('sleep', ['60']);
exports.thread = new (require('node:worker_threads').Worker)('setInterval(() => {}, 1000)', { eval: true });
exports.audit = fs.createWriteStream(__dirname + '/audit.log');
`;

/** Loads the careless modules between guard and fork; `check` is what the guard returned, as JSON on standard output. */
const PRIMARY = `
const cluster = require('node:cluster');
if (cluster.isPrimary) run(); else process.exit(0);
async function run() {
  const guard = require('heapdiff/agent').guardPreFork();
  console.log('before ' + process.getActiveResourcesInfo().length);
  const careless = require('./careless.cjs');
  await careless.opened;
  if (careless.audit.pending) await new Promise((resolve) => careless.audit.once('open', resolve));
  if (process.argv[2] === 'close') await require('./close.cjs')(careless);
  if (process.argv[2] !== 'fork') {
    try { console.log('ghosts ' + JSON.stringify(guard.check())); console.log('again ' + guard.check().length); }
    catch (error) { console.log('failed ' + error.code + ' ' + error.message); process.exit(0); }
  }
  cluster.fork().on('exit', () => { console.log('forked ' + guard.check().length); process.exit(0); });
}
`;

interface Ghost {
  readonly kind: string;
  readonly detail: string;
  readonly stack: readonly string[];
}

/** Of what `careless.cjs` opens. */
const KINDS = ['child process', 'file', 'file', 'server', 'socket', 'thread', 'timer'];

function start(mode: string, what = 'check', flags: readonly string[] = []): NodeProcess {
  project.write('careless.cjs', CARELESS);
  project.write(
    'close.cjs',
    `module.exports = async ({ log, flush, admin, child, thread, audit }) => {
       require('node:fs').closeSync(log); clearInterval(flush); await thread.terminate();
       await new Promise((resolve) => admin.close(resolve));
       await new Promise((resolve) => audit.once('close', resolve).end());
       child.kill(); await new Promise((resolve) => child.once('close', resolve));
     };`,
  );
  const file = project.write('primary.cjs', PRIMARY);
  const env = { DB_PORT: String(databasePort), HEAPDIFF_PRE_FORK_GUARD: mode, HEAPDIFF_DIR: project.dir };
  return new NodeProcess([...flags, file, what], { cwd: project.root, env });
}

async function readGhosts(app: NodeProcess): Promise<Ghost[]> {
  return JSON.parse((await app.stdout.next(/^ghosts /)).slice('ghosts '.length));
}

describe('the guard of a primary', () => {
  it('lists what is open, with its detail and who opened it', async () => {
    const app = start('warn');
    const ghosts = await readGhosts(app);
    const find = (kind: string, text: string) =>
      ghosts.find((ghost) => ghost.kind === kind && ghost.detail.includes(text));
    const expected: [string, string, RegExp][] = [
      ['socket', `to 127.0.0.1:${databasePort}`, /^new Client \(.*careless\.cjs:4/],
      ['timer', 'interval of 30000 ms', /careless\.cjs:11/],
      ['server', '127.0.0.1:', /careless\.cjs:12/],
      ['child process', 'sleep 60', /careless\.cjs:13/],
      ['thread', 'id 1', /careless\.cjs:14/],
      ['file', 'app.log', /^openLog \(.*careless\.cjs:10/],
      ['file', 'audit.log', /careless\.cjs:15/],
    ];
    for (const [kind, detail, maker] of expected)
      expect(find(kind, detail)?.stack[0], `${kind} ${detail}`).toMatch(maker);
    expect(ghosts).toHaveLength(expected.length);
    expect(app.stderr.matching(/open before the fork, \d of 7: /)).toHaveLength(7);
    expect(app.stderr.all.join('\n')).toMatch(/timer interval of 30000 ms, made by .*careless\.cjs/);
    expect(await app.stdout.next(/^again/)).toBe('again 0');
    expect(await app.stdout.next(/^forked/)).toBe('forked 0');
  });

  it('does not list what has been closed', async () => {
    const ghosts = await readGhosts(start('warn', 'close'));
    expect(ghosts.map(({ kind }) => kind)).toEqual(['socket']);
  });

  it('fail: throws an error of the table', async () => {
    const app = start('fail');
    const line = await app.stdout.next(/^failed/);
    expect(line).toMatch(/^failed PRE_FORK_GHOSTS 7 resources are open before the fork: .*timer interval of 30000 ms/);
  });

  it('checks by itself where node:cluster forks: warn', async () => {
    const app = start('warn', 'fork');
    await app.stdout.next(/^forked 0/);
    expect(app.stderr.matching(/open before the fork, \d of 7: /)).toHaveLength(7);
  });

  it('checks by itself where node:cluster forks: fail does not fork', async () => {
    const app = start('fail', 'fork');
    expect((await app.ended).code).toBe(3);
    expect(app.stderr.all.at(-1)).toMatch(/7 resources are open before the fork: .* Open them in each worker/);
    expect(app.stdout.matching(/forked/)).toEqual([]);
  });

  it('is there before preloaded modules when the agent is preloaded first', async () => {
    project.write('careless.cjs', CARELESS);
    const flags = ['--require', 'heapdiff/register', '--require', './careless.cjs'];
    const ghosts = await readGhosts(start('warn', 'check', flags));
    const kinds = ghosts.map(({ kind }) => kind).sort();
    expect(kinds, JSON.stringify(ghosts)).toEqual(KINDS);
    expect(ghosts.find(({ kind }) => kind === 'server')!.stack[0]).toContain('careless.cjs');
  });

  it('says so when it came too late to know who', async () => {
    project.write('careless.cjs', CARELESS);
    const ghosts = await readGhosts(start('warn', 'check', ['--require', './careless.cjs']));
    const early = ghosts.filter(({ detail }) => detail.includes('opened before guardPreFork()'));
    expect(early.map(({ kind }) => kind)).toContain('child process');
    expect(early.every(({ stack }) => stack.length === 0)).toBe(true);
  });

  it.each(['off', ''])('mode %j: lists nothing', async (mode) => {
    const app = start(mode);
    expect(await readGhosts(app)).toEqual([]);
    expect(app.stderr.all).toEqual([]);
  });

  it('finds nothing in a primary that opens nothing, standard streams and the agent included', async () => {
    const file = project.write(
      'clean.cjs',
      `const { guardPreFork, install } = require('heapdiff/agent');
       const guard = guardPreFork({ preForkGuard: 'warn' });
       install({ dir: ${JSON.stringify(project.dir)} });
       console.log('written'); console.error('written');
       process.stdin.resume();
       setTimeout(() => { console.log('ghosts ' + JSON.stringify(guard.check())); process.exit(0); }, 10);`,
    );
    const app = new NodeProcess([file], { cwd: project.root });
    expect(await readGhosts(app)).toEqual([]);
  });

  it('gives fs back as it was', async () => {
    const file = project.write(
      'fs.cjs',
      `const fs = require('node:fs'); const { open, openSync } = fs;
       const guard = require('heapdiff/agent').guardPreFork({ preForkGuard: 'warn' });
       console.log('wrapped ' + (fs.openSync !== openSync));
       fs.open(__filename, (error, fd) => {
         console.log('opened ' + (error === null && fs.readFileSync(fd, 'utf8').length > 0));
         try { fs.open(__filename); } catch (error) { console.log('refused ' + error.code); }
         fs.closeSync(fd); guard.check();
         console.log('restored ' + (fs.openSync === openSync && fs.open === open));
       });`,
    );
    const app = new NodeProcess([file], { cwd: project.root });
    await app.ended;
    expect(app.stdout.all).toEqual(['wrapped true', 'opened true', 'refused ERR_INVALID_ARG_TYPE', 'restored true']);
  });
});

it('nothing of the guard is loaded where it is off', async () => {
  const file = project.write(
    'off.cjs',
    `const { guardPreFork, install } = require('heapdiff/agent');
     guardPreFork(); install({ dir: ${JSON.stringify(project.dir)} });
     console.log('loaded ' + Object.keys(require.cache).filter((name) => name.includes('/agent/guard/')).length);
     process.exit(0);`,
  );
  expect(await new NodeProcess([file], { cwd: project.root }).stdout.next(/^loaded/)).toBe('loaded 0');
});
