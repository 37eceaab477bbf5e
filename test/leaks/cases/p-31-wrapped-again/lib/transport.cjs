'use strict';
const transport = {
  sent: 0,
  send(message) {
    transport.sent += message.length;
    return transport.sent;
  },
};

module.exports = transport;
