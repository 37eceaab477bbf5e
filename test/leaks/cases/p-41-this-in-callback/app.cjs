'use strict';
const { CsvParser } = require('./lib/csv.cjs');
const { detect } = require('./lib/formats.cjs');

exports.setup = async () => {};

exports.step = async (i) => {
  const parser = new CsvParser(';');
  const text = Array.from({ length: 8 }, (_, n) => `${i};${n};line ${n} of file ${i}`).join('\n');
  if (parser.parse(text) !== 8 || !detect(text)) throw new Error('not parsed');
  parser.end();
};
