// What is asked of every node: see ../../id-set.ts, ../../class-names.ts and ../../site-classes.ts, and the twins in ../../loops.
import { addBit, get, hasBit, marksOf, maskOf, set, targetOf } from './columns';
import { firstEdgeOf } from './ranges';

const NONE: u32 = 0xffffffff;

/** Marks dense odd ids, lists the nodes of all others and those whose ids are sampled; `counts` are of the two lists. */
export function markIds(
  ids: usize, near: usize, nearEnd: u32, mask: u32, far: usize, sample: usize, counts: usize, from: u32, end: u32,
): void {
  let fars = get(counts, 0);
  let sampled = get(counts, 1);
  for (let node = from; node < end; node++) {
    const id = get(ids, node);
    if (id < nearEnd && (id & 1) == 1) addBit(near, id >>> 1);
    else set(far, fars++, node);
    if (((id * 0x9e3779b1) >>> 7 & mask) == 0) set(sample, sampled++, node);
  }
  set(counts, 0, fars);
  set(counts, 1, sampled);
}

/** Sets bits in several columns, `words` long each, that stand one behind the other: by type, and by name where the type says so. */
export function markNodes(
  type: usize, name: usize, byType: usize, byName: usize, names: u32, nameable: usize,
  marks: usize, words: u32, from: u32, end: u32,
): void {
  for (let node = from; node < end; node++) {
    const kind = <usize>load<u8>(type + <usize>node);
    let kinds = <u32>load<u8>(byType + kind);
    const nameKinds = <u32>load<u8>(nameable + kind);
    if (nameKinds != 0) {
      const called = get(name, node);
      if (called < names) kinds |= <u32>load<u8>(byName + <usize>called) & nameKinds;
    }
    for (; kinds != 0; kinds &= kinds - 1) addBit(marks + (<usize>(ctz<u32>(kinds) * words) << 2), node);
  }
}

/** Lists the values of nodes that are not marked, each once; `count` goes on. */
export function listUnmarked(
  marks: usize, values: usize, seen: usize, list: usize, count: usize, from: u32, end: u32,
): void {
  let listed = get(count, 0);
  for (let node = from; node < end; node++) {
    if (hasBit(marks, node)) continue;
    const value = get(values, node);
    if (hasBit(seen, value)) continue;
    addBit(seen, value);
    set(list, listed++, value);
  }
  set(count, 0, listed);
}

/** Lists the names of nodes of marked types, each once; `count` goes on. */
export function listNames(
  type: usize, name: usize, isMarked: usize, seen: usize, list: usize, count: usize, from: u32, end: u32,
): void {
  let listed = get(count, 0);
  for (let node = from; node < end; node++) {
    if (load<u8>(isMarked + <usize>load<u8>(type + <usize>node)) == 0) continue;
    const called = get(name, node);
    if (hasBit(seen, called)) continue;
    addBit(seen, called);
    set(list, listed++, called);
  }
  set(count, 0, listed);
}

/** The class name of each node: of its type, or for marked types of its own name. */
export function nameNodes(
  type: usize, name: usize, isMarked: usize, byType: usize, byName: usize, nameOf: usize, from: u32, end: u32,
): void {
  for (let node = from; node < end; node++) {
    const kind = <u32>load<u8>(type + <usize>node);
    set(nameOf, node, load<u8>(isMarked + <usize>kind) != 0 ? get(byName, get(name, node)) : get(byType, kind));
  }
}

/** Replaces numbers by what stands for them. */
export function translate(values: usize, by: usize, from: u32, end: u32): void {
  for (let i = from; i < end; i++) set(values, i, get(by, get(values, i)));
}

/** Replaces numbers of marked nodes by what stands for them, and by those in `others` where nothing does. */
export function translateMarked(marks: usize, values: usize, by: usize, others: usize, from: u32, end: u32): void {
  for (let word = from >>> 5; word << 5 < end; word++) {
    for (let bits = marksOf(marks, word, from, end); bits != 0; bits &= bits - 1) {
      const node = (word << 5) + ctz<u32>(bits);
      const value = get(by, get(values, node));
      set(values, node, value != NONE ? value : get(others, node));
    }
  }
}

/** Kinds of labels: EdgeKind of the host. */
const OTHER: u32 = 0;
const WANTED: u32 = 1;

/** Where the first wanted edge of each marked node leads; lists the nodes of which the labels do not tell. */
export function findTargets(
  starts: usize, offsets: usize, far: usize, to: usize, width: u32, label: usize,
  marks: usize, kinds: usize, targets: usize, list: usize, count: usize,
  from: u32, end: u32,
): void {
  const mask = maskOf(width);
  let listed = get(count, 0);
  for (let word = from >>> 5; word << 5 < end; word++) {
    for (let bits = marksOf(marks, word, from, end); bits != 0; bits &= bits - 1) {
      const node = (word << 5) + ctz<u32>(bits);
      let target = NONE;
      const last = firstEdgeOf(starts, offsets, far, node + 1);
      for (let edge = firstEdgeOf(starts, offsets, far, node); edge < last; edge++) {
        const kind = <u32>load<u8>(kinds + <usize>load<u16>(label + (<usize>edge << 1)));
        if (kind == OTHER) continue;
        if (kind == WANTED) target = targetOf(to, width, mask, edge);
        else set(list, listed++, node);
        break;
      }
      set(targets, node, target);
    }
  }
  set(count, 0, listed);
}

/** Lists the labels of marked nodes' edges, each once; `count` goes on. */
export function listLabels(
  starts: usize, offsets: usize, far: usize, _to: usize, _width: u32, label: usize,
  marks: usize, seen: usize, list: usize, count: usize, from: u32, end: u32,
): void {
  let listed = get(count, 0);
  for (let word = from >>> 5; word << 5 < end; word++) {
    for (let bits = marksOf(marks, word, from, end); bits != 0; bits &= bits - 1) {
      const node = (word << 5) + ctz<u32>(bits);
      const last = firstEdgeOf(starts, offsets, far, node + 1);
      for (let edge = firstEdgeOf(starts, offsets, far, node); edge < last; edge++) {
        const called = <u32>load<u16>(label + (<usize>edge << 1));
        if (hasBit(seen, called)) continue;
        addBit(seen, called);
        set(list, listed++, called);
      }
    }
  }
  set(count, 0, listed);
}
