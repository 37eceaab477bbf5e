'use strict';
const { default: PQueue } = require('p-queue');
const { render } = require('./renderer.cjs');

const queue = new PQueue({ concurrency: 2 });
const done = { count: 0, pixels: 0 };

function submit(image, width) {
  const task = { image, width, watermark: `(c) shop ${image}` };
  queue
    .add(() => render(task), { priority: width > 900 ? 1 : 0 })
    .then((pixels) => {
      done.count++;
      done.pixels += pixels;
    });
}

module.exports = { submit };
