/** What a suspect is called in a sentence: what grew, and who holds it. */
import { formatCount } from '../format-numbers';
import type { Suspect } from './types';

/** `Session`, `onClose() closures`, `anonymous contexts`. */
export function nameCrowd({ name, function: made }: Suspect['constructor']): string {
  if (made === null) return name;
  const kind = name === 'Function' ? 'closures' : name === 'system / Context' ? 'contexts' : name;
  return made === '' ? `anonymous ${kind}` : `${made}() ${kind}`;
}

/** `5,000 Session`. */
export function describeCrowd({ growthCount, constructor: definition, classCount }: Suspect): string {
  const name = nameCrowd(definition);
  if (classCount !== undefined) return `${formatCount(growthCount)} objects of ${classCount} classes, such as ${name},`;
  return growthCount > 0 ? `${formatCount(growthCount)} ${name}` : `Bytes of ${name}`;
}

/** The holder up to the second comma outside of a shape: its label, class and where it is. */
export function describeHolder({ holder }: Suspect): string {
  return holder.text
    .split(/, (?![^{}]*\})/)
    .slice(0, 2)
    .join(', ');
}

/** `3.0 MB`. */
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
