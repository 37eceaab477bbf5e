// The header of Node 20's snapshots, and its types by name.
const NODE_TYPES = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
  'wasm object',
];
const EDGE_TYPES = ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'];
const NODE_FIELDS = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
const camel = (text) => text.replace(/ (\w)/g, (_, letter) => letter.toUpperCase());
const numbersOf = (names) => Object.fromEntries(names.map((name, index) => [camel(name), index]));

export const NODE = numbersOf(NODE_TYPES);
export const EDGE = numbersOf(EDGE_TYPES);
export const FIELDS_PER_NODE = NODE_FIELDS.length;

export function headerOf(nodeCount, edgeCount) {
  const numbers = (count) => Array(count).fill('number');
  const meta = {
    node_fields: NODE_FIELDS,
    node_types: [NODE_TYPES, 'string', ...numbers(5)],
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [EDGE_TYPES, 'string_or_number', 'node'],
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: ['timestamp_us', 'last_assigned_id'],
    location_fields: ['object_index', 'script_id', 'line', 'column'],
  };
  return JSON.stringify({ meta, node_count: nodeCount, edge_count: edgeCount, trace_function_count: 0 });
}
