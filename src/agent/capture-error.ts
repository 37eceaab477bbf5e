/**
 * Turns what the system says in the middle of a phase into an error that says which step failed and what to do.
 */
import { HeapdiffError } from '../errors';
import { describeCause } from './session-folder';

/** Runs one step of a phase; its failure becomes NOT_PERMITTED or CAPTURE_FAILED. */
export function runStep<Result>(name: string, body: () => Result): Result {
  try {
    return body();
  } catch (cause) {
    throw toCaptureError(name, cause);
  }
}

/** `name` is what was being done: "writing b.heapsnapshot". */
export function toCaptureError(name: string, cause: unknown): HeapdiffError {
  if (cause instanceof HeapdiffError) return cause;
  const { code, permission, resource } = cause as { code?: string; permission?: string; resource?: string };
  if (code !== 'ERR_ACCESS_DENIED') {
    return new HeapdiffError('CAPTURE_FAILED', { step: name, reason: describeCause(cause) }, cause);
  }
  const flags = permission === 'FileSystemWrite' ? `--allow-fs-write=${resource}` : '--allow-inspector';
  return new HeapdiffError('NOT_PERMITTED', { what: name, flags }, cause);
}
