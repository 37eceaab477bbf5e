'use strict';
class Upload {
  constructor(name) {
    this.name = name;
    this.chunks = [];
    this.aborted = false;
  }
}
class Uploads {
  #open = new Map();
  #next = 0;
  stored = 0;
  begin(name) {
    const id = ++this.#next;
    this.#open.set(id, new Upload(name));
    return id;
  }
  chunk(id, buffer) {
    this.#open.get(id).chunks.push(buffer);
  }
  finish(id) {
    this.stored += Buffer.concat(this.#open.get(id).chunks).length;
    this.#open.delete(id);
  }
  abort(id) {
    this.#open.get(id).aborted = true;
    if (process.env.LEAK_FIXED) this.#open.delete(id);
  }
}
module.exports = { Uploads };
