// node --expose-gc leaky-program.js FOLDER: writes a session of a small leak, as the agent would, without the agent.
const fs = require('node:fs');
const inspector = require('node:inspector');
const path = require('node:path');
const v8 = require('node:v8');

const sessions = new Map();

class Session {
  constructor(id) {
    this.id = id;
    this.token = `token ${id} ${Math.random()}`;
    this.trail = [{ at: id, where: `/p/${id}` }];
  }
}

function createSession(id) {
  sessions.set(`s${id}`, new Session(id));
}

let done = 0;
function work(count) {
  for (let i = 0; i < count; i++) createSession(done++);
}

function readEnd() {
  return {
    wallClock: Date.now(),
    monotonic: performance.now(),
    memory: {
      process: process.memoryUsage(),
      heap: v8.getHeapStatistics(),
      spaces: v8.getHeapSpaceStatistics(),
      rollup: null,
      cgroup: null,
    },
    units: { request: done },
    pauseMs: 100,
  };
}

/** So that the module keeps what it works on, whether or not it is on the stack. */
exports.work = work;

async function main(folder) {
  fs.mkdirSync(folder, { recursive: true });
  work(500);
  const before = readEnd();
  v8.writeHeapSnapshot(path.join(folder, 'a.heapsnapshot'));
  const session = new inspector.Session();
  session.connect();
  const post = (method, params) =>
    new Promise((resolve, reject) =>
      session.post(method, params, (error, value) => (error ? reject(error) : resolve(value))),
    );
  await post('HeapProfiler.startSampling', { samplingInterval: 16384 });
  const floor = [];
  for (let round = 0; round < 5; round++) {
    work(1000);
    global.gc();
    floor.push({ monotonic: performance.now(), bytes: v8.getHeapStatistics().used_heap_size });
  }
  const after = readEnd();
  const { profile } = await post('HeapProfiler.stopSampling');
  fs.writeFileSync(path.join(folder, 'growth.heapprofile'), JSON.stringify(profile));
  v8.writeHeapSnapshot(path.join(folder, 'b.heapsnapshot'));
  session.disconnect(); // not earlier: it forgets object ids
  const record = {
    schema: 'heapdiff/session@1',
    ...{ app: 'leaky', pid: process.pid, ppid: process.ppid, workerId: 3, threadId: 0, argv: process.argv },
    ...{ nodeVersion: process.version, v8Version: process.versions.v8, captureMode: 'snapshot', idsComparable: true },
    runMode: { kind: 'non-preload', detectedBy: 'test' },
    ...{ before, after, scripts: [], floor, skipped: [], ignoredSignals: 0 },
  };
  fs.writeFileSync(path.join(folder, 'record.json'), JSON.stringify(record));
}

main(process.argv[2]);
