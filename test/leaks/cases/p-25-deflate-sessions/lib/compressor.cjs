'use strict';
const zlib = require('node:zlib');

class Compressor {
  constructor() {
    this.deflate = zlib.createDeflateRaw({ windowBits: 15, memLevel: 8 });
    this.out = 0;
    this.deflate.on('data', (chunk) => (this.out += chunk.length));
  }

  send(text) {
    return new Promise((resolve) => {
      this.deflate.write(text);
      this.deflate.flush(zlib.constants.Z_SYNC_FLUSH, () => resolve(this.out));
    });
  }

  close() {
    this.deflate.close();
  }
}

module.exports = { Compressor };
