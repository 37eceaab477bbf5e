import { describe, expect, it } from 'vitest';
import { displayClass, displayFile, displayFunction, displayPlace, displaySentence } from '../../src/report/places';
import { drawSparkline } from '../../src/report/sparkline';
import { createStyle } from '../../src/report/style';
import { renderTable } from '../../src/report/table';
import { cleanText, cutEnd, cutPath, measureText, wrapText } from '../../src/report/text-width';

describe('text', () => {
  it('measures columns, not code units', () => {
    expect(['abc', 'é', 'e\u0301', '漢字', '🙂', '→'].map(measureText)).toEqual([3, 1, 1, 4, 2, 1]);
  });

  it('cuts names at the end and paths at the start, by columns', () => {
    expect(cutEnd('{id, token, user}', 10)).toBe('{id, toke…');
    expect(measureText(cutEnd('漢字漢字', 4))).toBeLessThanOrEqual(4);
    expect(cutPath('/srv/shop/src/store.js:12:8', 20)).toBe('…/src/store.js:12:8');
    expect(cutPath('/srv/shop/a-very-long-name.js:12:8', 12)).toBe('…ame.js:12:8');
    expect(cutPath('short', 20)).toBe('short');
  });

  it('removes what could steer a terminal', () => {
    expect(cleanText('a\u001b[2Jb\r\nc\u202ed\u0085')).toBe('a [2Jb c d');
  });

  it('wraps at spaces only', () => {
    expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapText('a-word-too-long b', 5)).toEqual(['a-word-too-long', 'b']);
  });
});

describe('places', () => {
  it.each([
    ['/srv/shop/src/a.js', 'src/a.js'],
    ['file:///srv/shop/src/a.mjs', 'src/a.mjs'],
    ['/srv/shopping/a.js', '/srv/shopping/a.js'],
    ['/srv/shop/node_modules/.pnpm/x@1/node_modules/x/i.js', 'node_modules/x/i.js'],
    ['node:fs', 'node:fs'],
    [`data:text/javascript;base64,${'Ly8g'.repeat(300)}`, 'data:text/javascript;base64,Ly8gLy8gLy8g…'],
  ])('%s is shown as %s', (file, shown) => expect(displayFile(file, '/srv/shop')).toBe(shown));

  it.each([
    ['in module scope of file:///srv/shop/src/a.mjs: more', 'in module scope of src/a.mjs: more'],
    ['of Hub (file:///opt/hub.mjs:1), exported by /srv/shop/b.js', 'of Hub (/opt/hub.mjs:1), exported by b.js'],
    ['at file:///srv/shop/node_modules/x/i.mjs:3', 'at node_modules/x/i.mjs:3'],
    ['held in /srv/shop/packages/api/node_modules/lru/index.js:4', 'held in node_modules/lru/index.js:4'],
  ])('%s is said as %s', (sentence, said) => expect(displaySentence(sentence, '/srv/shop')).toBe(said));

  it('of data: URLs say how they begin', () => {
    const url = `data:text/javascript,export%20const%20all=new%20Map();${'f(1);'.repeat(100)}`;
    const cut = 'data:text/javascript,export%20const%20al…';
    expect(displaySentence(`of Hub (${url}:1:520), a variable in module scope of ${url}: more`, '')).toBe(
      `of Hub (${cut}:1:520), a variable in module scope of ${cut}: more`,
    );
    expect(displayPlace({ file: url, line: 3, column: 7 }, '/srv')).toBe(`${cut}:3:7`);
  });

  it('functions that V8 made of a class are called by what they are', () => {
    expect(displayFunction('<instance_members_initializer>')).toBe('class fields');
    expect(displayFunction('')).toBe('(anonymous)');
  });

  it('closures and contexts are named by their function', () => {
    expect(displayClass({ name: 'Function', function: 'onClose' })).toBe('onClose() closure');
    expect(displayClass({ name: 'Function', function: '' })).toBe('anonymous closure');
    expect(displayClass({ name: 'system / Context', function: 'f' })).toBe('f() context');
    expect(displayClass({ name: 'Session', function: null })).toBe('Session');
    expect(displayPlace(null, '')).toBe('');
  });
});

describe('renderTable', () => {
  const columns = [
    { head: 'n', kind: 'number' },
    { head: 'name', kind: 'name' },
    { head: 'empty', kind: 'name' },
    { head: 'where', kind: 'path' },
    { head: 'more', kind: 'name', dropBelow: 60 },
  ] as const;
  const rows = [
    { cells: ['1', 'a name that is rather long', '', '/a/long/path/to/a/file.js:1:1', 'x'] },
    { cells: ['12,345', 'b', '', '', 'y'] },
  ];

  it('fits the width, leaves empty and dropped columns out, cuts the longest first', () => {
    expect(renderTable(columns, rows, 40, createStyle(false))).toEqual([
      '     n  name             where',
      '     1  a name that is…  …/a/file.js:1:1',
      '12,345  b',
    ]);
    expect(renderTable(columns, rows, 80, createStyle(false))[0]).toMatch(/^ {5}n {2}name +where +more$/);
    expect(renderTable(columns, [], 80, createStyle(false))).toEqual([]);
  });
});

it('draws a series between its own bounds', () => {
  expect(drawSparkline([1, 2, 3, 4, 5, 6, 7, 8], 20)).toBe('▁▂▃▄▅▆▇█');
  expect(drawSparkline([5, 5, 5], 20)).toBe('▁▁▁');
  expect(drawSparkline([1, 9, 1, 9, 1], 3)).toBe('▁▁▁');
  expect(drawSparkline([], 20)).toBe('');
});
