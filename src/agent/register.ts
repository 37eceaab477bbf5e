/**
 * `heapdiff/register`: installs the agent from the environment, for `--require` and `--import`.
 *
 * Preloads run in every thread and in every process that inherits NODE_OPTIONS, so nothing here may stop an application:
 * in a worker thread it does nothing, and bad settings are told on stderr, now and at each signal.
 */
import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { install } from './install';
import { describeFailure, writeLine } from './messages';

if (isMainThread) installFromEnvironment();

function installFromEnvironment(): void {
  try {
    install();
  } catch (error) {
    const text = `not installed: ${describeFailure(error)}`;
    writeLine(fs, text);
    // Whoever sends the signal believes that the agent is here: unhandled, it would kill the process.
    process.on('SIGUSR2', () => writeLine(fs, text));
  }
}
