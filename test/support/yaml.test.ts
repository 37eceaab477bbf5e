import { expect, it } from 'vitest';
import { parseYaml } from './yaml';

it('reads maps, lists and scalars', () => {
  const text = '# a comment\na: 1\nb:\n  c: "x: y"\n  d:\n    - one\n    - e: two\n      f:\n        - three\n';
  expect(parseYaml(text)).toEqual({ a: '1', b: { c: 'x: y', d: ['one', { e: 'two', f: ['three'] }] } });
});

it.each([
  ['a: [1]', /line 1: not read here/],
  ['a: 1\na: 2', /line 2: a for the second time/],
  ['a:\nb: 1', /line 1: a has no value/],
  ['a:\n  b: 1\n c: 2', /line 3: wrong indentation/],
  ['a: 1\n  b: 2', /line 2: wrong indentation/],
  ['a: 1 # two', /line 1: not read here/],
  ['a:\n\tb: 1', /line 2: a tab/],
  ['just text', /line 1: neither/],
])('refuses %j', (text, fault) => expect(() => parseYaml(text)).toThrow(fault));
