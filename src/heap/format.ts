/**
 * The `.heapsnapshot` format as its own header describes it. Field offsets and type numbers are looked up here and
 * nowhere else: they changed with V8 several times, and other engines write the format too.
 */
import { HeapdiffError } from '../errors';

/** The header (`snapshot` member) as it stands in the file. Only `meta` is relied upon; counts are hints. */
export interface SnapshotHeader {
  readonly meta: {
    readonly node_fields: readonly string[];
    readonly node_types: readonly (string | readonly string[])[];
    readonly edge_fields: readonly string[];
    readonly edge_types: readonly (string | readonly string[])[];
    readonly trace_function_info_fields?: readonly string[];
    readonly trace_node_fields?: readonly string[];
    readonly location_fields?: readonly string[];
  };
  readonly node_count?: number;
  readonly edge_count?: number;
  readonly trace_function_count?: number;
  readonly root_index?: number;
  readonly extra_native_bytes?: number;
}

/** Offset of a field in a row, -1 when the file has no such field. */
export type FieldOffset = number;

export interface SnapshotFormat {
  readonly nodeFieldCount: number;
  readonly node: Readonly<
    Record<'type' | 'name' | 'id' | 'selfSize' | 'edgeCount' | 'traceNodeId' | 'detachedness', FieldOffset>
  >;
  readonly nodeTypes: readonly string[];
  readonly edgeFieldCount: number;
  readonly edge: Readonly<Record<'type' | 'nameOrIndex' | 'toNode', FieldOffset>>;
  readonly edgeTypes: readonly string[];
  readonly locationFieldCount: number;
  readonly location: Readonly<Record<'objectIndex' | 'scriptId' | 'line' | 'column', FieldOffset>>;
  readonly traceFunctionFields: readonly string[];
  readonly traceNodeFields: readonly string[];
  readonly nodeCountHint: number;
  readonly edgeCountHint: number;
  readonly rootOrdinal: number;
  readonly extraNativeBytes: number;
}

/** No writer has more than 7 fields and 17 types; more would only make heapdiff reserve memory. Types fill one byte. */
const MOST_FIELDS = 64;
const MOST_TYPES = 256;
const LOCATION_FIELDS = ['object_index', 'script_id', 'line', 'column'];

/** Reads the header's JSON. Throws NOT_A_SNAPSHOT when a field is missing that no graph can be built without. */
export function parseFormat(json: string, file: string, offset: number): SnapshotFormat {
  const refuse = (reason: string) => new HeapdiffError('NOT_A_SNAPSHOT', { file, offset, reason });
  let header: SnapshotHeader;
  try {
    header = JSON.parse(json);
  } catch (cause) {
    throw new HeapdiffError('SNAPSHOT_CORRUPT', { file, offset, reason: 'its header is not JSON' }, cause);
  }
  const meta = header?.meta;
  if (!Array.isArray(meta?.node_fields) || !Array.isArray(meta.edge_fields)) throw refuse('its header has no meta');
  const locationFields = LOCATION_FIELDS.every((name) => listOf(meta.location_fields).includes(name))
    ? listOf(meta.location_fields)
    : []; // rows without one of these say nothing
  const traceFunctionFields = listOf(meta.trace_function_info_fields);
  const rows = [meta.node_fields, meta.edge_fields, locationFields, traceFunctionFields];
  if (rows.some((fields) => fields.length > MOST_FIELDS)) throw refuse('its header has rows of too many fields');

  const nodeField = (name: string) => meta.node_fields.indexOf(name);
  const edgeField = (name: string) => meta.edge_fields.indexOf(name);
  const locationField = (name: string) => locationFields.indexOf(name);
  const node = {
    type: nodeField('type'),
    name: nodeField('name'),
    id: nodeField('id'),
    selfSize: nodeField('self_size'),
    edgeCount: nodeField('edge_count'),
    traceNodeId: nodeField('trace_node_id'),
    detachedness: nodeField('detachedness'),
  };
  const edge = { type: edgeField('type'), nameOrIndex: edgeField('name_or_index'), toNode: edgeField('to_node') };
  for (const name of ['type', 'name', 'id', 'selfSize', 'edgeCount'] as const) {
    if (node[name] < 0) throw refuse(`its nodes have no field for ${name}`);
  }
  for (const name of ['type', 'nameOrIndex', 'toNode'] as const) {
    if (edge[name] < 0) throw refuse(`its edges have no field for ${name}`);
  }
  const nodeTypes = meta.node_types?.[node.type];
  const edgeTypes = meta.edge_types?.[edge.type];
  if (!Array.isArray(nodeTypes) || !Array.isArray(edgeTypes)) throw refuse('its header lists no node or edge types');
  if (Math.max(nodeTypes.length, edgeTypes.length) > MOST_TYPES) throw refuse('its header lists too many types');
  const rootOrdinal = countHint(header.root_index) / meta.node_fields.length;
  if (!Number.isInteger(rootOrdinal)) throw refuse('its root index is not where a node begins');

  return {
    nodeFieldCount: meta.node_fields.length,
    node,
    nodeTypes,
    edgeFieldCount: meta.edge_fields.length,
    edge,
    edgeTypes,
    locationFieldCount: locationFields.length,
    location: {
      objectIndex: locationField('object_index'),
      scriptId: locationField('script_id'),
      line: locationField('line'),
      column: locationField('column'),
    },
    traceFunctionFields,
    traceNodeFields: listOf(meta.trace_node_fields),
    nodeCountHint: countHint(header.node_count),
    edgeCountHint: countHint(header.edge_count),
    rootOrdinal,
    extraNativeBytes: Number.isFinite(header.extra_native_bytes) ? header.extra_native_bytes! : 0,
  };
}

/** A list of a header that may lack it, or have anything else in its place. */
const listOf = (value: readonly string[] | undefined): readonly string[] => (Array.isArray(value) ? value : []);
const countHint = (value: unknown) => (Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : 0);

/** Type numbers of one file by name; -1 when the file has no such type, which then matches nothing. */
export function nodeTypeNumbers(format: SnapshotFormat) {
  const of = (name: string) => format.nodeTypes.indexOf(name);
  return {
    hidden: of('hidden'),
    array: of('array'),
    string: of('string'),
    object: of('object'),
    code: of('code'),
    closure: of('closure'),
    regexp: of('regexp'),
    native: of('native'),
    synthetic: of('synthetic'),
    consString: of('concatenated string'),
    slicedString: of('sliced string'),
    objectShape: of('object shape'),
  };
}

export function edgeTypeNumbers(format: SnapshotFormat) {
  const of = (name: string) => format.edgeTypes.indexOf(name);
  return {
    context: of('context'),
    element: of('element'),
    property: of('property'),
    internal: of('internal'),
    hidden: of('hidden'),
    shortcut: of('shortcut'),
    weak: of('weak'),
  };
}
export type EdgeTypeNumbers = ReturnType<typeof edgeTypeNumbers>;
export type NodeTypeNumbers = ReturnType<typeof nodeTypeNumbers>;
