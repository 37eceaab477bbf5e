/** What `heapdiff capture` says on stderr while it waits: a line per step, and on a terminal one that keeps changing. */
import { formatCount, formatSeconds } from '../../format-numbers';
import { ERASE_LINE } from '../progress';
import type { SessionStep } from './run-session';
import type { WindowEnd } from './window-end';

export interface CaptureProgress {
  readonly report: (step: SessionStep) => void;
  /** A line that stays. */
  readonly say: (text: string) => void;
  /** Takes the changing line away. */
  readonly clear: () => void;
}

export function startCaptureProgress(
  pid: number,
  end: WindowEnd,
  stream: NodeJS.WriteStream = process.stderr,
): CaptureProgress {
  const { isTTY } = stream;
  const say = (text: string) => stream.write(`${isTTY ? ERASE_LINE : ''}heapdiff: pid ${pid}: ${text}\n`);
  let last: SessionStep['step'] | null = null;
  return {
    report(step) {
      const isNew = step.step !== last;
      last = step.step;
      if (step.step !== 'open') {
        if (isNew) say(step.step === 'opening' ? 'opening a window, waiting for the process' : 'closing the window');
        return;
      }
      if (isNew) say(`window open, closes after ${describeEnd(end)}; Ctrl-C closes it now`);
      // A line that wrapped could not be erased.
      const room = (stream.columns > 0 ? stream.columns : 80) - 1;
      if (isTTY) stream.write(ERASE_LINE + `heapdiff: ${describeWindow(step)}`.slice(0, room));
    },
    say,
    clear: () => {
      if (isTTY) stream.write(ERASE_LINE);
    },
  };
}

function describeEnd({ afterMs, afterUnits }: WindowEnd): string {
  const parts = [
    afterUnits === null ? null : `${formatCount(afterUnits)} units of work`,
    afterMs === null ? null : formatSeconds(afterMs / 1000),
  ];
  return parts.filter((part) => part !== null).join(' or ');
}

function describeWindow({ elapsedMs, units }: { elapsedMs: number; units: number | null }): string {
  const work = units === null ? '' : `, ${formatCount(units)} units of work`;
  return `window open for ${formatSeconds(elapsedMs / 1000)}${work}`;
}
