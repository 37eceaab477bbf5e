import { describe, expect, it } from 'vitest';
import { describeCrowd, describeHolder } from '../../src/diff/suspect-text';
import { makeSuspect } from '../support/sample-evidence';

describe('describeCrowd', () => {
  it('counts objects, not what grew in place', () => {
    expect(describeCrowd(makeSuspect(4_000_000, 5_000))).toBe('5,000 Session');
    expect(describeCrowd(makeSuspect(4_000_000, 0))).toBe('Bytes of Session');
  });

  it('says of many classes how many they are', () => {
    const text = describeCrowd({ ...makeSuspect(4_000_000, 5_000), classCount: 12 });
    expect(text).toBe('5,000 objects of 12 classes, such as Session,');
  });
});

describe('describeHolder', () => {
  it('stops after the place', () => {
    expect(describeHolder(makeSuspect(1, 1))).toBe('`sessions` (Map), a variable in module scope of src/store.js');
  });

  it('leaves shapes whole', () => {
    const shaped = makeSuspect(1, 1);
    const text = '`children` ({code, fields, next}), a variable of build() at src/tree.js:4, through a → b';
    expect(describeHolder({ ...shaped, holder: { ...shaped.holder, text } })).toBe(
      '`children` ({code, fields, next}), a variable of build() at src/tree.js:4',
    );
  });
});
