// What is asked of every node: see ../../id-set.ts and ../../class-names.ts, and ../../loops/plain-loops.ts.
import { addBit, get, hasBit, set } from './columns';

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

/** Kinds of node types: SortKind of the host. */
const SPECIAL: u32 = 1;
const SITED: u32 = 2;

/** Marks the special nodes, and of all others lists the names of their classes, each once; `count` goes on. */
export function markSpecial(
  type: usize, name: usize, kinds: usize, hasSite: usize, named: usize, names: u32, nameOf: usize,
  special: usize, seen: usize, list: usize, count: usize, from: u32, end: u32,
): void {
  let listed = get(count, 0);
  for (let node = from; node < end; node++) {
    const kind = <u32>load<u8>(kinds + <usize>load<u8>(type + <usize>node));
    if (kind != 0) {
      const called = get(name, node);
      if (kind == SPECIAL || (kind == SITED && hasBit(hasSite, node)) || (called < names && hasBit(named, called))) {
        addBit(special, node);
        continue;
      }
    }
    const own = get(nameOf, node);
    if (hasBit(seen, own)) continue;
    addBit(seen, own);
    set(list, listed++, own);
  }
  set(count, 0, listed);
}

/** Replaces numbers by what stands for them. */
export function translate(values: usize, by: usize, from: u32, end: u32): void {
  for (let i = from; i < end; i++) set(values, i, get(by, get(values, i)));
}
