/** What is said of the holder of a dozen objects that came to a program written by hand. */
import { expect } from 'vitest';
import { findSuspectsIn, MODULE, type Program, times } from './program-heap';

/** The text of the only suspect's holder, and what it holds: none before, a dozen after. */
export async function describeHolder(way: string, members: (index: number) => string, nodes: Program['nodes'] = {}) {
  const before = `${MODULE}${way}`;
  const suspects = await findSuspectsIn(before, `${before}\n${times(12, members)}`, nodes);
  expect(suspects).toHaveLength(1);
  const [suspect] = suspects;
  return { text: suspect!.holder.text, label: suspect!.holder.label, path: suspect!.holder.path, suspect: suspect! };
}

/** A table's entry. */
export const element = (index: number) => `table #${index} -> session${index}`;
