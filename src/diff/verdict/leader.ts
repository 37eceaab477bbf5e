/** Which of several suspects comes first. */
import type { Trend } from '../trend';
import { bytesLost, type Evidence, LEAK_BYTES, LEAK_BYTES_IN_STEP, type Subject, subjectsOf } from './evidence';
import { growsLate, isMaskedLeak, mayBeOffBy, OWN_LATE_SHARE } from './floor-words';

/**
 * Which suspect comes first, by its place in the list. The largest; but where it comes and goes and another one stays, or
 * where another one that is in step with the work explains what the floor shows late, or would have shown if nothing had been
 * freed, so that the largest is a cache that filled, that one.
 */
export function findLeader(evidence: Evidence): number {
  const { trend } = evidence;
  const subjects = subjectsOf(evidence);
  const [largest, ...others] = subjects;
  if (!largest) return 0;
  const first = (isBetter: (subject: Subject) => boolean) => others.findIndex(isBetter) + 1;
  if (largest.step === null && !(trend.kind === 'rising' && growsLate(largest, trend))) {
    const lost = bytesLost(subjects, evidence);
    const masked = first((subject) => subject.inFloor >= LEAK_BYTES_IN_STEP && isMaskedLeak(subject, lost));
    if (masked > 0) return masked;
  }
  if (largest.turns) return first((subject) => stays(subject, trend));
  return mayHaveFilled(largest, trend) ? first((subject) => explainsLate(subject, largest, trend)) : 0;
}

/** Its objects are there for good, and the floor shows them late. */
const stays = (subject: Subject, trend: Trend) =>
  !subject.turns && subject.suspect.growthCount > 0 && subject.inFloor >= LEAK_BYTES && growsLate(subject, trend);

/** All of it has come to the floor, or else nobody knows whose the late rise is. */
const mayHaveFilled = ({ step, inFloor }: Subject, { kind, riseBytes }: Trend) =>
  step === null && kind !== 'emptied' && kind !== 'late' && riseBytes >= inFloor;

/** It is in step with the work, and what it leaves of the late rise is less than the largest would bring if it still grew. */
function explainsLate(subject: Subject, largest: Subject, trend: Trend): boolean {
  const offBy = mayBeOffBy(trend);
  return (
    subject.step === 'each' &&
    subject.inFloor >= Math.max(LEAK_BYTES_IN_STEP, trend.lastRiseBytes - offBy) &&
    trend.lateRiseBytes - subject.inFloor / 2 - offBy < largest.inFloor * OWN_LATE_SHARE &&
    growsLate(subject, trend)
  );
}
