/** The line before each capture: what it will be, what it will take and, where it is less than asked for, why. */
import { type CaptureMode, type Preflight, SESSION_FILES } from '../session';
import type { AgentContext } from './context';
import type { ClosedBy } from './machine';
import { formatBytes, formatMs } from './preflight/decide';

interface Start {
  readonly mode: CaptureMode;
  readonly folder: string;
  readonly preflight: Preflight | null;
}

export function announceStart(context: AgentContext, { mode, folder, preflight }: Start): void {
  const end = ` (${folder}); type nothing yet`;
  if (!preflight) context.tell(`opening a window${end}`);
  else if (mode !== 'profile') context.tell(describeSnapshot(SESSION_FILES.before, preflight) + end);
  else context.warn(`no snapshot, since ${preflight.why}. ${describeFallback(preflight)}${end}`);
}

interface Capture {
  readonly mode: CaptureMode;
  readonly closedBy: ClosedBy | 'recycled';
  readonly preflight: Preflight | null;
}

export function announceCapture(context: AgentContext, { mode, closedBy, preflight }: Capture): void {
  const cause = describeCause(mode, closedBy);
  const end = '; type nothing yet';
  if (preflight?.decision === 'snapshot') {
    context.tell(cause + describeSnapshot(SESSION_FILES.after, preflight) + end);
  } else if (mode !== 'profile' && preflight) {
    context.warn(`${cause}no ${SESSION_FILES.after}, since ${preflight.why}. Keeping what there is${end}`);
  } else {
    context.tell(`${cause}closing the window${end}`);
  }
}

/** `writing a.heapsnapshot, which stops the process for about 2.1 s and takes about 520 MB of memory (3.1 GB free) …` */
function describeSnapshot(file: string, { predicted, room, forced }: Preflight): string {
  const memory = `${formatBytes(predicted.memoryBytes)} of memory (${formatBytes(room.memoryBytes)} free)`;
  const free = room.diskBytes === null ? '' : ` (${formatBytes(room.diskBytes)} free)`;
  const disk = `${formatBytes(predicted.fileBytes)} of disk${free}`;
  const writing = `${forced ? 'forced: ' : ''}writing ${file}`;
  return `${writing}, which stops the process for about ${formatMs(predicted.pauseMs)} and takes about ${memory} and ${disk}`;
}

function describeFallback({ decision }: Preflight): string {
  return decision === 'histogram'
    ? 'Counting the objects of every class instead and opening a window'
    : 'Opening a window with the sampling profile only';
}

/** Of a capture that nobody has typed a command for. */
function describeCause(mode: CaptureMode, closedBy: Capture['closedBy']): string {
  if (closedBy === 'near-limit') return 'the live heap is near its limit: ';
  if (closedBy !== 'limit') return '';
  return mode === 'trace' ? 'limit of mode trace: ' : 'maxTrackingMs is over: ';
}
