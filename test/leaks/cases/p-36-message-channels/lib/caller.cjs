'use strict';
const { receiveMessageOnPort, MessageChannel } = require('node:worker_threads');

class Call {
  constructor(method, args) {
    this.method = method;
    this.args = args;
    this.trail = Array.from({ length: 20 }, (_, n) => n * 1.1 + args[0]);
    this.answer = null;
  }
}

function call(method, ...args) {
  const { port1, port2 } = new MessageChannel();
  const pending = new Call(method, args);
  port1.on('message', (answer) => {
    pending.answer = answer;
  });
  port1.unref();
  port2.postMessage({ method, sum: args.reduce((a, b) => a + b, 0) });
  pending.answer = receiveMessageOnPort(port1)?.message;
  if (process.env.LEAK_FIXED) port1.close();
  return pending.answer.sum;
}

module.exports = { call };
