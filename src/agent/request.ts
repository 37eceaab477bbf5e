/**
 * What `heapdiff capture` has written beside the presence file about the signal that follows. A signal without one, as
 * `kill` sends it, opens or closes a window as the options say.
 */
import fs from 'node:fs';
import { HeapdiffError } from '../errors';
import { type CaptureRequest, REQUEST_SCHEMA, requestFile } from '../presence';
import { describeCause } from './capture-error';
import type { Phase } from './machine';
import { killCommand } from './messages';
import { type AgentOptions, OPTIONS } from './options';

/** Bytes. A request has about a hundred. */
const LARGEST = 4096;

/**
 * Takes the request away and returns it; null when there is none.
 * Throws REQUEST_REFUSED for one that is damaged, of another version, or not of this process' own user.
 */
export function takeRequest(dir: string): CaptureRequest | null {
  const text = takeOwnFile(requestFile(dir, process.pid));
  if (text === null) return null;
  const request = parseRequest(text);
  if (request) return request;
  throw refuseRequest('it is not one of this version', 'Use the heapdiff that the process itself has installed.');
}

/** `reason` completes "the request was refused: …". */
export function refuseRequest(reason: string, todo: string): HeapdiffError {
  return new HeapdiffError('REQUEST_REFUSED', { reason, todo });
}

/**
 * The options of the session that a request is about. Throws REQUEST_REFUSED for a mode that this agent does not have, and
 * in a phase in which the signal would do something else than what is asked for.
 */
export function admitRequest({ action, mode }: CaptureRequest, phase: Phase, options: AgentOptions): AgentOptions {
  if (phase !== (action === 'open' ? 'idle' : 'tracking')) {
    throw refuseRequest(`the agent is ${phase}`, describeWait(phase, options));
  }
  if (mode === null) return options;
  const known = OPTIONS.mode.parse(mode);
  if (known !== undefined) return { ...options, mode: known };
  throw refuseRequest(`there is no mode ${JSON.stringify(mode)}`, `Modes: ${OPTIONS.mode.expected}.`);
}

function describeWait(phase: Phase, { signal }: AgentOptions): string {
  if (phase === 'idle') return 'The window has been closed already: heapdiff ps names the last session.';
  if (phase === 'tracking') return `A window is open here; to close it type: ${killCommand(signal)}`;
  return 'Wait until that is over: heapdiff ps shows the state.';
}

/** Reads and removes a file that this process' user wrote, never through a link. Null when there is none. */
function takeOwnFile(file: string): string | null {
  let descriptor: number;
  try {
    descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Without leave to read there, nobody can ask for anything: the signal alone counts.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_ACCESS_DENIED') return null;
    throw refuseRequest(describeCause(error), `Remove ${file}.`);
  }
  try {
    const { uid, size } = fs.fstatSync(descriptor);
    if (uid !== process.getuid?.()) throw refuseRequest(`user ${uid} wrote it`, `Remove ${file}.`);
    if (size > LARGEST) throw refuseRequest(`it has ${size} bytes`, `Remove ${file}.`);
    fs.unlinkSync(file);
    return fs.readFileSync(descriptor, 'utf8');
  } finally {
    fs.closeSync(descriptor);
  }
}

function parseRequest(text: string): CaptureRequest | null {
  let value: Partial<CaptureRequest> | null;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (value?.schema !== REQUEST_SCHEMA) return null;
  const { action, mode, followUnits } = value;
  const valid =
    (action === 'open' || action === 'close') &&
    (mode === null || typeof mode === 'string') &&
    typeof followUnits === 'boolean';
  return valid ? (value as CaptureRequest) : null;
}
