'use strict';
class Journal {
  constructor() {
    this.bytes = new ArrayBuffer(1024, { maxByteLength: 1 << 28 });
    this.view = new Uint8Array(this.bytes);
    this.end = 0;
  }

  append(text) {
    const record = new TextEncoder().encode(text);
    if (this.end + record.length > this.bytes.byteLength) this.bytes.resize(this.end + record.length);
    this.view.set(record, this.end);
    this.end += record.length;
    if (process.env.LEAK_FIXED && this.end > 100_000) this.end = 0;
  }
}

module.exports = { Journal };
