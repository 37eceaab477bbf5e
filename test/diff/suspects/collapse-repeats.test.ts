import { describe, expect, it } from 'vitest';
import { collapseRepeats } from '../../../src/diff/suspects/collapse-repeats';
import type { PathStep } from '../../../src/diff/types';

describe('collapseRepeats', () => {
  const step = (name: string): PathStep => ({ edge: 'property', name, constructor: 'Node' });
  const collapse = (names: string) =>
    collapseRepeats(names.split('').map(step)).map(({ name, repeats }) => name + (repeats ?? ''));

  it.each([
    ['abc', ['a', 'b', 'c']],
    ['nnnn', ['n4']],
    ['hnnnt', ['h', 'n3', 't']],
    ['ababab', ['a3', 'b3']],
    ['xabcabcy', ['x', 'a2', 'b2', 'c2', 'y']],
    ['', []],
  ])('%s', (names, expected) => expect(collapse(names)).toEqual(expected));
});
