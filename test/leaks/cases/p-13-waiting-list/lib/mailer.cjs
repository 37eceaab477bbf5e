'use strict';
const { MailQueue } = require('./queue.cjs');

const outbox = new MailQueue();
const sent = { count: 0, bytes: 0, last: [] };

function enqueue(to, subject, body) {
  outbox.push({ to, subject, body });
}

function flush() {
  for (let mail = outbox.shift(); mail; mail = outbox.shift()) {
    sent.count++;
    sent.bytes += mail.body.length;
    sent.last.push(mail.to);
    if (sent.last.length > 40) sent.last.shift();
  }
  return sent.count;
}

module.exports = { enqueue, flush };
