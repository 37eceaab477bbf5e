/**
 * An application whose heap has one of several shapes, with what V8 makes of each in a snapshot in mind.
 * Arguments: shape, options of the agent (`null`: no agent). Reads commands from standard input like the other test applications.
 */
const { createInterface } = require('node:readline');
const { runInThisContext } = require('node:vm');

const kept = [];
globalThis.kept = kept;

const SHAPES = {
  'small objects': () => repeat(100_000, (id) => ({ id, token: `t${id}` })),
  'wide objects': () =>
    repeat(30_000, (id) => Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`p${n}`, n % 3 ? id : kept]))),
  'long strings': () => repeat(30_000, (id) => Buffer.alloc(2000, `${id} abc`).toString('latin1')),
  'big arrays': () => {
    const shared = [{}, {}, {}];
    repeat(25, () => Array.from({ length: 130_000 }, (_, n) => shared[n % 3]));
  },
  'numbers in arrays': () => repeat(25, () => Array.from({ length: 130_000 }, (_, n) => n)),
  buffers: () => repeat(4_000, () => Buffer.alloc(10_000, 1)),
  closures: () => repeat(90_000, (id) => () => id),
  'one large map': () => {
    const map = new Map();
    kept.push(map);
    for (let id = 0; id < 90_000; id++) map.set(`key${id}`, { id });
  },
};

function repeat(times, make) {
  for (let n = 0; n < times; n++) kept.push(make(n));
}

const [, , shape, options] = process.argv;
SHAPES[shape]();
const given = JSON.parse(options);
if (given) globalThis.handle = require('heapdiff/agent').install(given);
createInterface({ input: process.stdin }).on('line', async (line) => {
  try {
    console.log(`did ${await runInThisContext(line)}`);
  } catch (error) {
    console.log(`failed ${error.code ?? error.name} ${error.message}`);
  }
});
console.log(`ready ${process.pid}`);
