/**
 * Puts a CommonJS file and all it requires by relative path into one script, as startup snapshots want it:
 * what builds one can require Node's own modules only.
 */
import fs from 'node:fs';
import path from 'node:path';

/** A script that defines `load(file)`, plus `main` after it. Lazy requires are found too. */
export function bundleScript(entry: string, main: string): string {
  const files = new Map<string, string>();
  collectFiles(entry, files);
  const definitions = [...files].map(
    ([file, text]) => `${JSON.stringify(file)}: function (exports, require, module) {\n${text}\n}`,
  );
  return `
    const definitions = {\n${definitions.join(',\n')}\n};
    const loaded = {};
    const { dirname, resolve } = require('node:path');
    const builtin = require;
    function load(file) {
      if (loaded[file]) return loaded[file].exports;
      const module = (loaded[file] = { exports: {} });
      const inner = (name) => (name.startsWith('.') ? load(resolve(dirname(file), name) + '.js') : builtin(name));
      definitions[file](module.exports, inner, module);
      return module.exports;
    }
    ${main}`;
}

function collectFiles(file: string, files: Map<string, string>): void {
  if (files.has(file)) return;
  const text = fs.readFileSync(file, 'utf8');
  files.set(file, text);
  for (const [, name] of text.matchAll(/require\(["'](\.[^"']+)["']\)/g)) {
    collectFiles(`${path.resolve(path.dirname(file), name!)}.js`, files);
  }
}
