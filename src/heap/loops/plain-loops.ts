/** The loops over a graph in plain TypeScript: where there is no kernel, and its oracle in tests. */
import { addBit, hasBit } from '../bit-vector';
import { firstEdgeOf } from '../edge-ranges';
import { divideExactly } from '../exact-division';
import { hasRoom, setSize, sizeOf } from '../node-sizes';
import { isNear, isSampled } from '../sampled-ids';
import { targetAt } from '../targets';
import { FIRST_CROWD, LONG, MOST_CROWDS, NONE, OwnableKind, PARENT_BLOCK, SEVERAL_OWNERS, UNVISITED } from './codes';
import type { GraphLoops } from './graph-loops';
import { plainChildLoops } from './plain-child-loops';
import { plainClassLoops } from './plain-class-loops';
import { plainRetainerLoops } from './plain-retainer-loops';
import { walk } from './plain-walk';

export const plainLoops: GraphLoops = {
  ...plainChildLoops,
  ...plainClassLoops,
  ...plainRetainerLoops,
  walker: (search) => (start) => walk(search, start),

  divideExactly(values, shift, odd, inverse, limit, wrong, from, end) {
    const division = { shift, odd, inverse, limit };
    for (let i = from; i < end; i++) {
      const quotient = divideExactly(values[i]!, division);
      if (quotient < 0) {
        wrong[0] = i;
        return;
      }
      values[i] = quotient;
    }
  },

  readParents(levels, long, path, parents, from, end) {
    let height = 1;
    path[0] = 0;
    for (let number = from, longWays = 0; number < end; number++) {
      const up = levels[number]!;
      height -= up < LONG ? up : long[longWays++]!;
      parents[number] = path[height - 1]!;
      path[height++] = number;
    }
  },

  sumRows(rows, least, crowds, totals, from, end) {
    for (let number = from; number < end; number++) {
      const length = rows[number]!;
      if (length >= least && totals[1]! < MOST_CROWDS) {
        rows[number] = FIRST_CROWD + totals[1]!;
        crowds[totals[1]!++] = length;
      } else rows[number] = totals[0]! += length;
    }
  },

  collectPredecessors(...args) {
    const [edges, marked, vertex, numberOf, rows, predecessors, crowdEnds, lastOfCrowd, bytes, from, end] = args;
    const { ranges, to } = edges;
    const addToCrowd = (crowd: number, number: number) => {
      let at = crowdEnds[crowd]!;
      let step = number - lastOfCrowd[crowd]!;
      for (; step > 127; step >>>= 7) bytes[at++] = step | 128;
      bytes[at++] = step;
      crowdEnds[crowd] = at;
      lastOfCrowd[crowd] = number;
    };
    for (let number = from; number < end; number++) {
      const node = vertex[number]!;
      for (let edge = firstEdgeOf(ranges, node), last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        if (!hasBit(marked, edge)) continue;
        const target = numberOf[targetAt(to.ordinals, to.width, edge)]!;
        if (rows[target]! >= FIRST_CROWD) addToCrowd(rows[target]! - FIRST_CROWD, number);
        else predecessors[--rows[target]!] = number;
      }
    }
  },

  findSemidominators(semi, low, predecessors, crowdStarts, crowdEnds, bytes, ancestor, path, from, end) {
    /** v is larger than w, and the forest holds all that is larger than w. */
    const evaluate = (v: number, w: number) => {
      if (ancestor[v]! <= w) return low[v]!;
      let height = 0;
      let u = v;
      do {
        path[height++] = u;
        u = ancestor[u]!;
      } while (ancestor[u]! > w);
      // Compress: from the top of the path down, point each vertex at the forest root's parent, smallest value kept.
      const top = ancestor[u]!;
      let best = low[u]!;
      while (height > 0) {
        const x = path[--height]!;
        ancestor[x] = top;
        if (best < low[x]!) low[x] = best;
        else best = low[x]!;
      }
      return best;
    };

    let rowEnd = low[0]!;
    for (let w = from; w > end; w--) {
      let best = semi[w]!;
      const start = low[w]!;
      if (start >= FIRST_CROWD) {
        const stop = crowdEnds[start - FIRST_CROWD]!;
        for (let at = crowdStarts[start - FIRST_CROWD]!, v = 0; at < stop; ) {
          let byte = bytes[at++]!;
          let step = byte & 127;
          for (let shift = 7; byte > 127; shift += 7) {
            byte = bytes[at++]!;
            step |= (byte & 127) << shift;
          }
          v += step;
          best = Math.min(best, evaluate(v, w));
        }
      } else {
        for (let i = start; i < rowEnd; i++) best = Math.min(best, evaluate(predecessors[i]!, w));
        rowEnd = start;
      }
      semi[w] = low[w] = best;
    }
    low[0] = rowEnd;
  },

  findDominators(semi, idom, from, end) {
    for (let w = from; w < end; w++) {
      let d = idom[w]!;
      while (d > semi[w]!) d = idom[d]!;
      idom[w] = d;
    }
  },

  sumSubtrees(idom, subtree, from, end) {
    for (let v = from; v > end; v--) subtree[idom[v]!]! += subtree[v]!;
  },

  placeVertices(idom, next, size, from, end) {
    for (let v = from; v < end; v++) {
      const length = next[v]!;
      const d = idom[v]!;
      const place = v === 0 ? 0 : next[d]!;
      if (v > 0) next[d] = place + length;
      next[v] = place + 1;
      size[place] = length;
      idom[v] = place;
    }
  },

  layOut(vertex, placeOf, at, from, end) {
    for (let v = from; v < end; v++) at[placeOf[v]!] = vertex[v]!;
  },

  locate(at, position, from, end) {
    for (let place = from; place < end; place++) position[at[place]!] = place;
  },

  listParents(size, path, parents, ends, from, end) {
    let height = 0;
    let listed = 0;
    let last = NONE;
    for (let position = from; position < end; position++) {
      const block = Math.floor(position / PARENT_BLOCK);
      if (position % PARENT_BLOCK === 0) last = NONE;
      const parent = path[height - 1]!;
      if (height > 0 && parent < block * PARENT_BLOCK && parent !== last) {
        parents[listed++] = parent;
        last = parent;
      }
      ends[block] = listed;
      path[height++] = position;
      while (height > 0 && path[height - 1]! + size[path[height - 1]!]! === position + 1) height--;
    }
  },

  gatherInner(size, inner, before, total, from, end) {
    for (let position = from; position < end; position++) {
      if (position % 32 === 0) before[position >>> 5] = total[0]!;
      const length = size[position]!;
      if (length === 1) continue;
      addBit(inner, position);
      size[total[0]!++] = length;
    }
  },

  sumRetained(at, inner, _before, size, sizes, retained, open, ends, overflow, from, end) {
    const add = (rank: number, bytes: number) => {
      const sum = retained[rank]! + bytes;
      if (sum > 0xffffffff) overflow[0] = 1;
      retained[rank] = sum;
    };
    for (let position = from, count = 0, rank = 0; position < end; position++) {
      const own = sizeOf(sizes, at[position]!);
      if (hasBit(inner, position)) {
        open[count] = rank;
        ends[count++] = position + size[rank]!;
        retained[rank] = 0;
        add(rank++, own);
        continue;
      }
      if (count > 0) add(open[count - 1]!, own);
      for (; count > 0 && ends[count - 1] === position + 1; count--) {
        if (count > 1) add(open[count - 2]!, retained[open[count - 1]!]!);
      }
    }
  },

  markOwnable(type, name, kinds, named, names, owners, ownable, from, end) {
    for (let node = from; node < end; node++) {
      const kind = kinds[type[node]!];
      const called = name[node]!;
      const isNamed = called < names && hasBit(named, called);
      owners[node] = node;
      if (kind !== OwnableKind.always && !(kind === OwnableKind.byName && isNamed)) continue;
      owners[node] = UNVISITED;
      addBit(ownable, node);
    }
  },

  findOwned({ ranges, to, label }, isWeak, ownable, owners, worklist, from, end) {
    let height = 0;
    const visitEdges = (node: number, owner: number) => {
      for (let edge = firstEdgeOf(ranges, node), last = firstEdgeOf(ranges, node + 1); edge < last; edge++) {
        const target = targetAt(to.ordinals, to.width, edge);
        if (!hasBit(ownable, target) || isWeak[label[edge]!] !== 0) continue;
        const current = owners[target]!;
        if (current === owner || current === SEVERAL_OWNERS) continue;
        owners[target] = current === UNVISITED ? owner : SEVERAL_OWNERS;
        worklist[height++] = target;
      }
    };
    for (let start = from; start < end; start++) {
      if (hasBit(ownable, start)) continue;
      visitEdges(start, start);
      while (height > 0) {
        const node = worklist[--height]!;
        visitEdges(node, owners[node]!);
      }
    }
  },

  moveSizes(type, root, synthetic, owners, sizes, stop, from, end) {
    for (let node = from; node < end; node++) {
      const owner = owners[node]!;
      if (owner === node || owner >= SEVERAL_OWNERS || owner === root || type[owner] === synthetic) continue;
      if (!hasRoom(sizes.far)) {
        stop[0] = node;
        return;
      }
      setSize(sizes, owner, sizeOf(sizes, owner) + sizeOf(sizes, node));
      setSize(sizes, node, 0);
    }
  },

  markIds(ids, near, nearEnd, mask, far, sample, counts, from, end) {
    for (let node = from; node < end; node++) {
      const id = ids[node]!;
      if (isNear(id, nearEnd)) near[id >>> 6]! |= 1 << ((id >>> 1) & 31);
      else far[counts[0]!++] = node;
      if (isSampled(id, mask)) sample[counts[1]!++] = node;
    }
  },
};
