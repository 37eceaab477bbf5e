/** Crowds that grew in step with the work: with every unit of it the same, which chance and caches seldom do. */
import type { SessionRecord } from '../session';
import type { Suspect } from './types';
import { unitsInWindow } from './window';

/** Each unit of work left the same whole number of objects, or one in every few units left one. */
export type Step = 'each' | 'some';

/** An arbitrary number of objects is in step by chance no more often than this. */
const STEP_CHANCE = 0.03;

/**
 * How a crowd kept step; null when it did not. Captures fall between units, so counts may be a little off. How far depends
 * on how far apart those counts lie that would be in step: next to 450 units that is every 450 objects, but around 200 of
 * 1,000 there is one every 40.
 */
export function findStep({ growthCount }: Suspect, record: SessionRecord | null): Step | null {
  const units = record ? Math.max(0, ...Object.values(unitsInWindow(record))) : 0;
  if (units === 0 || growthCount === 0) return null;
  const whole = Math.round(Math.max(growthCount / units, units / growthCount));
  const isSome = whole > 1 && growthCount < units;
  const expected = isSome ? units / whole : units * whole;
  const apart = isSome ? units / whole ** 2 : units;
  const chance = (2 * Math.abs(growthCount - expected) + 1) / apart;
  if (chance > STEP_CHANCE) return null;
  return isSome ? 'some' : 'each';
}
