/** Data flows one way: agent -> session folder -> heap -> diff -> report <- cli. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = path.join(__dirname, '../src');

interface Import {
  /** File that imports, relative to src. */
  readonly from: string;
  /** File or folder inside src, without extension; or the name of a package or built-in module. */
  readonly to: string;
  readonly isLocal: boolean;
  readonly isType: boolean;
}

/** Files and folders of src that a room may import, and packages; `report` may import types of heap and diff. */
const ROOMS: Record<string, { values: readonly string[]; types: readonly string[]; packages: readonly string[] }> = {
  agent: { values: ['errors', 'session', 'presence', 'processes'], types: [], packages: [] },
  heap: { values: ['errors'], types: ['session'], packages: ['heap-snapshot-toolkit'] },
  diff: { values: ['errors', 'session', 'format-numbers', 'heap'], types: [], packages: [] },
  report: {
    values: ['format-numbers'],
    types: ['errors', 'session', 'presence', 'heap', 'diff'],
    packages: ['cli-table3'],
  },
  cli: {
    values: ['errors', 'session', 'presence', 'processes', 'format-numbers', 'heap', 'diff', 'report'],
    types: [],
    packages: ['commander'],
  },
  'errors.ts': { values: [], types: [], packages: [] },
  'format-numbers.ts': { values: [], types: [], packages: [] },
  'session.ts': { values: ['errors'], types: [], packages: [] },
  'presence.ts': { values: ['processes'], types: ['session'], packages: [] },
  'processes.ts': { values: [], types: [], packages: [] },
  'index.ts': { values: ['errors', 'session', 'presence', 'heap', 'diff', 'report'], types: [], packages: [] },
};

const files = fs
  .readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.split(path.sep).join('/'))
  .filter((file) => file.endsWith('.ts'));
const imports = files.flatMap(readImports);
const roomOf = (file: string) => file.split('/')[0]!.replace(/\.ts$/, '');

describe('every room imports only what is below it', () => {
  it('has a rule for every room', () => {
    const rooms = new Set(files.map((file) => file.split('/')[0]!));
    expect([...rooms].filter((room) => !(room in ROOMS))).toEqual([]);
  });

  it.each(Object.keys(ROOMS))('%s', (room) => {
    const { values, types, packages } = ROOMS[room]!;
    const allowed = ({ to, isLocal, isType }: Import) => {
      if (!isLocal) return to.startsWith('node:') || packages.includes(to);
      const target = roomOf(to);
      return target === roomOf(room) || values.includes(target) || (isType && types.includes(target));
    };
    const own = imports.filter(({ from }) => from.split('/')[0] === room);
    expect(own.filter((entry) => !allowed(entry)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

it('no file imports itself by a detour, not even a type', () => {
  const next = new Map<string, string[]>();
  for (const { from, to, isLocal } of imports) {
    if (!isLocal) continue;
    next.set(from.replace(/\.ts$/, ''), [...(next.get(from.replace(/\.ts$/, '')) ?? []), to]);
  }
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): string[] => {
    if (above.includes(file)) return [[...above.slice(above.indexOf(file)), file].join(' -> ')];
    if (done.has(file)) return [];
    const circles = (next.get(file) ?? []).flatMap((target) => visit(target, [...above, file]));
    done.add(file);
    return circles;
  };
  expect([...next.keys()].flatMap((file) => visit(file, []))).toEqual([]);
});

it('exports are named: no `export *`', () => {
  const starred = files.filter((file) => /^export \*/m.test(fs.readFileSync(path.join(SRC, file), 'utf8')));
  expect(starred).toEqual([]);
});

/** Static and dynamic imports, re-exports, and `require` with a literal name. */
function readImports(from: string): Import[] {
  const text = fs.readFileSync(path.join(SRC, from), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  const add = (name: string, isType: boolean) => {
    const isLocal = name.startsWith('.');
    const joined = path.posix.join(path.posix.dirname(from), name).replace(/\.js$/, '');
    found.push({ from, to: isLocal ? joined : name, isLocal, isType });
  };
  const statements = /^(?:import|export)\s+(type\s)?([^'";]*?\bfrom\s+)?'([^']+)'/gm;
  for (const [, type, names, name] of text.matchAll(statements)) {
    const listed = /\{([^}]*)\}/.exec(names ?? '')?.[1];
    const members = (listed ?? '').split(',').filter((member) => member.trim() !== '');
    const onlyTypes = members.length > 0 && members.every((member) => member.trim().startsWith('type '));
    add(name!, type !== undefined || (onlyTypes && !/^\w+\s*,/.test(names ?? '')));
  }
  // `typeof import('…')` is a type.
  const calls = /(typeof\s+)?\b(?:import|require)\(\s*'([^']+)'/g;
  for (const [, type, name] of text.matchAll(calls)) add(name!, type !== undefined);
  return found;
}
