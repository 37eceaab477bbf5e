/** Sizes of a suspect's members, and what they consist of, along the dominator tree. */
import { subtreeEnd } from '../../heap/dominators';
import type { Heap } from '../../heap/heap';
import { placeOf } from '../constructors';
import type { CommonClass, GroupedHeap } from '../suspects/groups';
import type { ClassShare, Distribution } from './detail-types';

/** Rows of a composition; the rest is dust. */
const MOST_CLASSES = 20;

/**
 * Bytes that each object keeps alive beside the other objects of the list, in the list's order. In a chain every link
 * retains those behind it: what counts is the difference.
 */
export function measureOwnBytes(heap: Heap, nodes: readonly number[]): Float64Array {
  const { tree } = heap;
  const own = Float64Array.from(nodes, (node) => heap.retainedOf(node));
  const order = nodes.map((_, index) => index);
  order.sort((a, b) => tree.position[nodes[a]!]! - tree.position[nodes[b]!]!);
  const endOf = (node: number) => subtreeEnd(tree, tree.position[node]!);
  // Objects whose subtree the walk is inside of, outermost first.
  const open: number[] = [];
  for (const index of order) {
    const position = tree.position[nodes[index]!]!;
    while (open.length > 0 && endOf(nodes[open.at(-1)!]!) <= position) open.pop();
    if (open.length > 0) own[open.at(-1)!]! -= heap.retainedOf(nodes[index]!);
    open.push(index);
  }
  return own;
}

export function distribute(values: Float64Array): Distribution {
  if (values.length === 0) return { total: 0, min: 0, median: 0, max: 0 };
  const sorted = Float64Array.from(values).sort();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return { total, min: sorted[0]!, median: sorted[sorted.length >> 1]!, max: sorted.at(-1)! };
}

/** Sums all that the objects keep alive by class, the objects included, largest first. */
export function composeByClass(
  { heap, classOf }: GroupedHeap,
  classes: readonly CommonClass[],
  nodes: readonly number[],
): ClassShare[] {
  const { tree } = heap;
  const sums = new Map<number, { count: number; bytes: number }>();
  let total = 0;
  eachBelow(heap, nodes, (position) => {
    const node = tree.at[position]!;
    const bytes = heap.shallowOf(node);
    if (bytes === 0) return;
    const index = classOf(node);
    const sum = sums.get(index);
    if (sum) {
      sum.count++;
      sum.bytes += bytes;
    } else sums.set(index, { count: 1, bytes });
    total += bytes;
  });
  const rows = [...sums].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, MOST_CLASSES);
  return rows.map(([index, { count, bytes }]) => {
    const { name, function: functionName, location, isInternal } = classes[index]!;
    const definition = { name, function: functionName, location: placeOf(location) };
    return { constructor: definition, internal: isInternal, count, bytes, share: bytes / Math.max(1, total) };
  });
}

/** Visits each position of the dominator tree at or below one of `nodes` once. */
function eachBelow({ tree }: Heap, nodes: readonly number[], visit: (position: number) => void): void {
  const starts = nodes.map((node) => tree.position[node]!).sort((a, b) => a - b);
  let done = 0;
  for (const start of starts) {
    const end = subtreeEnd(tree, start);
    for (let position = Math.max(start, done); position < end; position++) visit(position);
    done = Math.max(done, end);
  }
}
