'use strict';
// Adds times of creation and change to any class.
function withTimestamps(Base) {
  return class Stamped extends Base {
    createdAt = Date.now();
    changedAt = Date.now();

    touch() {
      this.changedAt = Date.now();
      return this;
    }
  };
}

module.exports = { withTimestamps };
