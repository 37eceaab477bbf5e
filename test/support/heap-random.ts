/** Random heaps that any writer of the format could have written, rich in the names and types that have rules. */
import fc from 'fast-check';
import type { EdgePlan, HeapPlan, NodePlan } from './heap-builder';

const NODE_NAMES = [
  'Object', 'Session', 'Map', 'Function', 'RegExp', '(string)', '(system)', 'system / NativeContext', 'system / Context',
  'system / JSProxy', '(map descriptors)', '(Document DOM trees)', '(GC roots)', 'system / ExternalStringData', '<div id="a">', '<div>',
  '<p', 'Detached <b>', 'Detached <b class="x">', 'Detached', 'Window', '', '__proto__', 'constructor', 'é', '日本\u{1f600}',
  'a\\b"c\n', '{id, token}', '12', ',Session', '1,0,0,Session',
]; // biome-ignore format: a word list

const EDGE_NAMES = [
  'id', 'token', 'user', 'a,b', '"q"', '{', "it's", '', '__proto__', 'sloppy_function_map', '0', '1', '2', '4', '7', '1x',
  'shared', 'script', 'map', 'scope_info', 'name_or_scope_info', 'previous', 'x'.repeat(70), 'y'.repeat(130), 'é', 'toString',
  ...[1, 2, 3].flatMap((entry) => [
    `${entry} / part of key (K @3) -> value (V @5) pair in WeakMap (table @7)`,
    `${entry} / part of key (K @9) -> value (V @1) pair in WeakMap (table @3)`,
    `${entry} / part of key (K @9) -> value (V @1) pair in WeakMap (table @3) `,
  ]),
]; // biome-ignore format: a word list

const NODE_TYPES: readonly (readonly [number, string])[] = [
  [10, 'object'],
  [3, 'hidden'],
  [3, 'array'],
  [3, 'native'],
  [2, 'synthetic'],
  [2, 'closure'],
  [2, 'string'],
  [1, 'code'],
  [1, 'regexp'],
  [1, 'concatenated string'],
  [1, 'object shape'],
];

const EDGE_TYPES: readonly (readonly [number, string])[] = [
  [8, 'property'],
  [3, 'internal'],
  [3, 'element'],
  [2, 'hidden'],
  [2, 'context'],
  [2, 'weak'],
  [2, 'shortcut'],
];

const oneOf = (weighted: readonly (readonly [number, string])[]) =>
  fc.oneof(...weighted.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
/** Mostly 0: a string that the file holds once. */
const copies = fc.nat(7).map((copy) => (copy < 6 ? 0 : copy - 5));

/** `id` and `edges` are filled in later, when the whole heap is known. */
const anyNode: fc.Arbitrary<NodePlan> = fc.record({
  type: oneOf(NODE_TYPES),
  name: fc.constantFrom(...NODE_NAMES),
  id: fc.constant(0),
  selfSize: fc.oneof(fc.constant(0), fc.nat(100), fc.constantFrom(65_534, 65_535, 65_536, 200_000)),
  detachedness: fc.constantFrom(0, 0, 0, 1, 2),
  traceNodeId: fc.constant(0),
  edges: fc.constant([]),
  nameCopy: copies,
});

const anyEdge = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  type: oneOf(EDGE_TYPES),
  name: fc.constantFrom(...EDGE_NAMES),
  index: fc.nat(8),
  nameCopy: copies,
});

const anyLocation = fc.record({ ordinal: fc.nat(40), scriptId: fc.nat(2), line: fc.nat(2), column: fc.nat(1) });

/** A heap of 1 to `mostNodes` nodes. Much of it may be unreachable; ids are odd and ascending, as V8's are. */
export function anyHeap(mostNodes: number): fc.Arbitrary<HeapPlan> {
  return fc
    .record({
      root: fc.record({
        type: fc.constantFrom('synthetic', 'synthetic', 'hidden'),
        selfSize: fc.constantFrom(0, 0, 9),
      }),
      nodes: fc.array(anyNode, { maxLength: mostNodes - 1, size: 'max' }),
      edges: fc.array(anyEdge, { maxLength: mostNodes * 3, size: 'max' }),
      plainObjects: fc.array(fc.subarray(['id', 'token', 'user', '']), { maxLength: 4 }),
      locations: fc.array(anyLocation, { maxLength: 12 }),
    })
    .map(({ root, nodes, edges, plainObjects, locations }) => {
      const plan: HeapPlan = {
        nodes: [{ ...plainNode(''), ...root }, ...nodes.map((node) => ({ ...node, edges: [] as EdgePlan[] }))],
        locations,
      };
      for (const properties of plainObjects) addPlainObjects(plan, properties);
      const count = plan.nodes.length;
      for (const { from, to, type, name, index, nameCopy } of edges) {
        const isIndexed = type === 'element' || type === 'hidden';
        plan.nodes[from % count]!.edges.push({ type, name: isIndexed ? index : name, to: to % count, nameCopy });
      }
      for (let ordinal = 0; ordinal < count; ordinal++) plan.nodes[ordinal]!.id = ordinal * 2 + 1;
      return withoutDoubleRoots(plan);
    });
}

/** Two objects of one shape: enough for the shape to get a name. */
function addPlainObjects(plan: HeapPlan, properties: readonly string[]): void {
  for (let twin = 0; twin < 2; twin++) {
    const edges = properties.map((name) => ({ type: 'property', name, to: 0, nameCopy: 0 }));
    const ordinal = plan.nodes.push({ ...plainNode('Object'), type: 'object', selfSize: 16, edges }) - 1;
    plan.nodes[0]!.edges.push({ type: 'element', name: ordinal, to: ordinal, nameCopy: 0 });
  }
}

/** DevTools refuses a root with more edges to user roots than there are nodes; writers write one edge each. */
function withoutDoubleRoots(plan: HeapPlan): HeapPlan {
  const seen = new Set<number>();
  const root = plan.nodes[0]!;
  root.edges = root.edges.filter(({ to }) => !seen.has(to) && seen.add(to));
  return plan;
}

function plainNode(name: string): NodePlan {
  return {
    type: 'synthetic',
    name,
    id: 0,
    selfSize: 0,
    detachedness: 0,
    traceNodeId: 0,
    edges: [],
    nameCopy: 0,
  };
}
