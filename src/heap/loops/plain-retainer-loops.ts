/** The loop of the search for retainers in plain TypeScript. */
import { addBit, hasBit } from '../bit-vector';
import { firstEdgeOf } from '../edge-ranges';
import { placeOfRare } from '../edges';
import { setTarget, targetAt } from '../targets';
import { BAD, BY_NAME, CONTEXT_NAME, EDGE_WORD, FollowState, GOOD, POOR, ROOT_WORD, RUNNING } from './codes';
import type { RetainerLoops } from './retainer-loops';

export const plainRetainerLoops: RetainerLoops = {
  followEdges(...args) {
    const [edges, essential, firstNumbered, rare, rareBefore, type, name, ofLabel, ofSource, ofWord, ...rest] = args;
    const [reached, parent, parentWidth, good, lesserOnes, left, state, room, lesser, lesserEnd, , end] = rest;
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
    /** Puts a node to the end of a queue; false where that is full. */
    const put = (queue: Uint32Array, tail: number, node: number) => {
      if (state[tail] === room) return false;
      queue[state[tail]!++] = node;
      return true;
    };
    /** Whether it came to the end of a node. */
    const follow = (node: number, quality: number) => {
      const isWithin = state[FollowState.within] === node + 1;
      let edge = isWithin ? state[FollowState.edge]! : firstEdgeOf(ranges, node);
      let isLeft = isWithin && state[FollowState.isLeft] !== 0;
      let hasRoom = true;
      for (const last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        if (!hasBit(essential, edge)) continue;
        const target = targetAt(to.ordinals, to.width, edge);
        if (hasBit(reached, target)) continue;
        const found = qualityOf(node, edge, target);
        if (found > quality) isLeft = true;
        if (found !== quality) continue;
        const hasEdges = firstEdgeOf(ranges, target) < firstEdgeOf(ranges, target + 1);
        hasRoom = !hasEdges || put(good, FollowState.goodTail, target);
        if (!hasRoom) break;
        addBit(reached, target);
        setTarget(parent, parentWidth, target, node);
      }
      if (hasRoom && isLeft) {
        if (quality === GOOD) hasRoom = put(lesserOnes, FollowState.lesserTail, node);
        else hasRoom = put(left, FollowState.leftTail, node);
      }
      state[FollowState.within] = hasRoom ? 0 : node + 1;
      state[FollowState.edge] = edge;
      state[FollowState.isLeft] = Number(isLeft);
      return hasRoom;
    };
    for (let isOver = false; !isOver; ) {
      const goodAt = state[FollowState.goodAt]!;
      const lesserAt = state[FollowState.lesserAt]!;
      if (goodAt < state[FollowState.goodTail]!) {
        if (goodAt >= end || lesser === BAD || !follow(good[goodAt]!, GOOD)) isOver = true;
        else state[FollowState.goodAt] = goodAt + 1;
      } else if (lesserAt < Math.min(lesserEnd, state[FollowState.lesserTail]!)) {
        if (!follow(lesserOnes[lesserAt]!, lesser)) isOver = true;
        else state[FollowState.lesserAt] = lesserAt + 1;
      } else isOver = true;
    }
  },
};
