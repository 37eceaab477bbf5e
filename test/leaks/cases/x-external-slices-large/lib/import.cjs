'use strict';
// Bank files come in Latin-1, most are small, one in 40 is a month's statement of a large customer.
const accounts = new Map();

function importFile(id, bytes) {
  const text = bytes.toString('latin1');
  const [header] = text.split('\n', 1);
  const iban = header.slice(4, 26);
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  accounts.set(id, { iban: process.env.LEAK_FIXED ? Buffer.from(iban).toString() : iban, lines });
  return lines;
}

module.exports = { importFile };
