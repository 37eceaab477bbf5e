/**
 * Where something was created: the frames of the application, without Node's own and without this agent's.
 */
import path from 'node:path';

/** Deep enough to reach the application through Node's own frames and a framework's. */
const FRAMES = 50;
/** This file is in dist/agent/guard. */
const OWN_FOLDER = path.resolve(__dirname, '..') + path.sep;

/**
 * The stack of one moment, as text only when it is asked for: most are never looked at. `cause`: the stack that made
 * what this runs in the callback of.
 */
export class CreationStack {
  readonly #captured: { stack?: unknown } = {};

  constructor(private readonly cause: CreationStack | undefined) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = FRAMES;
    Error.captureStackTrace(this.#captured);
    Error.stackTraceLimit = stackTraceLimit;
  }

  /**
   * The frames, innermost first, as V8 writes them: `connect (/srv/app/db.js:12:20)`. Where all are Node's, those of
   * the cause follow: a server that listens on a host by name is made by Node, in the callback of a lookup that the
   * application's `listen()` has begun.
   */
  readFrames(): string[] {
    const frames: string[] = [];
    for (let at: CreationStack | undefined = this; at; at = at.cause) {
      frames.push(...at.#format());
      if (frames.some((frame) => !isOfNode(frame))) break;
    }
    return frames;
  }

  /** Without the guard's own. */
  #format(): string[] {
    const errors: { prepareStackTrace?: unknown } = Error;
    const { prepareStackTrace } = errors;
    try {
      // Whoever has replaced it, for source maps, returns something else than text.
      errors.prepareStackTrace = undefined;
      const lines = String(this.#captured.stack).split('\n').slice(1);
      const frames = lines.map((line) => line.trim().replace(/^at /, ''));
      return frames.filter((frame) => !frame.includes(__dirname));
    } finally {
      errors.prepareStackTrace = prepareStackTrace;
    }
  }
}

/** The frames that are the application's. */
export function keepApplication(frames: readonly string[]): string[] {
  return frames.filter((frame) => !isOfNode(frame) && !frame.includes(OWN_FOLDER));
}

/** Whether it was this agent that called into Node. */
export function isOfAgent(frames: readonly string[]): boolean {
  return frames.find((frame) => !isOfNode(frame))?.includes(OWN_FOLDER) ?? false;
}

export function isOfNode(frame: string): boolean {
  return /(^|\()node:|^<anonymous>$|\(<anonymous>\)$|^native$/.test(frame);
}

/** Whether a frame is in one of Node's modules, such as `internal/cluster`. */
export function isInNodeModule(frame: string, name: string): boolean {
  return frame.includes(`node:${name}`);
}
