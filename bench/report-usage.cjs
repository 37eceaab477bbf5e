// Loaded into a measured process with --require: leaves its peak RSS (kB) and CPU time (µs) in $BENCH_USAGE at exit.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }));
  });
}
