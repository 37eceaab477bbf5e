'use strict';
const { Ring, RequestRecord } = require('./lib/ring.cjs');

let ring;

exports.setup = async () => {
  ring = new Ring(1200);
};

exports.step = async (i) => {
  ring.push(new RequestRecord(i, `/r/${i % 60}`, { host: 'shop.example.test', trace: `t-${i}` }));
};
