'use strict';
class Upstream {
  #waiting = [];
  fetch(path) {
    return new Promise((resolve) => this.#waiting.push(() => resolve({ status: 200, path })));
  }
  tick(stalled) {
    if (stalled) return;
    for (const answer of this.#waiting.splice(0)) answer();
  }
}
module.exports = { Upstream };
