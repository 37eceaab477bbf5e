'use strict';
const { signal } = require('./lifecycle.cjs');

// A report over a few pages of rows; given up when the process goes down.
class Job {
  constructor(id, rows) {
    this.id = id;
    this.rows = rows;
    this.cancelled = false;
    this.pages = [];
  }

  async start() {
    const onAbort = () => {
      this.cancelled = true;
      this.pages.length = 0;
    };
    signal.addEventListener('abort', onAbort);
    try {
      for (let page = 0; page < 3 && !this.cancelled; page++) {
        this.pages.push({ report: this.id, page, total: this.rows.reduce((sum, row) => sum + row * (page + 1), 0) });
        await null;
      }
      return this.pages.map(({ total }) => total);
    } finally {
      if (process.env.LEAK_FIXED) signal.removeEventListener('abort', onAbort);
    }
  }
}

module.exports = { Job };
