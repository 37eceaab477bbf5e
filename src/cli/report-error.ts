/** What an error looks like to the person at the terminal, and which exit status it has. */
import { CommanderError } from 'commander';
import { EXIT, HeapdiffError } from '../errors';

export interface ErrorReport {
  /** For stderr. Empty for what is no error: `--help` and `--version` end a program by throwing. */
  readonly lines: readonly string[];
  readonly exitStatus: number;
}

/** Expected errors: what and what to do. Unexpected ones: one line. A stack only with `debug`. */
export function describeError(error: unknown, debug: boolean): ErrorReport {
  if (error instanceof CommanderError) return describeUsageError(error);
  const stack = debug && error instanceof Error ? describeStack(error) : [];
  if (error instanceof HeapdiffError) {
    return { lines: [`heapdiff: ${error.message}`, error.todo, ...stack], exitStatus: error.exitStatus };
  }
  const message = error instanceof Error ? error.message : String(error);
  const hint = debug
    ? []
    : ['This is a bug in heapdiff: please report it with what the same command prints with --debug.'];
  return { lines: [`heapdiff: ${message.split('\n')[0]}`, ...hint, ...stack], exitStatus: EXIT.bug };
}

function describeUsageError({ code, message, exitCode }: CommanderError): ErrorReport {
  if (exitCode === 0) return { lines: [], exitStatus: EXIT.done };
  // Commander has printed the help already where that is the answer.
  if (code === 'commander.help') return { lines: [], exitStatus: EXIT.usage };
  const sentence = message.replace(/^error: /, '').replaceAll('\n', ' ');
  return { lines: [`heapdiff: ${sentence}`, 'See heapdiff --help.'], exitStatus: EXIT.usage };
}

function describeStack(error: Error): string[] {
  const cause = error.cause instanceof Error ? [`caused by ${error.cause.stack ?? error.cause.message}`] : [];
  return [error.stack ?? error.message, ...cause];
}
