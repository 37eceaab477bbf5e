// The nearest memlab has to a diff of two files: both heaps with retained sizes, objects counted by constructor.
//   node bench/run-memlab.cjs PACKAGES BEFORE AFTER
const { createRequire } = require('node:module');
const path = require('node:path');

const [packages, before, after] = process.argv.slice(2);
const { getFullHeapFromFile } = createRequire(path.join(packages, 'package.json'))('@memlab/heap-analysis');

async function countByConstructor(file) {
  const counts = new Map();
  const heap = await getFullHeapFromFile(file);
  heap.nodes.forEach(({ type, name }) => {
    if (type === 'object') counts.set(name, (counts.get(name) ?? 0) + 1);
  });
  return counts;
}

async function main() {
  const start = await countByConstructor(before);
  const end = await countByConstructor(after);
  const rows = [...end].map(([name, count]) => [name, count - (start.get(name) ?? 0)]);
  for (const [name, delta] of rows.sort((a, b) => b[1] - a[1]).slice(0, 20)) console.log(name, delta);
}

main();
