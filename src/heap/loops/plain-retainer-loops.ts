/** The loop of the search for retainers in plain TypeScript. */
import { addBit, hasBit } from '../bit-vector';
import { firstEdgeOf } from '../edge-ranges';
import { placeOfRare } from '../edges';
import { setTarget, targetAt } from '../targets';
import { BAD, BY_NAME, CONTEXT_NAME, EDGE_WORD, FollowCursor, GOOD, POOR, ROOT_WORD, RUNNING } from './codes';
import type { RetainerLoops } from './retainer-loops';

export const plainRetainerLoops: RetainerLoops = {
  followEdges(...args) {
    const [edges, essential, firstNumbered, rare, rareBefore, type, name, ofLabel, ofSource, ofWord, ...rest] = args;
    const [reached, parent, parentWidth, batch, cursor, visited, left, room, quality, , end] = rest;
    const { ranges, to, label } = edges;
    const qualityOf = (node: number, edge: number, target: number) => {
      let found = ofLabel[label[edge]!]!;
      if (found === BY_NAME) {
        found = ofWord[rare[placeOfRare({ label, firstNumbered, rareBefore }, edge)]!]! & EDGE_WORD.mask;
      }
      if (found !== GOOD) return found;
      found = ofSource[type[node]!]!;
      if (found !== BY_NAME) return found;
      found = (ofWord[name[node]!]! >> ROOT_WORD.shift) & ROOT_WORD.mask;
      if (found !== RUNNING) return found;
      return ofWord[name[target]!]! & CONTEXT_NAME ? POOR : BAD;
    };
    let at = cursor[FollowCursor.node]!;
    let edge = cursor[FollowCursor.edge]!;
    let isLeft = cursor[FollowCursor.isLeft] !== 0;
    /** The edges before it were followed by the last call, which may have visited some. */
    let isWithin = cursor[FollowCursor.isWithin] !== 0;
    let isOver = cursor[FollowCursor.isOver] !== 0;
    let visits = cursor[FollowCursor.visited]!;
    let lefts = cursor[FollowCursor.left]!;
    /** Whether it came to the last of the node's edges. */
    const follow = (node: number) => {
      if (!isWithin) {
        edge = firstEdgeOf(ranges, node);
        isLeft = false;
      }
      for (const last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        if (!hasBit(essential, edge)) continue;
        const target = targetAt(to.ordinals, to.width, edge);
        if (hasBit(reached, target)) continue;
        const found = qualityOf(node, edge, target);
        if (found > quality) isLeft = true;
        if (found !== quality) continue;
        if (visits === room) return false;
        addBit(reached, target);
        setTarget(parent, parentWidth, target, node);
        if (firstEdgeOf(ranges, target) < firstEdgeOf(ranges, target + 1)) visited[visits++] = target;
      }
      if (isLeft) left[lefts++] = node;
      return true;
    };
    while (at < end && !isOver) {
      if (!follow(batch[at]!)) {
        isWithin = true;
        break;
      }
      at++;
      isOver = quality !== GOOD && (isWithin || visits > 0);
      isWithin = false;
    }
    cursor[FollowCursor.node] = at;
    cursor[FollowCursor.edge] = edge;
    cursor[FollowCursor.isWithin] = Number(isWithin);
    cursor[FollowCursor.isLeft] = Number(isLeft);
    cursor[FollowCursor.isOver] = Number(isOver);
    cursor[FollowCursor.visited] = visits;
    cursor[FollowCursor.left] = lefts;
  },
};
