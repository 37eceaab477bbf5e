// Whole processes, measured: wall clock, CPU time, peak RSS.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HEAP_MB = 16000;
const REPORTER = fileURLToPath(new URL('report-usage.cjs', import.meta.url));

/**
 * Runs one program to its end. What fails is a result too: `error` then says how it ended. Peers get the same large
 * heap limit; heapdiff runs as users run it.
 */
export async function measureProcess({ argv, isPeer }, folder, timeoutSeconds) {
  const usage = path.join(folder, 'usage.json');
  rmSync(usage, { force: true });
  const flags = isPeer ? [`--max-old-space-size=${HEAP_MB}`] : [];
  const started = performance.now();
  const { output, problem } = await runProcess([...flags, '--require', REPORTER, ...argv], usage, timeoutSeconds);
  const seconds = (performance.now() - started) / 1000;
  if (problem || !existsSync(usage)) return { seconds, error: problem ?? 'ended without a word', output };
  const { maxRSS, cpu } = JSON.parse(readFileSync(usage, 'utf8'));
  return { seconds, cpuSeconds: cpu / 1e6, peakMegabytes: (maxRSS * 1024) / 1e6, output };
}

function runProcess(args, usage, timeoutSeconds) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, BENCH_USAGE: usage } });
    const out = [];
    let complaint = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint = (complaint + text).slice(-4000);
    });
    child.on('close', (status, signal) => {
      clearTimeout(timer);
      const ending = isLate
        ? `no result in ${timeoutSeconds} s`
        : `${firstLine(complaint)} (${signal ?? `exit ${status}`})`;
      resolve({ output: Buffer.concat(out).toString(), problem: status === 0 ? null : ending });
    });
  });
}

function firstLine(complaint) {
  const lines = complaint.split('\n').filter((line) => line.trim());
  return (lines.find((line) => /error|panic|unreachable|fatal/i.test(line)) ?? lines.at(-1) ?? 'no message').slice(
    0,
    160,
  );
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
