/** Writes a planned heap as `.heapsnapshot` text, in any of the manners in which engines have written the format. */
import type { HeapPlan } from './heap-builder';

/** How to write; the default is Node 20's manner. */
export interface Manner {
  nodeFields: readonly string[];
  nodeTypes: readonly string[];
  edgeTypes: readonly string[];
  /** Null for no locations at all. */
  locationFields: readonly string[] | null;
  /** Order of the top-level members; members that the heap has none of are left out. */
  order: readonly string[];
  /** White space before the n-th token. */
  space: (token: number) => string;
  /** A string as it stands between quotes in the file. */
  escape: (text: string) => string;
  /** Members of the header beside `meta`, instead of correct counts. */
  header: Record<string, unknown>;
  /** Members of `meta` beside the fields and types. */
  meta: Record<string, unknown>;
  /** Further top-level members, as JSON text. */
  extra: Record<string, string>;
}

const NODE_TYPES = [
  'hidden', 'array', 'string', 'object', 'code', 'closure', 'regexp', 'number', 'native', 'synthetic',
  'concatenated string', 'sliced string', 'symbol', 'bigint', 'object shape',
]; // biome-ignore format: a word list

const NODE_20: Manner = {
  nodeFields: ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'],
  nodeTypes: NODE_TYPES,
  edgeTypes: ['context', 'element', 'property', 'internal', 'hidden', 'shortcut', 'weak'],
  locationFields: ['object_index', 'script_id', 'line', 'column'],
  order: ['snapshot', 'nodes', 'edges', 'trace_function_infos', 'trace_tree', 'samples', 'locations', 'strings'],
  space: (token) => (token % 7 === 6 ? '\n' : ''),
  escape: (text) => JSON.stringify(text).slice(1, -1),
  header: {},
  meta: {},
  extra: { trace_function_infos: '[]', trace_tree: '[]', samples: '[]' },
};

/** The whole file. */
export function writeSnapshot(plan: HeapPlan, changes: Partial<Manner> = {}): string {
  const manner = { ...NODE_20, ...changes, extra: { ...NODE_20.extra, ...changes.extra } };
  const strings = new StringPool();
  const nodes = writeNodes(plan, manner, strings);
  const edges = writeEdges(plan, manner, strings);
  const locations = writeLocations(plan, manner);
  const spaced = (values: readonly (number | string)[]) =>
    `[${values.map((value, token) => manner.space(token) + value).join(',')}]`;
  const members: Record<string, string> = {
    ...manner.extra,
    snapshot: JSON.stringify(writeHeader(plan, manner)),
    nodes: spaced(nodes),
    edges: spaced(edges),
    strings: spaced(strings.texts.map((text) => `"${manner.escape(text)}"`)),
  };
  if (locations) members.locations = spaced(locations);
  const order = [...manner.order, ...Object.keys(manner.extra).filter((name) => !manner.order.includes(name))];
  const present = order.filter((name) => name in members);
  return `{${present.map((name) => `${manner.space(6)}"${name}":${members[name]}`).join(',')}}`;
}

function writeHeader(plan: HeapPlan, manner: Manner): object {
  const meta = {
    node_fields: manner.nodeFields,
    node_types: manner.nodeFields.map((field) => (field === 'type' ? manner.nodeTypes : 'number')),
    edge_fields: ['type', 'name_or_index', 'to_node'],
    edge_types: [manner.edgeTypes, 'string_or_number', 'node'],
    trace_function_info_fields: ['function_id', 'name', 'script_name', 'script_id', 'line', 'column'],
    trace_node_fields: ['id', 'function_info_index', 'count', 'size', 'children'],
    sample_fields: ['timestamp_us', 'last_assigned_id'],
    ...(manner.locationFields ? { location_fields: manner.locationFields } : {}),
    ...manner.meta,
  };
  const counts = {
    node_count: plan.nodes.length,
    edge_count: plan.nodes.reduce((sum, node) => sum + node.edges.length, 0),
    trace_function_count: 0,
  };
  return { meta, ...counts, ...manner.header };
}

function writeNodes(plan: HeapPlan, manner: Manner, strings: StringPool): number[] {
  return plan.nodes.flatMap((node) => {
    const fields: Record<string, number> = {
      type: manner.nodeTypes.indexOf(node.type),
      name: strings.indexOf(node.name, node.nameCopy),
      id: node.id,
      self_size: node.selfSize,
      edge_count: node.edges.length,
      trace_node_id: node.traceNodeId,
      detachedness: node.detachedness,
    };
    return manner.nodeFields.map((field) => fields[field] ?? 0);
  });
}

function writeEdges(plan: HeapPlan, manner: Manner, strings: StringPool): number[] {
  return plan.nodes.flatMap((node) =>
    node.edges.flatMap((edge) => [
      manner.edgeTypes.indexOf(edge.type),
      typeof edge.name === 'number' ? edge.name : strings.indexOf(edge.name, edge.nameCopy),
      edge.to * manner.nodeFields.length,
    ]),
  );
}

function writeLocations(plan: HeapPlan, manner: Manner): number[] | null {
  const { locationFields } = manner;
  if (!locationFields) return null;
  return plan.locations.flatMap(({ ordinal, scriptId, line, column }) => {
    const object_index = ordinal * manner.nodeFields.length;
    const fields: Record<string, number> = { object_index, script_id: scriptId, line, column };
    return locationFields.map((field) => fields[field] ?? 0);
  });
}

class StringPool {
  readonly texts: string[] = ['<dummy>'];
  private readonly known = new Map<string, number>();

  indexOf(text: string, copy: number): number {
    const key = `${copy} ${text}`;
    let index = this.known.get(key);
    if (index === undefined) {
      index = this.texts.push(text) - 1;
      this.known.set(key, index);
    }
    return index;
  }
}
