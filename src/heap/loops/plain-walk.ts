import { addBit } from '../bit-vector';
import { firstEdgeOf } from '../edge-ranges';
import { targetAt } from '../targets';
import { LabelKind, UNNUMBERED } from './codes';
import type { Walk } from './walk';

/** Numbers all that is below `start`, the node numbered last, which is a child of the root's in the tree searched. */
export function walk(search: Walk, start: number): void {
  const { numberOf, vertex, backSteps, lowest, fromLarger, kinds, way, cursors } = search;
  const { ownedEnd, alsoOwned, isRootOwned } = search;
  const { ranges, label, to } = search.edges;
  const { ordinals, width } = to;
  const { words: essential } = search.essential;
  const { words: backward } = search.backward;
  let { count, depth } = search;
  const top = count - 1;
  let height = 0;
  let node = start;
  let edge = firstEdgeOf(ranges, node);
  for (let current = top; ; ) {
    const end = firstEdgeOf(ranges, node + 1);
    const isForeign = current >= ownedEnd && !alsoOwned?.has(node);
    let below = -1;
    // Edges are sorted on the way, each is met once: up to one that leads down to a node with edges of its own.
    for (; edge < end && below < 0; edge++) {
      const kind = kinds[label[edge]!];
      const ordinal = targetAt(ordinals, width, edge);
      if (kind === LabelKind.weak || ordinal === node) continue;
      if (kind === LabelKind.needsLook && search.leavesOut(node, edge, isForeign)) continue;
      const target = numberOf[ordinal]!;
      if (isForeign && ((target < ownedEnd && (target !== 0 || isRootOwned)) || alsoOwned?.has(ordinal))) continue;
      addBit(essential, edge);
      if (target === UNNUMBERED) {
        numberOf[ordinal] = count;
        vertex[count] = ordinal;
        lowest[count] = current;
        fromLarger[count] = 0;
        backSteps.note(count, depth - height - 1);
        depth = height + 2;
        if (firstEdgeOf(ranges, ordinal) !== firstEdgeOf(ranges, ordinal + 1)) below = ordinal;
        count++;
      } else if (target < current) {
        fromLarger[target]!++;
        addBit(backward, edge);
      } else if (current < lowest[target]!) lowest[target] = current;
    }
    if (below >= 0) {
      way[height] = current;
      cursors[height] = edge;
      height++;
      node = below;
      current = count - 1;
      edge = firstEdgeOf(ranges, node);
    } else if (current === top) break;
    else {
      height--;
      current = way[height]!;
      node = vertex[current]!;
      edge = cursors[height]!;
    }
  }
  search.count = count;
  search.depth = depth;
}
