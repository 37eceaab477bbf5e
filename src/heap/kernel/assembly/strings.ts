// The list of strings to offsets: see scan.ts.
import { closeList, fail, INPUT, INPUT_BYTES, OUTPUT, openList, reserve, UNEXPECTED_BYTE } from './memory';

let inString: bool = false;
let escaped: bool = false;
let mayOpen: bool = true;
let mayClose: bool = true;
let events: u32 = 0;

export function eventCount(): u32 {
  return events;
}

export function beginStrings(): void {
  inString = false;
  escaped = false;
  mayOpen = true;
  mayClose = true;
  openList();
  // Two offsets per string, at least three bytes per string.
  reserve(OUTPUT + INPUT_BYTES * 3 + 64);
}

export function scanStrings(from: u32, to: u32): u32 {
  let p: usize = INPUT + from;
  const end: usize = INPUT + to;
  let out: usize = OUTPUT;
  while (p < end) {
    if (inString) {
      if (escaped) {
        escaped = false;
        p++;
        continue;
      }
      // Sixteen bytes at a time to the next quote or backslash.
      while (p + 16 <= end) {
        const chunk = v128.load(p);
        const found = v128.or(i8x16.eq(chunk, i8x16.splat(0x22)), i8x16.eq(chunk, i8x16.splat(0x5c)));
        const mask = i8x16.bitmask(found);
        if (mask != 0) {
          p += <usize>ctz(mask);
          break;
        }
        p += 16;
      }
      if (p >= end) break;
      const byte = load<u8>(p);
      if (byte == 0x22) {
        store<u32>(out, <u32>(p - INPUT));
        out += 4;
        inString = false;
        mayOpen = false;
        mayClose = true;
      } else if (byte == 0x5c) {
        escaped = true;
      }
      p++;
      continue;
    }
    const byte = load<u8>(p);
    if (byte == 0x22 && mayOpen) {
      inString = true;
      store<u32>(out, <u32>(p + 1 - INPUT));
      out += 4;
    } else if (byte == 0x2c && !mayOpen) {
      mayOpen = true;
      mayClose = false;
    } else if (byte == 0x5d && mayClose) {
      closeList();
      p++;
      break;
    } else if (byte > 0x20) {
      fail(UNEXPECTED_BYTE);
      break;
    }
    p++;
  }
  events = <u32>((out - OUTPUT) >> 2);
  return <u32>(p - INPUT);
}
