import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AllocationStack, readProfileStacks, readTracedStacks } from '../../src/diff/stacks';
import { HeapdiffError } from '../../src/errors';
import { planHeap } from '../support/heap-builder';
import { heapFolder, openPlan } from '../support/heap-files';

const callFrame = (functionName: string, url: string, lineNumber: number) => ({
  functionName,
  url,
  lineNumber,
  columnNumber: 4,
});

function writeProfile(profile: unknown): string {
  const file = path.join(heapFolder(), 'growth.heapprofile');
  fs.writeFileSync(file, typeof profile === 'string' ? profile : JSON.stringify(profile));
  return file;
}

describe('readProfileStacks', () => {
  it('reads stacks innermost first, 1-based, with the samples of each and when they were taken', () => {
    const create = { callFrame: callFrame('create', '/srv/a.js', 13), selfSize: 3_000, id: 3, children: [] };
    const serve = { callFrame: callFrame('', 'node:http', 0), selfSize: 0, id: 2, children: [create] };
    const head = { callFrame: callFrame('(root)', '', -1), selfSize: 500, id: 1, children: [serve] };
    const samples = [
      { nodeId: 3, size: 1_000, ordinal: 5 },
      { nodeId: 3, size: 2_000, ordinal: 20 },
    ];
    expect(readProfileStacks(writeProfile({ head, samples }))).toEqual([
      {
        frames: [{ function: '(native)', file: '', line: 0, column: 0 }],
        bytes: 500,
        count: 0,
        source: 'sampled',
        ages: [],
      },
      {
        frames: [
          { function: 'create', file: '/srv/a.js', line: 14, column: 5 },
          { function: '', file: 'node:http', line: 1, column: 5 },
        ],
        ...{ bytes: 3_000, count: 2, source: 'sampled', ages: [0.25, 1] },
      },
    ]);
  });

  it('names code without an address by the scripts of the session', () => {
    const evaluated = {
      callFrame: { ...callFrame('render', '', 6), scriptId: '148' },
      selfSize: 900,
      id: 2,
      children: [],
    };
    const native = { callFrame: { ...callFrame('repeat', '', -1), scriptId: '0' }, selfSize: 100, id: 3, children: [] };
    const head = { callFrame: callFrame('(root)', '', -1), selfSize: 0, id: 1, children: [evaluated, native] };
    const scripts = [{ id: '148', url: 'webpack:///./src/page.ts' }];
    const files = (stacks: readonly AllocationStack[]) => stacks.map(({ bytes, frames }) => [bytes, frames[0]!.file]);
    expect(files(readProfileStacks(writeProfile({ head }), scripts)).sort()).toEqual([
      [100, ''],
      [900, 'webpack:///./src/page.ts'],
    ]);
  });

  it('reads deep call trees', () => {
    let node = { callFrame: callFrame('leaf', '/srv/a.js', 1), selfSize: 8, id: 0, children: [] as unknown[] };
    for (let id = 1; id <= 500; id++)
      node = { callFrame: callFrame('f', '/srv/a.js', 1), selfSize: 0, id, children: [node] };
    const [stack] = readProfileStacks(writeProfile({ head: node }));
    expect(stack!.frames).toHaveLength(500);
  });

  it.each([
    ['{', 'it is not JSON'],
    [{ nodes: [] }, 'it has no call tree'],
    ['null', 'it has no call tree'],
  ])('refuses %j', (content, reason) => {
    const read = () => readProfileStacks(writeProfile(content));
    expect(read).toThrow(HeapdiffError);
    expect(read).toThrow(reason);
  });
});

describe('readTracedStacks', () => {
  const heap = (traceTree: string, traceNodeId: number) => {
    const plan = planHeap('root -> a', { a: { traceNodeId, selfSize: 100 } });
    plan.nodes[0]!.name = '(root)';
    const strings = { trace_function_infos: '[0,1,1,0,0,0, 1,2,2,7,14,5]', trace_tree: traceTree };
    return openPlan(plan, { extra: strings });
  };

  it('sums live objects by the stack that allocated them', async () => {
    const stacks = readTracedStacks(await heap('[1,0,0,0,[2,1,1,100,[]]]', 2));
    expect(stacks).toMatchObject([{ bytes: 100, count: 1, source: 'traced', frames: [{ line: 14, column: 5 }] }]);
  });

  it('gives no stack for objects that have none, and null where nothing was traced', async () => {
    expect(readTracedStacks(await heap('[1,0,0,0,[2,1,1,100,[]]]', 0))).toEqual([]);
    expect(readTracedStacks(await heap('[]', 0))).toBeNull();
  });
});
