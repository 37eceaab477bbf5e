'use strict';
const PAGE = 65536;

// Bump allocator: release(mark) gives everything after the mark back.
class Arena {
  constructor() {
    this.memory = new WebAssembly.Memory({ initial: 4, maximum: 16384 });
    this.top = 0;
  }

  allocate(bytes) {
    const start = this.top;
    this.top += (bytes + 15) & ~15;
    const missing = Math.ceil(this.top / PAGE) - this.memory.buffer.byteLength / PAGE;
    if (missing > 0) this.memory.grow(missing);
    return new Uint8Array(this.memory.buffer, start, bytes);
  }

  mark() {
    return this.top;
  }

  release(mark) {
    this.top = mark;
  }
}

module.exports = { arena: new Arena() };
