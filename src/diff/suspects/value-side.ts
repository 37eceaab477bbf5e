/** The application's own code below an object: a listener, a callback, whatever closure it carries. */
import type { Heap } from '../../heap/open-heap';
import { isApplicationFile } from '../allocation-sites';

export interface CarriedFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** Objects looked at below the member: callbacks hang a few steps below what carries them. */
const MOST_OBJECTS = 400;

/** The nearest closure below `ordinal` in the dominator tree that is defined in the application; null without one. */
export function findApplicationClosure(heap: Heap, ordinal: number): CarriedFunction | null {
  const { graph, tree, sites, names } = heap;
  const queue = [ordinal];
  for (let head = 0; head < queue.length && head < MOST_OBJECTS; head++) {
    const node = queue[head]!;
    const location = graph.nodes.type[node] === graph.nodeType.closure ? sites.get(sites.siteOf[node]!) : null;
    if (location?.file && isApplicationFile(location.file)) {
      return { name: names.get(graph.nodes.name[node]!), file: location.file, line: location.line };
    }
    const position = tree.position[node]!;
    const end = position + tree.size[position]!;
    for (let at = position + 1; at < end && queue.length < MOST_OBJECTS; at += tree.size[at]!) queue.push(tree.at[at]!);
  }
  return null;
}
