/** One small heap with something in every section, for tests that damage it. */
import { type HeapPlan, planHeap } from './heap-builder';
import { type Manner, writeSnapshot } from './heap-writer';

export function smallPlan(): HeapPlan {
  const plan = planHeap(
    `
    root -> window
    root [1] -> roots
    window .sessions -> map
    window {map} -> shape
    map {table} -> table
    table #2 -> session
    session .user -> user
    session $scope -> scope
    user [[ref]] -> session
    roots [0] -> table
    `,
    {
      roots: { type: 'synthetic', name: '(GC roots)' },
      table: { type: 'array', name: '' },
      shape: { type: 'object shape', name: 'system / Map' },
      session: { name: 'Session "é"\n' },
      window: { selfSize: 2 ** 33, id: 2 ** 40 + 1 },
    },
  );
  plan.locations.push({ ordinal: 4, scriptId: 3, line: 10, column: 2 });
  return plan;
}

const TRACE = {
  trace_function_infos: '[0,1,2,0,0,0]',
  trace_tree: '[1,0,0,0,[2,0,1,8,[],3,0,2,16,[4,0,1,8,[]]]]',
};

export function smallSnapshot(changes: Partial<Manner> = {}): string {
  return writeSnapshot(smallPlan(), { ...changes, extra: { ...TRACE, ...changes.extra } });
}
