// What a program does that asks @vscode/v8-heap-parser for retained sizes: node bench/run-heap-parser.cjs PACKAGES FILE
const { openSync, readSync, closeSync, fstatSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const [packages, file] = process.argv.slice(2);
const { decode_bytes, init_panic_hook } = createRequire(path.join(packages, 'package.json'))('@vscode/v8-heap-parser');

init_panic_hook?.();
const graph = decode_bytes(readWhole(file));
for (const group of graph.get_class_groups(0, 10, false)) console.log(group.name(), String(group.retained_size));

/** readFileSync refuses files over 2 GiB. */
function readWhole(name) {
  const fd = openSync(name, 'r');
  const bytes = new Uint8Array(fstatSync(fd).size);
  for (let at = 0; at < bytes.length; ) at += readSync(fd, bytes, at, Math.min(bytes.length - at, 1 << 30), null);
  closeSync(fd);
  return bytes;
}
