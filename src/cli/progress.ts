/** One line of progress on stderr, on a terminal only; gone when the work is done. */

export interface Progress {
  readonly report: (step: string, share: number) => void;
  readonly clear: () => void;
}

export const ERASE_LINE = '\r\u001b[K';
/** Milliseconds between two writes of one step. */
const PAUSE = 100;

export function startProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { report: () => undefined, clear: () => undefined };
  let lastStep = '';
  let lastWrite = 0;
  return {
    report(step, share) {
      const now = performance.now();
      if (step === lastStep && now - lastWrite < PAUSE) return;
      lastStep = step;
      lastWrite = now;
      const percent = share < 1 ? ` ${Math.floor(share * 100)} %` : ' …';
      // A line that wrapped could not be erased. Some terminals say that they have 0 columns.
      const room = (stream.columns > 0 ? stream.columns : 80) - 1;
      stream.write(ERASE_LINE + `heapdiff: ${step}${percent}`.slice(0, room));
    },
    clear() {
      if (lastStep !== '') stream.write(ERASE_LINE);
      lastStep = '';
    },
  };
}

/** Runs a task with progress and takes the line away whatever comes of it. */
export async function withProgress<Result>(task: (report: Progress['report']) => Promise<Result>): Promise<Result> {
  const progress = startProgress();
  try {
    return await task(progress.report);
  } finally {
    progress.clear();
  }
}
