'use strict';
// A router with a handler for each report; each is compiled when somebody first asks for it.
const OPERATIONS = ['sum', 'mean', 'spread', 'last'];

function source(n) {
  const lines = Array.from(
    { length: 25 },
    (_, k) => `  if (rows.length > ${k + n}) total += rows[${k % 5}] * ${n + 1} + ${k};`,
  );
  return `return function report${n}(rows) {\n  let total = ${n};\n${lines.join('\n')}\n  return { operation: '${OPERATIONS[n % 4]}', total };\n};`;
}

const handlers = new Array(80).fill(null);

function handler(n) {
  handlers[n] ??= new Function(source(n))();
  return handlers[n];
}

module.exports = { handler };
