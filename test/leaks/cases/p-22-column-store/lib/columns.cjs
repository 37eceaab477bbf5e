'use strict';
class Column {
  constructor() {
    this.data = new Float64Array(256);
    this.length = 0;
  }

  push(value) {
    if (this.length === this.data.length) {
      if (process.env.LEAK_FIXED && this.length >= 4096) this.length = 0;
      else {
        const larger = new Float64Array(this.length * 2);
        larger.set(this.data);
        this.data = larger;
      }
    }
    this.data[this.length++] = value;
  }
}

const table = new Map(['time', 'value', 'quality', 'source'].map((name) => [name, new Column()]));

function append(row) {
  for (const [name, column] of table) column.push(row[name]);
}

module.exports = { append };
