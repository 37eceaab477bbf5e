'use strict';
const buckets = new Map();

class Bucket {
  constructor(ip) {
    this.ip = ip;
    this.tokens = 10.5;
    this.recent = [Date.now() / 1000, 0.5, 0.25, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8];
  }
}

function allow(ip) {
  let bucket = buckets.get(ip);
  if (!bucket) {
    bucket = new Bucket(ip);
    buckets.set(ip, bucket);
    if (process.env.LEAK_FIXED && buckets.size > 50) buckets.delete(buckets.keys().next().value);
  }
  bucket.tokens -= 0.5;
  return bucket.tokens > 0;
}

module.exports = { allow };
