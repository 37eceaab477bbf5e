/**
 * Turns what the system says in the middle of a phase into an error that says which step failed and what to do.
 */
import path from 'node:path';
import { HeapdiffError } from '../errors';
import { adviseAccess } from './permission-model';

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
    return new HeapdiffError(
      'CAPTURE_FAILED',
      { step: name, reason: describeCause(cause), todo: adviseOn(code) },
      cause,
    );
  }
  const todo = adviseAccess(permission, path.dirname(resource ?? '.'));
  return new HeapdiffError('NOT_PERMITTED', { what: name, todo }, cause);
}

/** Why `dir` cannot be written to, as an error that says what to do. */
export function toDirectoryError(dir: string, cause: unknown): HeapdiffError {
  const { code, permission } = cause as { code?: string; permission?: string };
  if (code === 'ERR_ACCESS_DENIED') {
    const todo = adviseAccess(permission, dir);
    return new HeapdiffError('NOT_PERMITTED', { what: `the use of ${dir}`, todo }, cause);
  }
  return new HeapdiffError('DIRECTORY_UNUSABLE', { dir, reason: describeCause(cause) }, cause);
}

/** The system's words without the final period. */
export function describeCause(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
}

/** Undefined: the error's own advice will do. */
function adviseOn(code: string | undefined): string | undefined {
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  return 'The process runs on as before; free space there, or name another folder in HEAPDIFF_DIR.';
}
