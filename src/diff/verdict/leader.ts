/** Which of several suspects comes first. */
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
  const lost = bytesLost(subjects, evidence);
  if (largest && largest.step === null && !(trend.kind === 'rising' && growsLate(largest, trend))) {
    const masked = others.findIndex((subject) => isMaskedLeak(subject, lost) && subject.inFloor >= LEAK_BYTES_IN_STEP);
    if (masked >= 0) return masked + 1;
  }
  if (largest?.turns) {
    const stays = (subject: Subject) =>
      !subject.turns && subject.suspect.growthCount > 0 && subject.inFloor >= LEAK_BYTES && growsLate(subject, trend);
    return others.findIndex(stays) + 1;
  }
  if (!largest || largest.step !== null || trend.kind === 'emptied' || trend.kind === 'late') return 0;
  if (trend.riseBytes < largest.inFloor) return 0; // not all of them came to the floor: whose late rise it is, nobody knows
  const fits = (subject: Subject) =>
    subject.step === 'each' &&
    subject.inFloor >= Math.max(LEAK_BYTES_IN_STEP, trend.lastRiseBytes - mayBeOffBy(trend)) &&
    trend.lateRiseBytes - subject.inFloor / 2 - mayBeOffBy(trend) < largest.inFloor * OWN_LATE_SHARE &&
    growsLate(subject, trend);
  return others.findIndex(fits) + 1;
}
