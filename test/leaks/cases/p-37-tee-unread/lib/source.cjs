'use strict';
// A stream of events, as an upstream would send them.
function eventStream(i) {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent++ === 4) controller.close();
      else
        controller.enqueue({
          event: `e${i}-${sent}`,
          lines: [`id: ${i}`, `data: ${'x'.repeat(100)}${sent}`],
          at: i / 7,
        });
    },
  });
}

module.exports = { eventStream };
