/**
 * Which stacks allocated a suspect's members. A sample carries no object, so this is inferred: from the definition
 * site of the class, from the files on the way to the holder, and from how much each suspect and each stack has.
 */
import { isApplicationFrame, nearestFrame } from '../allocation-sites';
import type { AllocationStack, Frame } from '../stacks';
import type { SuspectSite } from '../types';
import type { HeldGrowth } from './held-growth';

const MOST_SITES = 5;

/** Gives each stack to the suspect it fits best; returns each suspect's stacks, largest first. */
export function joinStacks(suspects: readonly HeldGrowth[], stacks: readonly AllocationStack[]): AllocationStack[][] {
  const remaining = suspects.map(({ growthBytes }) => growthBytes);
  const joined: AllocationStack[][] = suspects.map(() => []);
  for (const stack of [...stacks].sort((a, b) => b.bytes - a.bytes)) {
    const best = bestSuspect(suspects, remaining, stack);
    if (best < 0) continue;
    remaining[best]! -= stack.bytes;
    joined[best]!.push(stack);
  }
  return joined;
}

function bestSuspect(suspects: readonly HeldGrowth[], remaining: readonly number[], stack: AllocationStack): number {
  let best = -1;
  let bestScore = 0;
  suspects.forEach((suspect, index) => {
    // Evidence first; among equals the suspect with most growth left to explain.
    const room = Math.max(0, remaining[index]!) / Math.max(1, suspect.growthBytes);
    const score =
      evidence(suspects, suspect, stack) +
      room * ROOM_WEIGHT +
      (suspect.growthBytes / suspects[0]!.growthBytes) * SIZE_WEIGHT;
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  });
  return best;
}

const ROOM_WEIGHT = 0.5;
const SIZE_WEIGHT = 0.4;

function evidence(suspects: readonly HeldGrowth[], suspect: HeldGrowth, { frames }: AllocationStack): number {
  const { location, name } = suspect.constructor;
  const isAt = ({ file, line, column }: Frame) =>
    file === location?.file && line === location.line && column === location.column;
  // Names say little where a minifier gave them: the place decides where it is known.
  const isConstructor = frames.some((frame) => frame.function === name && (location === null || isAt(frame)));
  const isDefinedThere = frames.some(isAt);
  const inSameFile = location !== null && frames.some(({ file }) => file === location.file);
  const inHolderFile = frames.some(({ file }) => file !== '' && suspect.holder.text.includes(file));
  const few = [isNearestOnLine(suspects, suspect, frames), inSameFile, inHolderFile].filter(Boolean).length;
  return Number(isConstructor) + Number(isDefinedThere) + few * 0.5;
}

/** A line of a bundle may be a whole program: code on it belongs to the class that begins right before it. */
function isNearestOnLine(suspects: readonly HeldGrowth[], suspect: HeldGrowth, frames: readonly Frame[]): boolean {
  const own = suspect.constructor.location;
  const isOnLine = (place: Omit<Frame, 'function'> | null) => place?.file === own?.file && place?.line === own?.line;
  const frame = frames.find(isOnLine);
  if (!own || !frame) return false;
  const columns = suspects.flatMap(({ constructor: { location } }) => (isOnLine(location) ? [location!.column] : []));
  const before = columns.filter((column) => column <= frame.column);
  return own.column === (before.length > 0 ? Math.max(...before) : Math.min(...columns));
}

/** Sums stacks by the frame a person should look at, those of the application first. */
export function sumSites(stacks: readonly AllocationStack[], growthBytes: number): SuspectSite[] {
  // Estimates may sum to more than there is: shares are then of their sum.
  const base = Math.max(
    growthBytes,
    stacks.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const sites = new Map<string, SuspectSite>();
  for (const { frames, bytes, source } of stacks) {
    const frame = nearestFrame(frames);
    const key = `${frame.function}\n${frame.file}:${frame.line}:${frame.column}`;
    const sum = (sites.get(key)?.bytes ?? 0) + bytes;
    sites.set(key, { ...frame, bytes: sum, share: sum / base, source });
  }
  // A line of the application is a better start than Node's own, even where it has fewer bytes.
  const ofApplication = (site: SuspectSite) => Number(isApplicationFrame(site));
  return [...sites.values()]
    .sort((a, b) => ofApplication(b) - ofApplication(a) || b.bytes - a.bytes)
    .slice(0, MOST_SITES);
}
