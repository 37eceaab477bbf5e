/** What is said of a suspect that is no plain leak, and why. */
import type { Step } from '../in-step';
import { describeCrowd, describeHolder, megabytes } from '../suspect-text';
import type { Trend } from '../trend';
import type { Suspect, Verdict } from '../types';

/** Of objects that are small themselves, and hold Buffers or native memory. */
export function leakOutside(top: Suspect, bytes: number, isSeenGrowing: boolean): Verdict {
  const course = isSeenGrowing ? ', which keeps growing with the work' : '';
  const summary =
    `${describeCrowd(top)} pile up in ${describeHolder(top)}: they hold ${megabytes(bytes)} outside of the JS heap` +
    `${course}.`;
  return { kind: 'leak', confidence: isSeenGrowing ? 'high' : 'medium', summary };
}

/** The floor shows less of it than was lost elsewhere: that each unit left some is the only sign. */
export function maskedLeak(top: Suspect, lost: number): Verdict {
  const summary =
    `${describeCrowd(top)} pile up in ${describeHolder(top)}, in step with the work; ${elsewhere(lost)}, so that the ` +
    'live heap does not tell. Capture again after more work to be sure.';
  return { kind: 'leak', confidence: 'low', summary };
}

export function masked(top: Suspect, lost: number): Verdict {
  const summary =
    `${describeCrowd(top)} more in ${describeHolder(top)}, and ${elsewhere(lost)}: what grows is not seen in the live heap. ` +
    'Capture a third time after the same work again.';
  return { kind: 'growth', confidence: 'low', summary };
}

/** Two buffers that take turns, jobs that are handed on; or others of the same class pile up while these drain. */
export function replaced(top: Suspect, isHeapSteady: boolean): Verdict {
  const summary =
    `${describeCrowd(top)} more in ${describeHolder(top)}, but about as many of them fewer in other places: moved, or ` +
    'replaced. Capture a third time after the same work again to be sure.';
  return isHeapSteady
    ? { kind: 'steady', confidence: 'medium', summary }
    : { kind: 'growth', confidence: 'low', summary };
}

const elsewhere = (lost: number) => `${megabytes(lost)} were freed in other places meanwhile`;

export function emptied(top: Suspect, { fallBytes }: Trend): Verdict {
  const summary =
    `${describeCrowd(top)} came to ${describeHolder(top)}, but the live heap also fell by ${megabytes(fallBytes)} in ` +
    'between: something is emptied from time to time, or collections missed garbage.';
  return { kind: 'growth', confidence: 'medium', summary };
}

/** `isSure`: nothing speaks against it. */
export function levelled(suspect: Suspect, { samples }: Trend, isSure: boolean): Verdict {
  const summary =
    `${describeCrowd(suspect)} came to ${describeHolder(suspect)}, but the live heap levelled off ` +
    `(${samples} major GCs watched): a cache that filled, or warm-up.`;
  return { kind: 'growth', confidence: isSure ? 'high' : 'medium', summary };
}

/** Tables and arrays double when they are full: the floor stands still in between. */
export function inJumps(top: Suspect): Verdict {
  const summary =
    `${describeCrowd(top)} came to ${describeHolder(top)} in jumps, as a table does that doubles when it is full: a live ` +
    'heap that stands still in between says nothing. Capture a third time after the same work again.';
  return { kind: 'growth', confidence: 'low', summary };
}

export function comesAndGoes(top: Suspect): Verdict {
  const summary =
    `${describeCrowd(top)} more in ${describeHolder(top)}, but nothing is left of what was allocated in the first half of ` +
    'the window: they come and go, more at a time than before; or it began late.';
  return { kind: 'growth', confidence: 'medium', summary };
}

export function beganLate(top: Suspect): Verdict {
  const summary =
    `${describeCrowd(top)} came to ${describeHolder(top)}, but the live heap began to grow late: a burst, or a leak that ` +
    'has begun. Capture a third time after the same work again.';
  return { kind: 'growth', confidence: 'low', summary };
}

export function undecided(top: Suspect): Verdict {
  const summary =
    `${describeCrowd(top)} more in ${describeHolder(top)}; two captures cannot tell a leak from a cache that fills: ` +
    'capture a third time after the same work again.';
  return { kind: 'growth', confidence: 'low', summary };
}

export function tooLittle(top: Suspect, step: Step | null): Verdict {
  const inStep = step === 'each' ? ', in step with the work' : '';
  const summary =
    `${describeCrowd(top)} more in ${describeHolder(top)}${inStep}: too little to tell from a program that warms up. ` +
    'Capture again after more work.';
  return { kind: 'growth', confidence: 'low', summary };
}
