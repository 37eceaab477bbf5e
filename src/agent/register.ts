/**
 * `heapdiff/register`: installs the agent from the environment, for `--require` and `--import`.
 *
 * Preloads run in every thread and in every process that inherits NODE_OPTIONS, so nothing here may stop an application:
 * in heapdiff's own command line it does nothing, nor in a worker thread that the option `threads` leaves out, and bad
 * settings are told on stderr, now and at each signal.
 */
import fs from 'node:fs';
import path from 'node:path';
import { isMainThread, threadId } from 'node:worker_threads';
import { install } from './install';
import { describeFailure, writeLine } from './messages';

if (isMainThread ? !isOwnCommandLine() : isWanted()) installFromEnvironment();

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

/** In a worker thread: whether the main thread's agent wants it in its sessions. */
function isWanted(): boolean {
  const { includesThread, readPublishedOptions } = require('./threads/protocol') as typeof import('./threads/protocol');
  const options = readPublishedOptions();
  return options !== null && includesThread(options.threads, threadId);
}

/** `kubectl exec … heapdiff` inherits the variables of the service: an agent there would be one more in every list. */
function isOwnCommandLine(): boolean {
  const script = process.argv[1] ?? '';
  if (!/(^|[\\/])(heapdiff|main\.js)$/.test(script)) return false;
  try {
    return fs.realpathSync(script) === path.join(fs.realpathSync(__dirname), '..', 'cli', 'main.js');
  } catch {
    return false;
  }
}
