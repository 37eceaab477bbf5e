// Writes a pair of real snapshots of about the asked size: a service's sessions and orders, a tenth more sessions in
// the second. node bench/write-pair.mjs FOLDER MEGABYTES
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';

/** One session and one order of this program take about this many bytes of a snapshot. */
const BYTES_EACH = 1325;

class Session {
  constructor(id) {
    this.id = id;
    this.token = `token-${id}`;
    this.user = { id, name: `user ${id % 1000}`, tags: ['a', 'b', id] };
    this.since = new Date(id);
  }
}

class Order {
  constructor(id) {
    this.lines = Array.from({ length: 3 }, (_, line) => ({ sku: `sku-${id + line}`, quantity: line }));
  }
}

const [folder, megabytes] = process.argv.slice(2);
const count = Math.round((Number(megabytes) * 1e6) / BYTES_EACH);
const sessions = new Map();
const orders = [];
for (let id = 0; id < count; id++) {
  sessions.set(`session-${id}`, new Session(id));
  orders.push(new Order(id));
}

mkdirSync(folder, { recursive: true });
v8.writeHeapSnapshot(path.join(folder, 'a.heapsnapshot'));
for (let id = count; id < count * 1.1; id++) sessions.set(`session-${id}`, new Session(id));
v8.writeHeapSnapshot(path.join(folder, 'b.heapsnapshot'));
globalThis.keep = { sessions, orders };
