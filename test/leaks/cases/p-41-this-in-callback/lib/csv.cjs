'use strict';
const formats = require('./formats.cjs');

class CsvParser {
  constructor(separator) {
    this.separator = separator;
    this.rows = [];
    this.detector = this.looksLikeMine.bind(this);
    formats.register(this.detector);
  }

  looksLikeMine(text) {
    return text.includes(this.separator);
  }

  parse(text) {
    this.rows = text.split('\n').map((line) => line.split(this.separator));
    return this.rows.length;
  }

  end() {
    if (process.env.LEAK_FIXED) formats.forget(this.detector);
  }
}

module.exports = { CsvParser };
