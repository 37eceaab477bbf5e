import { expect, it } from 'vitest';
import { matchKeys } from '../../../src/diff/runs/match-keys';

const keys = (entries: Record<string, string>) => new Map(Object.entries(entries));

it('keys that both runs know stay', () => {
  const keyIn = matchKeys([keys({ 'S a.js': 'S' }), keys({ 'S a.js': 'S', 'S b.js': 'S' })]);
  expect([keyIn(0, 'S a.js'), keyIn(1, 'S a.js'), keyIn(1, 'S b.js')]).toEqual(['S a.js', 'S a.js', 'S b.js']);
});

it('a class that only moved is the same', () => {
  const keyIn = matchKeys([keys({ 'S a.js': 'S', 'T a.js': 'T' }), keys({ 'S bundle.js': 'S', 'T a.js': 'T' })]);
  expect(keyIn(1, 'S bundle.js')).toBe('S a.js');
});

it('names that leave a doubt, and things without a name, do not match', () => {
  const keyIn = matchKeys([keys({ 'S a.js': 'S', 'S c.js': 'S', x: '' }), keys({ 'S bundle.js': 'S', y: '' })]);
  expect(keyIn(1, 'S bundle.js')).toBe('S bundle.js');
  expect(keyIn(1, 'y')).toBe('y');
});
