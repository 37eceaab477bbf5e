'use strict';
const cluster = require('node:cluster');

const WORKERS = Number(process.env.WORKERS ?? 2);
/** MB that the heap of one worker may grow to: its share of a small pod. */
const HEAP_LIMIT = 256;

/** Forks the workers, says where each one listens, replaces those that die and passes a stop on to all. */
function startPrimary() {
  let stopping = false;
  const ready = new Set();

  cluster.on('listening', (worker, address) => {
    ready.add(worker.id);
    console.log(`worker ${worker.id} (pid ${worker.process.pid}) listens on http://127.0.0.1:${address.port}`);
  });

  cluster.on('exit', (worker, code, signal) => {
    if (stopping) return;
    console.error(`worker ${worker.id} (pid ${worker.process.pid}) died: ${signal ?? `exit status ${code}`}`);
    if (ready.delete(worker.id)) {
      cluster.fork();
      return;
    }
    // One that never listened would die again in the same way, for ever.
    process.exitCode = 1;
    stop();
  });

  function stop() {
    stopping = true;
    for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
  }

  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  cluster.setupPrimary({ execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_LIMIT}`] });
  for (let started = 0; started < WORKERS; started++) cluster.fork();
}

module.exports = { startPrimary };
