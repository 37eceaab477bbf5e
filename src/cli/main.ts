#!/usr/bin/env node
/** The command line. Commands throw; only this file turns an error into lines on stderr and an exit status. */
import { EXIT } from '../errors';
import { leaveOnInterrupt } from './interrupt';
import { createProgram } from './program';
import { describeError } from './report-error';

main();

async function main(): Promise<void> {
  // `heapdiff … | head`: whoever reads has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    fail(error);
  });
  leaveOnInterrupt();
  process.on('uncaughtException', fail);
  try {
    await createProgram().parseAsync();
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  const { lines, exitStatus } = describeError(error, process.argv.includes('--debug'));
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exitCode = exitStatus;
}
