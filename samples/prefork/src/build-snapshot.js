'use strict';
/**
 * `node --snapshot-blob FILE --build-snapshot build-snapshot.js APP`: loads the application and freezes the heap.
 *
 * While a snapshot is built, `require` knows Node's own modules only, so the application's files are loaded here. What
 * cannot be frozen must wait for the process that starts from the snapshot: open sockets and files, signal handlers
 * (they abort the build), and node:http, which is why this file does not load the server.
 */
const fs = require('node:fs');
const path = require('node:path');
const { startupSnapshot } = require('node:v8');
const vm = require('node:vm');

const loaded = new Map();

/** As the CommonJS loader does it, for files that name each other by relative path. */
function load(file) {
  const existing = loaded.get(file);
  if (existing) return existing.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const requireFrom = (name) =>
    name.startsWith('.') ? load(findFile(path.resolve(path.dirname(file), name))) : require(name);
  const text = fs.readFileSync(file, 'utf8');
  const body = vm.runInThisContext(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, {
    filename: file,
  });
  body(module.exports, requireFrom, module, file, path.dirname(file));
  return module.exports;
}

function findFile(name) {
  return [name, `${name}.js`, path.join(name, 'index.js')].find((file) =>
    fs.statSync(file, { throwIfNoEntry: false })?.isFile(),
  );
}

globalThis[Symbol.for('prefork.application')] = load(path.resolve(process.argv[2]));

/** In the process that starts from the snapshot: on with the script that its command line names. */
startupSnapshot.setDeserializeMainFunction(() => {
  const { createRequire } = require('node:module');
  const main = path.resolve(process.argv[1]);
  createRequire(main)(main);
});
