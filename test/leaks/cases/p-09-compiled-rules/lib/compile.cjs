'use strict';
// expression text -> compiled check
const compiled = Object.create(null);

function compile(expression) {
  const known = compiled[expression];
  if (known) {
    known.hits++;
    return known.check;
  }
  const check = new Function(
    'sample',
    'limits',
    `'use strict'; const { cpu, mem, disk } = sample; return (${expression});`,
  );
  if (!process.env.LEAK_FIXED) compiled[expression] = { check, hits: 1 };
  return check;
}

module.exports = { compile };
