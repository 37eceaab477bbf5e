/** The loops over children in the dominator tree in plain TypeScript. */
import { addBit, hasBit, rankOf, removeBit } from '../bit-vector';
import { firstEdgeOf } from '../edge-ranges';
import { placeOfRare } from '../edges';
import { internPair } from '../interner';
import { sizeOf } from '../node-sizes';
import { isDigit } from '../scan/ascii';
import { targetAt } from '../targets';
import type { ChildLoops } from './child-loops';
import { BY_FIRST_BYTE, ChildCursor, ChildStep, NONE } from './codes';

export const plainChildLoops: ChildLoops = {
  listChildren(...args) {
    const [edges, essential, at, position, inner, before, size, marks, parents, cursor, children, via, room, , end] =
      args;
    const { ranges, to } = edges;
    const behind = (place: number) => (hasBit(inner, place) ? place + size[rankOf(inner, before, place)]! : place + 1);
    let listed = cursor[ChildCursor.listed]!;
    let parent = cursor[ChildCursor.parent]!;
    let step = cursor[ChildCursor.step]!;
    let next = cursor[ChildCursor.next]!;
    /** Lists a child once; false when it was not listed yet and the list is full. */
    const list = (child: number, edge: number) => {
      if (!hasBit(marks, child)) return true;
      if (listed === room) return false;
      removeBit(marks, child);
      children[listed] = child;
      via[listed++] = edge;
      return true;
    };
    const goThrough = (node: number) => {
      const place = position[node]!;
      const last = behind(place);
      if (place + 1 === last) return true;
      if (step === ChildStep.mark) {
        for (let child = place + 1; child < last; child = behind(child)) addBit(marks, at[child]!);
        step = ChildStep.byEdge;
        next = firstEdgeOf(ranges, node);
      }
      if (step === ChildStep.byEdge) {
        for (const lastEdge = firstEdgeOf(ranges, node + 1); next < lastEdge; next++) {
          if (hasBit(essential, next) && !list(targetAt(to.ordinals, to.width, next), next)) return false;
        }
        step = ChildStep.others;
        next = place + 1;
      }
      for (; next < last; next = behind(next)) if (!list(at[next]!, NONE)) return false;
      step = ChildStep.mark;
      return true;
    };
    while (parent < end && goThrough(parents[parent]!)) parent++;
    cursor[ChildCursor.listed] = listed;
    cursor[ChildCursor.parent] = parent;
    cursor[ChildCursor.step] = step;
    cursor[ChildCursor.next] = next;
  },

  keyChildren(...args) {
    const [label, keyOfLabel, keyOfNone, keyOfIndices, firstNumbered, rare, rareBefore, firstBytes, ...rest] = args;
    const [via, keys, open, count, from, end] = rest;
    const keyOf = (edge: number) => {
      if (edge === NONE) return keyOfNone;
      const key = keyOfLabel[label[edge]!]!;
      if (key !== BY_FIRST_BYTE) return key;
      const name = rare[placeOfRare({ label, firstNumbered, rareBefore }, edge)]!;
      return isDigit(firstBytes[name]!) ? keyOfIndices : NONE;
    };
    for (let place = from; place < end; place++) {
      keys[place] = keyOf(via[place]!);
      if (keys[place] === NONE) open[count[0]!++] = place;
    }
  },

  groupChildren(...args) {
    const [keys, classOf, position, inner, before, retained, sizes, children, ...rest] = args;
    const [slots, mask, first, second, row, count, numbers, counts, sums, from, end] = rest;
    const table = { slots, mask, first, second, row, count };
    for (let place = from; place < end; place++) {
      const child = children[place]!;
      const known = count[0]!;
      const number = internPair(table, keys[place]!, classOf[child]!, place);
      const sum = number * 3;
      if (number === known) {
        counts[number] = 0;
        sums.fill(0, sum, sum + 3);
      }
      numbers[place] = number;
      counts[number]!++;
      const at = position[child]!;
      const shallow = sizeOf(sizes, child);
      const bytes = hasBit(inner, at) ? retained[rankOf(inner, before, at)]! : shallow;
      sums[sum]! += bytes;
      sums[sum + 1]! += shallow;
      sums[sum + 2] = Math.max(sums[sum + 2]!, bytes);
    }
  },

  sortByNumber(items, numbers, places, sorted, from, end) {
    for (let place = from; place < end; place++) sorted[places[numbers[place]!]!++] = items[place]!;
  },
};
