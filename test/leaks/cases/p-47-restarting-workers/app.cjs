'use strict';
const { Supervisor } = require('./lib/supervisor.cjs');

let supervisor;

exports.setup = async () => {
  supervisor = new Supervisor();
};

exports.step = async (i) => {
  for (let n = 0; n < 150; n++) supervisor.current.write(`${i}.${n} request served in ${n % 17} ms`);
  supervisor.replace();
};
