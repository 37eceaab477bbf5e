'use strict';
const { EventEmitter } = require('node:events');
const { createShop } = require('./lib/shop.cjs');

let shop;

exports.setup = async () => {
  shop = createShop();
};

// Calls the app without a socket.
exports.step = (i) =>
  new Promise((resolve, reject) => {
    const request = Object.assign(new EventEmitter(), {
      method: 'GET',
      url: `/product/p${i}`,
      headers: {},
      connection: {},
      socket: {},
    });
    const response = Object.assign(new EventEmitter(), {
      statusCode: 200,
      headers: {},
      setHeader(name, value) {
        this.headers[name] = value;
      },
      getHeader(name) {
        return this.headers[name];
      },
      removeHeader(name) {
        delete this.headers[name];
      },
      end() {
        resolve();
      },
    });
    shop.handle(request, response, reject);
  });
