/** Bare snapshots of a real process: one after each step of a small program. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { heapFolder } from './heap-files';

let programs = 0;

/**
 * Runs a CommonJS module that exports `step(number)` in a process of its own; returns a snapshot after each of `steps`
 * steps, the first after step 0. `firstStep` continues the numbering of another process.
 */
export function captureSteps(program: string, steps: number, { firstStep = 0, warmUp = 0 } = {}): string[] {
  const folder = path.join(heapFolder(), `steps-${++programs}`);
  fs.mkdirSync(folder);
  return runSteps(program, folder, steps, firstStep, warmUp);
}

function runSteps(program: string, folder: string, steps: number, firstStep: number, warmUp: number): string[] {
  // One place for all processes of one test file, as one deployment has: a class is known by where it is defined.
  const app = path.join(heapFolder(), 'app.js');
  fs.writeFileSync(app, program);
  const main = path.join(folder, 'main.js');
  const names = Array.from({ length: steps }, (_, at) => path.join(folder, `${at}.heapsnapshot`));
  fs.writeFileSync(
    main,
    `const step = require(${JSON.stringify(app)});
     const v8 = require('node:v8');
     for (let i = 0; i < ${warmUp}; i++) step(i);
     const names = ${JSON.stringify(names)};
     function next(at) {
       if (at === names.length) return;
       step(${firstStep} + at);
       setTimeout(() => { gc(); v8.writeHeapSnapshot(names[at]); next(at + 1); }, 5);
     }
     next(0);`,
  );
  execFileSync(process.execPath, ['--expose-gc', main]);
  return names;
}
