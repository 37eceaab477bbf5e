'use strict';
let close;
const closing = new Promise((resolve) => {
  close = resolve;
});

module.exports = { stopped: () => closing, close: () => close('closing') };
