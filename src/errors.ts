/**
 * Every error heapdiff reports on purpose: one table from code to what happened, what to do, and the exit status.
 * Commands and the agent throw {@link HeapdiffError}; only `cli/main.ts` turns a code into an exit status.
 */

/** Exit statuses of the command line, the only list of them. */
export const EXIT = {
  done: 0,
  /** heapdiff itself failed: a bug. */
  bug: 1,
  /** The input is missing, damaged or not what the command reads. */
  badInput: 2,
  /** The command line or an option is wrong. */
  usage: 3,
  /** The machine does not allow it: permissions, memory, disk, no such process. */
  environment: 4,
  /** `heapdiff verify` found a number that differs from DevTools'. */
  different: 5,
  interrupted: 130,
} as const;

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface ErrorEntry {
  readonly exit: number;
  /** What happened. Bounded to one line; names the file and byte offset where there are any. */
  readonly what: (d: ErrorDetails) => string;
  /** What to do next, one line. */
  readonly todo: (d: ErrorDetails) => string;
}

const at = (d: ErrorDetails) => (d.offset === undefined ? `${d.file}` : `${d.file}, byte ${d.offset}`);
const takeAgain = () => 'Take the snapshot again, or copy the file again: it must be complete.';

const TABLE = {
  FILE_NOT_FOUND: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} does not exist.`,
    todo: () => 'Check the path.',
  },
  FILE_UNREADABLE: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} cannot be read: ${d.reason}.`,
    todo: () => 'Check the permissions of the file and of its folder.',
  },
  FILE_EMPTY: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} is empty.`,
    todo: () =>
      'An empty snapshot is what a process leaves that was killed while writing it: look for an out-of-memory kill.',
  },
  NOT_A_SNAPSHOT: {
    exit: EXIT.badInput,
    what: (d) => `${at(d)}: not a V8 heap snapshot: ${d.reason}.`,
    todo: () => 'heapdiff reads .heapsnapshot files, plain or compressed (.gz, .zst), and session folders.',
  },
  SNAPSHOT_TRUNCATED: {
    exit: EXIT.badInput,
    what: (d) => `${at(d)}: the file ends inside ${d.where}.`,
    todo: takeAgain,
  },
  SNAPSHOT_CORRUPT: {
    exit: EXIT.badInput,
    what: (d) => `${at(d)}: corrupt snapshot: ${d.reason}.`,
    todo: takeAgain,
  },
  COMPRESSION_UNSUPPORTED: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} is compressed with ${d.format}, which Node ${d.node} cannot read.`,
    todo: (d) => `Decompress it first, or use Node ${d.needs}.`,
  },
  PROFILE_CORRUPT: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} is not a heap profile: ${d.reason}.`,
    todo: () => 'Delete it to compare the snapshots without allocation sites, or capture again.',
  },
  CLASSES_CORRUPT: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} is not a count of classes.`,
    todo: () => 'Delete it to see the rest of the session, or capture again.',
  },
  NOT_A_SESSION: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} is not a heapdiff session folder: ${d.reason}.`,
    todo: (d) =>
      `${d.todo ?? 'A session is complete when it holds record.json: send the second SIGUSR2, or name two snapshot files.'}`,
  },
  RECORD_CORRUPT: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} is not a valid session record: ${d.reason}.`,
    todo: () => 'The snapshots beside it can still be read: name the two files instead of the folder.',
  },
  DEVTOOLS_REFUSES: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} cannot be opened by the DevTools engine: ${d.reason}.`,
    todo: () => 'heapdiff can still read it: docs/devtools-differences.md lists the files that only DevTools refuses.',
  },
  NO_SUCH_NODE: {
    exit: EXIT.badInput,
    what: (d) => `${d.file} has no node ${d.node}.`,
    todo: (d) =>
      d.similar ? `Did you mean: ${d.similar}?` : 'Use an id or a constructor that `heapdiff summary` prints.',
  },
  NO_SUCH_SUSPECT: {
    exit: EXIT.usage,
    what: (d) =>
      `There is no suspect ${d.rank}: ${d.count === 0 ? 'nothing is suspected' : `the report has ${d.count}`}.`,
    todo: () => 'Run the same command without --suspect to see them.',
  },
  USAGE: {
    exit: EXIT.usage,
    what: (d) => `${d.reason}`,
    todo: (d) => `${d.todo ?? 'See heapdiff --help.'}`,
  },
  OPTION_UNKNOWN: {
    exit: EXIT.usage,
    what: (d) => `unknown agent option ${d.option}.`,
    todo: (d) => `Known options: ${d.known}.`,
  },
  OPTION_INVALID: {
    exit: EXIT.usage,
    what: (d) => `agent option ${d.option} is ${d.value}, but must be ${d.expected}.`,
    todo: (d) => `Correct it in install({ ${d.name} }) or in ${d.env}.`,
  },
  AGENT_STATE: {
    exit: EXIT.usage,
    what: (d) => `${d.call}() is not possible while the agent is ${d.state}.`,
    todo: (d) => `${d.todo}`,
  },
  WORKER_THREAD: {
    exit: EXIT.usage,
    what: (d) => `heapdiff was installed in worker thread ${d.thread}, where no signal ever arrives.`,
    todo: () =>
      "Install it in the main thread before this one starts, or pass signal: 'none' and call start() and capture() here.",
  },
  NO_SUCH_PROCESS: {
    exit: EXIT.environment,
    what: (d) => `there is no process ${d.pid}.`,
    todo: () => 'heapdiff ps lists the processes with the agent. In a container pids count from 1.',
  },
  NO_AGENT: {
    exit: EXIT.environment,
    what: (d) => `process ${d.pid} was sent nothing: ${d.reason}.`,
    todo: (d) => `${d.todo}`,
  },
  NO_AGENT_ANYWHERE: {
    exit: EXIT.environment,
    what: (d) => `no process with the agent writes to ${d.dir}.`,
    todo: () => 'Start one with: node --require heapdiff/register app.js. With --dir its sessions may be elsewhere.',
  },
  SEVERAL_AGENTS: {
    exit: EXIT.usage,
    what: (d) => `${d.count} processes have the agent.`,
    todo: () => 'Name one: heapdiff capture <pid>.',
  },
  SIGNAL_REFUSED: {
    exit: EXIT.environment,
    what: (d) => `process ${d.pid} belongs to another user and cannot be signalled.`,
    todo: () => "Run heapdiff as that process' user or as root.",
  },
  AGENT_GONE: {
    exit: EXIT.environment,
    what: (d) => `process ${d.pid} has left the session: ${d.reason}.`,
    todo: () => 'What it had written by then stays in its folder; look for an out-of-memory kill if nobody stopped it.',
  },
  AGENT_FAILED: {
    exit: EXIT.environment,
    what: (d) => `process ${d.pid}: ${d.message}`,
    todo: (d) => `${d.todo}`,
  },
  REQUEST_UNWRITABLE: {
    exit: EXIT.environment,
    what: (d) => `${d.file} cannot be written: ${d.reason}.`,
    todo: () => "Run heapdiff as the process' own user or as root.",
  },
  REQUEST_REFUSED: {
    exit: EXIT.environment,
    what: (d) => `the request was refused: ${d.reason}.`,
    todo: (d) => `${d.todo}`,
  },
  PRE_FORK_GHOSTS: {
    exit: EXIT.usage,
    what: (d) => `${d.count === 1 ? 'one resource is' : `${d.count} resources are`} open before the fork: ${d.list}.`,
    todo: () =>
      'Open them in each worker, after the fork, or close them before it. HEAPDIFF_PRE_FORK_GUARD=warn only lists them.',
  },
  DIRECTORY_UNUSABLE: {
    exit: EXIT.environment,
    what: (d) => `${d.dir} cannot hold sessions: ${d.reason}.`,
    todo: () => 'Name a folder this process can write to in HEAPDIFF_DIR or install({ dir }).',
  },
  NOT_PERMITTED: {
    exit: EXIT.environment,
    what: (d) => `Node's permission model forbids ${d.what}.`,
    todo: (d) => `${d.todo}`,
  },
  DOES_NOT_FIT: {
    exit: EXIT.environment,
    what: (d) => `nothing was captured, since a snapshot does not fit: ${d.reason}.`,
    todo: (d) =>
      d.mode === 'auto'
        ? 'Not even a profile fits: make room for it.'
        : 'Use mode auto or profile, or make room; HEAPDIFF_FORCE=true takes it whatever happens to the process.',
  },
  CAPTURE_FAILED: {
    exit: EXIT.environment,
    what: (d) => `${d.step} failed: ${d.reason}.`,
    todo: (d) => `${d.todo ?? 'The process runs on as before; repair that and send the signal again.'}`,
  },
  OUT_OF_MEMORY: {
    exit: EXIT.environment,
    what: (d) => `${d.file} needs about ${d.needs} of memory, ${d.available} is available.`,
    todo: () => 'Run heapdiff where there is more memory; snapshots can be copied.',
  },
} satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof TABLE;

/** An error with a code of the table above; `details` fill the sentence, `cause` is what the system said. */
export class HeapdiffError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  readonly exitStatus: number;
  /** What to do next, one sentence. */
  readonly todo: string;

  constructor(code: ErrorCode, details: ErrorDetails, cause?: unknown) {
    const entry: ErrorEntry = TABLE[code];
    super(entry.what(details), cause === undefined ? undefined : { cause });
    this.name = 'HeapdiffError';
    this.code = code;
    this.details = details;
    this.exitStatus = entry.exit;
    this.todo = entry.todo(details);
  }
}
