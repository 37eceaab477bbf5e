'use strict';
class LatencyRecorder {
  constructor() {
    this.samples = [];
    this.count = 0;
  }

  add(ms) {
    this.samples.push(ms);
    this.count++;
    if (process.env.LEAK_FIXED && this.samples.length > 4000) this.samples.length = 0;
  }

  percentile(p) {
    const sorted = Float64Array.from(this.samples.slice(-500)).sort();
    return sorted[Math.floor((sorted.length - 1) * p)];
  }
}

module.exports = { recorder: new LatencyRecorder() };
