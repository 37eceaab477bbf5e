'use strict';
let started = 0;

// Some inputs make the renderer hang.
function render(task) {
  started++;
  if (!process.env.LEAK_FIXED && started <= 2) return new Promise(() => {});
  return Promise.resolve(task.image.length * task.width);
}

module.exports = { render };
