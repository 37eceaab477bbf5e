/** The loops that tell nodes' classes in plain TypeScript. */
import { addBit, countBits, hasBit, rankOf } from '../bit-vector';
import { firstEdgeOf } from '../edge-ranges';
import { internPair, type PairColumns } from '../interner';
import { sizeOf } from '../node-sizes';
import { targetAt } from '../targets';
import type { ClassLoops } from './class-loops';
import { EdgeKind, NONE } from './codes';

export const plainClassLoops: ClassLoops = {
  markNodes(type, name, byType, byName, names, nameable, marks, words, from, end) {
    for (let node = from; node < end; node++) {
      const kind = type[node]!;
      const called = name[node]!;
      let kinds = byType[kind]!;
      if (nameable[kind] !== 0 && called < names) kinds |= byName[called]! & nameable[kind]!;
      for (; kinds !== 0; kinds &= kinds - 1) addBit(marks, (31 - Math.clz32(kinds & -kinds)) * words * 32 + node);
    }
  },

  listNames(type, name, isMarked, seen, list, count, from, end) {
    for (let node = from; node < end; node++) {
      const called = name[node]!;
      if (isMarked[type[node]!] === 0 || hasBit(seen, called)) continue;
      addBit(seen, called);
      list[count[0]!++] = called;
    }
  },

  listUnmarked(marks, values, seen, list, count, from, end) {
    for (let node = from; node < end; node++) {
      const value = values[node]!;
      if (hasBit(marks, node) || hasBit(seen, value)) continue;
      addBit(seen, value);
      list[count[0]!++] = value;
    }
  },

  nameNodes(type, name, isMarked, byType, byName, nameOf, from, end) {
    for (let node = from; node < end; node++) {
      nameOf[node] = isMarked[type[node]!] === 0 ? byType[type[node]!]! : byName[name[node]!]!;
    }
  },

  translate(values, by, from, end) {
    for (let i = from; i < end; i++) values[i] = by[values[i]!]!;
  },

  sumShallow(classOf, sizes, count, shallow, from, end) {
    for (let node = from; node < end; node++) {
      const size = sizeOf(sizes, node);
      if (size === 0) continue;
      const index = classOf[node]!;
      count[index]!++;
      shallow[index]! += size;
    }
  },

  sumTopmost(at, inner, before, size, classOf, sizes, retained, sums, openUntil, from, end) {
    let next = rankOf(inner, before, from);
    for (let position = from; position < end; position++) {
      const node = at[position]!;
      const isInner = hasBit(inner, position);
      const rank = next;
      if (isInner) next++;
      const own = sizeOf(sizes, node);
      if (own === 0) continue;
      const index = classOf[node]!;
      if (position < openUntil[index]!) continue;
      sums[index]! += isInner ? retained[rank]! : own;
      if (isInner) openUntil[index] = position + size[rank]!;
    }
  },

  translateMarked(marks, values, by, others, from, end) {
    for (let node = from; node < end; node++) {
      if (!hasBit(marks, node)) continue;
      const value = by[values[node]!]!;
      values[node] = value === NONE ? others[node]! : value;
    }
  },

  countValues(marks, values, counts, firstOf, list, count, from, end) {
    for (let node = from; node < end; node++) {
      if (!hasBit(marks, node)) continue;
      const value = values[node]!;
      if (value === NONE) list[count[0]!++] = node;
      else if (counts[value]!++ === 0) firstOf[value] = node;
    }
  },

  internPairs(a, b, slots, mask, first, second, row, count, out, from, end) {
    const table: PairColumns = { slots, mask, first, second, row, count };
    for (let at = from; at < end; at++) out[at] = internPair(table, a[at]!, b[at]!, at);
  },

  internSited(...args) {
    const [marks, a, ranked, before, byRank, slots, mask, first, second, row, count, base, out, from, end] = args;
    const table: PairColumns = { slots, mask, first, second, row, count };
    for (let at = from; at < end; at++) {
      if (!hasBit(marks, at)) continue;
      const b = hasBit(ranked, at) ? byRank[rankOf(ranked, before, at)]! : 0;
      const number = base + internPair(table, a[at]!, b, at);
      if (out !== null) out[at] = number;
    }
  },

  findTargets({ ranges, to, label }, marks, kinds, targets, list, count, from, end) {
    for (let node = from; node < end; node++) {
      if (!hasBit(marks, node)) continue;
      targets[node] = NONE;
      for (let edge = firstEdgeOf(ranges, node), last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        const kind = kinds[label[edge]!];
        if (kind === EdgeKind.other) continue;
        if (kind === EdgeKind.wanted) targets[node] = targetAt(to.ordinals, to.width, edge);
        else list[count[0]!++] = node;
        break;
      }
    }
  },

  listLabels({ ranges, label }, marks, seen, list, count, from, end) {
    for (let node = from; node < end; node++) {
      if (!hasBit(marks, node)) continue;
      for (let edge = firstEdgeOf(ranges, node), last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        const of = label[edge]!;
        if (hasBit(seen, of)) continue;
        addBit(seen, of);
        list[count[0]!++] = of;
      }
    }
  },

  walkProperties(...args) {
    const [
      { ranges, label },
      marks,
      propertyOf,
      lengthOf,
      limit,
      slots,
      mask,
      first,
      second,
      row,
      count,
      out,
      from,
      end,
    ] = args;
    const table: PairColumns = { slots, mask, first, second, row, count };
    for (let node = from; node < end; node++) {
      if (!hasBit(marks, node)) continue;
      let walk = 0;
      let length = 1; // of an opening brace
      for (let edge = firstEdgeOf(ranges, node), last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        const property = propertyOf[label[edge]!]!;
        if (property === 0) continue;
        if (property === NONE) {
          walk = NONE;
          break;
        }
        const added = lengthOf[property]!;
        if (length > 1 && length + added > limit) break;
        length += added + (length === 1 ? 0 : 2);
        walk = internPair(table, walk, property, node) + 1;
      }
      out[node] = walk;
    }
  },

  markOrdinals(ordinals, nodeCount, type, isWanted, marks, from, end) {
    for (let row = from; row < end; row++) {
      const ordinal = ordinals[row]!;
      if (ordinal < nodeCount && isWanted[type[ordinal]!] !== 0) addBit(marks, ordinal);
    }
  },

  countBefore(marks, before, total, from, end) {
    for (let word = from; word < end; word++) {
      before[word] = total[0]!;
      total[0]! += countBits(marks[word]!);
    }
  },

  placeByRank(ordinals, nodeCount, marks, before, values, byRank, from, end) {
    for (let row = from; row < end; row++) {
      const ordinal = ordinals[row]!;
      if (ordinal < nodeCount) byRank[rankOf(marks, before, ordinal)] = values[row]! + 1;
    }
  },
};
