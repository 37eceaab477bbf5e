/**
 * The applications of the end-to-end tests, as text. Each prints `ready` and then does what its standard input says.
 */

/** Body shared by the CommonJS and the ESM application. `leak N` keeps N sessions, `exit` ends the process. */
const LOOP = `
const kept = [];
class Session { constructor(id) { this.id = id; this.token = 'token-' + id; this.hops = new Array(20).fill(id); } }
// V8 inlines no proxy: the frame is in every profile, however hot the loop around it.
const createSession = new Proxy(function createSession(id) { return new Session(id); }, {});
const commands = {
  leak: (n) => { for (let i = 0; i < Number(n); i++) kept.push(createSession(i)); return kept.length; },
  exit: () => process.exit(0),
  eval: (...words) => (0, eval)(words.join(' ')),
};
createInterface({ input: process.stdin }).on('line', async (line) => {
  const [name, ...rest] = line.split(' ');
  try { console.log('did ' + name + ' ' + (await commands[name](...rest))); }
  catch (error) { console.log('failed ' + (error.code ?? error.name) + ' ' + error.message); }
});
console.log('ready ' + process.pid);
`;

/** Does not know heapdiff: the agent is preloaded. */
export const COMMONJS_APP = `const { createInterface } = require('node:readline');${LOOP}`;
export const ESM_APP = `import { createInterface } from 'node:readline';${LOOP}`;

/** Install the agent themselves; `install` and `handle` are global, for the command eval. `options`: JSON, on the command line. */
export const INSTALLING_APP = `
const { install } = require('heapdiff/agent');
Object.assign(globalThis, { install, handle: install(JSON.parse(process.argv[2] ?? '{}')) });
${COMMONJS_APP}`;
export const INSTALLING_ESM_APP = `
import { install } from 'heapdiff/agent';
Object.assign(globalThis, { install, handle: install(JSON.parse(process.argv[2] ?? '{}')) });
${ESM_APP}`;

/** Two workers with the agent installed after the fork, as a post-fork hook would. */
export const CLUSTER_APP = `
const cluster = require('node:cluster');
if (cluster.isPrimary) {
  let ready = 0;
  for (let i = 0; i < 2; i++) cluster.fork().on('message', () => { if (++ready === 2) console.log('workers ' + Object.values(cluster.workers).map((w) => w.process.pid).join(' ')); });
  cluster.on('exit', (worker, code, signal) => console.log('worker died ' + worker.process.pid + ' ' + (signal ?? code)));
  process.stdin.on('data', () => process.exit(0));
} else {
  if (!process.env.APP_PRELOADED) require('heapdiff/agent').install();
  const server = require('node:http').createServer((request, response) => response.end('ok'));
  server.listen(0, () => process.send('ready'));
}
`;
