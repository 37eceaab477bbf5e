'use strict';
class WorkerRecord {
  constructor(id) {
    this.id = id;
    this.log = [];
    this.environment = Object.fromEntries(
      Array.from({ length: 80 }, (_, n) => [`SETTING_${n}`, `value ${n} of worker ${id}`]),
    );
  }

  write(line) {
    this.log.push(line);
    if (this.log.length > 100) this.log.shift();
  }
}

class Supervisor {
  constructor() {
    this.current = new WorkerRecord(0);
    this.retired = [];
  }

  replace() {
    this.retired.push(this.current);
    if (process.env.LEAK_FIXED && this.retired.length > 3) this.retired.shift();
    this.current = new WorkerRecord(this.retired.length);
  }
}

module.exports = { Supervisor };
