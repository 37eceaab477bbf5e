import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeapInspector } from '../../../src/agent/heap-inspector';
import { mayTakeCensus } from '../../../src/agent/preflight/census-hazard';

const ROOM = { memoryBytes: 8e9, heapBytes: 2e9 };
const USED = 50e6;
const NODE_20 = '11.3.244.8-node.33';

let inspector: HeapInspector;
beforeEach(() => {
  inspector = new HeapInspector();
});
afterEach(() => inspector.close());

const mayTake = (more: object = {}) =>
  mayTakeCensus({ inspector, readRoom: () => ROOM, usedBytes: USED, version: NODE_20, ...more });

/** Whether V8 may count while the object is alive. */
function mayTakeBeside(text: string): boolean {
  const kept: unknown = JSON.parse(text);
  const may = mayTake();
  expect(kept).toBeDefined();
  return may;
}

describe('mayTakeCensus', () => {
  it.each([
    ['{"500":1,"a":0,"b":0,"c":0,"d":0}'],
    ['{"a":0,"b":0,"40":1,"c":0,"d":0,"e":0}'],
    ['{"list":[{"x":{"0":1,"866":2,"a":0,"b":0,"c":0,"d":0}}]}'],
  ])('is false beside %s, which ends the process on Node 20 and 22', (text) => {
    expect(mayTakeBeside(text)).toBe(false);
    expect(mayTakeBeside('{"a":0}')).toBe(true); // and it is gone
  });

  it.each([
    ['{"500":1,"a":0,"b":0,"c":0}'],
    ['{"0":1,"1":1,"2":2,"a":0,"b":0,"c":0,"d":0}'],
    ['{"500":1,"501":1,"502":1,"503":1,"504":1,"505":1}'],
    ['[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]'],
  ])('is true beside %s', (text) => {
    expect(mayTakeBeside(text)).toBe(true);
  });

  it('is true where V8 is mended, without a look', () => {
    const none = { readInstances: () => expect.unreachable() };
    expect(mayTake({ version: '13.6.233.10-node.28', inspector: none })).toBe(true);
  });

  it('is false where there is no room to look, or no answer', () => {
    expect(mayTake({ readRoom: () => ({ ...ROOM, memoryBytes: 200e6 }) })).toBe(false);
    expect(mayTake({ readRoom: () => ({ ...ROOM, heapBytes: 20e6 }) })).toBe(false);
    const refuses = () => {
      throw new Error('no');
    };
    expect(mayTake({ inspector: { readInstances: refuses } })).toBe(false);
  });

  it('runs no code of the application', () => {
    const events: string[] = [];
    const note = (event: string) => () => {
      events.push(event);
      return [];
    };
    const kept = [
      new Proxy({}, { ownKeys: note('ownKeys'), getPrototypeOf: note('getPrototypeOf') }),
      {
        get a() {
          return note('getter')();
        },
        b: 1,
        c: 2,
        d: 3,
        e: 4,
        90: 1,
      },
    ];
    mayTake();
    expect(events).toEqual([]);
    expect(kept).toHaveLength(2);
  });
});
