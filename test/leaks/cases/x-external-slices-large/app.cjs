'use strict';
const { importFile } = require('./lib/import.cjs');

const line = ';2024-01-01;-17.50;Überweisung an Müller & Söhne;EUR\n';
const statement = Buffer.from(`ACC DE89370400440532013000\n${line.repeat(20_000)}`, 'latin1');

exports.setup = async () => {};

exports.step = async (i) => {
  importFile(`statement-${i}`, statement);
};
