'use strict';
const titles = new Map();

async function render(path) {
  await null;
  if (!titles.has(path)) titles.set(path, `Page ${path}`);
  const rows = Array.from({ length: 12 }, (_, n) => `<li>${titles.get(path)} / ${n} / ${Math.random()}</li>`);
  return { status: 200, body: rows.join('') };
}

module.exports = { render };
