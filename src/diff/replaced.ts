/** Whether what came to a place is new to the heap: as many of its class may have left another place. */

/** Of what came to a place, so much must be more in all of the heap. */
const NEW_SHARE = 0.5;

/** `moreOfClass`: how many more objects of the class there are in all of the heap. */
export function isReplaced(growthCount: number, moreOfClass: number): boolean {
  return growthCount > 0 && moreOfClass < growthCount * NEW_SHARE;
}
