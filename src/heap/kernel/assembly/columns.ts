// Columns of u32 and bits, by their address. Indices were checked when the graph was built.

// @ts-expect-error: decorator
@inline
export function get(column: usize, index: u32): u32 {
  return load<u32>(column + (<usize>index << 2));
}

// @ts-expect-error: decorator
@inline
export function set(column: usize, index: u32, value: u32): void {
  store<u32>(column + (<usize>index << 2), value);
}

// @ts-expect-error: decorator
@inline
export function add(column: usize, index: u32, value: u32): void {
  const at = column + (<usize>index << 2);
  store<u32>(at, load<u32>(at) + value);
}

// @ts-expect-error: decorator
@inline
export function hasBit(bits: usize, index: u32): bool {
  return ((get(bits, index >>> 5) >>> (index & 31)) & 1) != 0;
}

// @ts-expect-error: decorator
@inline
export function addBit(bits: usize, index: u32): void {
  const at = bits + (<usize>(index >>> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (index & 31)));
}

// @ts-expect-error: decorator
@inline
export function removeBit(bits: usize, index: u32): void {
  const at = bits + (<usize>(index >>> 5) << 2);
  store<u32>(at, load<u32>(at) & ~(1 << (index & 31)));
}

/** Ordinals of `width` bytes, three or four; `mask` is {@link maskOf} that. */
// @ts-expect-error: decorator
@inline
export function targetOf(to: usize, width: u32, mask: u32, edge: u32): u32 {
  return load<u32>(to + <usize>(edge * width)) & mask;
}

// @ts-expect-error: decorator
@inline
export function setTarget(to: usize, width: u32, edge: u32, node: u32): void {
  const at = to + <usize>(edge * width);
  if (width == 4) {
    store<u32>(at, node);
    return;
  }
  store<u16>(at, <u16>node);
  store<u8>(at, <u8>(node >>> 16), 2);
}

// @ts-expect-error: decorator
@inline
export function maskOf(width: u32): u32 {
  return width == 3 ? 0xffffff : 0xffffffff;
}

/** How many bits come before one that is set; `before` tells it of each word. */
// @ts-expect-error: decorator
@inline
export function rankOf(bits: usize, before: usize, index: u32): u32 {
  const word = index >>> 5;
  return get(before, word) + popcnt<u32>(get(bits, word) & ((1 << (index & 31)) - 1));
}

/** Bits `from` to `end` of a word of marks, the others are 0: most words have none, and few have many. */
// @ts-expect-error: decorator
@inline
export function marksOf(marks: usize, word: u32, from: u32, end: u32): u32 {
  let bits = get(marks, word);
  if (word == from >>> 5) bits &= 0xffffffff << (from & 31);
  if (word == (end - 1) >>> 5) bits &= 0xffffffff >>> (31 - ((end - 1) & 31));
  return bits;
}
