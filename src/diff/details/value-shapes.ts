/**
 * What objects look like without what they say. A snapshot holds every string of the process, so names and types are
 * shown, and of contents nothing but a short beginning for those who ask for it.
 */
import { CONTEXT_NAME } from '../../heap/functions';
import { internalEdge } from '../../heap/internal-edges';
import type { CommonClass, GroupedHeap } from '../suspects/groups';
import type { Field, Value, ValueShape } from './detail-types';

export interface ShapeOptions {
  /** Also the beginnings of strings, and the keys of dictionaries. */
  readonly values: boolean;
}

/** An object with more properties is a dictionary: its keys are data. */
const MOST_FIELDS = 24;
const PROTO = '__proto__';
const PREVIEW_CHARACTERS = 32;
/** V8 cuts strings in snapshots at this length (`--heap-snapshot-string-limit`). */
const STRING_LIMIT = 1024;

export class ShapeReader {
  private readonly dull: ReadonlySet<number>;
  private readonly contextOf: (ordinal: number) => number;

  constructor(
    private readonly grouped: GroupedHeap,
    private readonly classes: readonly CommonClass[],
    private readonly options: ShapeOptions,
  ) {
    const { strings } = grouped.heap.graph;
    this.dull = strings.indicesOf([PROTO])[PROTO];
    this.contextOf = internalEdge(grouped.heap.graph, strings.indicesOf(['context']).context);
  }

  describe(node: number): ValueShape {
    const { graph } = this.grouped.heap;
    const properties = this.readFields(node, graph.edgeType.property, false);
    const fields = [...properties, ...this.readVariables(node)];
    const isDictionary = fields.length > MOST_FIELDS;
    const shown = isDictionary ? (this.options.values ? fields.slice(0, MOST_FIELDS) : []) : fields;
    return {
      id: graph.nodes.id[node]!,
      shallowSize: this.grouped.heap.shallowOf(node),
      ...this.describeValue(node),
      fields: shown,
      hiddenFields: fields.length - shown.length,
      elements: this.countElements(node),
    };
  }

  private readFields(node: number, edgeType: number, variable: boolean): Field[] {
    const { graph, names } = this.grouped.heap;
    const { edges } = graph;
    const fields: Field[] = [];
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      const name = edges.nameOf(edge);
      if (edges.typeOf(edge) !== edgeType || this.dull.has(name)) continue;
      fields.push({ name: names.get(name), variable, ...this.describeValue(edges.targetOf(edge)) });
    }
    return fields;
  }

  /** The variables of a context, or of the scope that a closure was made in. */
  private readVariables(node: number): Field[] {
    const { graph, names } = this.grouped.heap;
    const { nodes, nodeType, edgeType } = graph;
    const isClosure = nodes.type[node] === nodeType.closure;
    const scope = isClosure ? this.contextOf(node) : node;
    if (scope < 0 || !names.get(nodes.name[scope]!).startsWith(CONTEXT_NAME)) return [];
    return this.readFields(scope, edgeType.context, true);
  }

  private countElements(node: number): ValueShape['elements'] {
    const { graph } = this.grouped.heap;
    const { edges } = graph;
    const counts = new Map<string, number>();
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      if (edges.typeOf(edge) !== graph.edgeType.element) continue;
      const name = this.className(edges.targetOf(edge));
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const rows = [...counts].map(([name, count]) => ({ constructor: name, count }));
    return rows.sort((a, b) => b.count - a.count).slice(0, MOST_FIELDS);
  }

  private describeValue(node: number): Value {
    const { heap } = this.grouped;
    const type = heap.graph.nodeTypeNames[heap.graph.nodes.type[node]!] ?? 'unknown';
    const plain = { type, constructor: this.className(node), retainedSize: heap.retainedOf(node) };
    // Of concatenated and sliced strings a snapshot has no content.
    if (type !== 'string') return { ...plain, length: null, isCut: false };
    const text = heap.names.get(heap.graph.nodes.name[node]!);
    const described = { ...plain, length: text.length, isCut: text.length >= STRING_LIMIT };
    return this.options.values ? { ...described, preview: previewText(text) } : described;
  }

  private className(node: number): string {
    return this.classes[this.grouped.classOf(node)]!.name;
  }
}

/** The beginning of a string as JSON would write it, quotes included. */
function previewText(text: string): string {
  const start = [...text.slice(0, PREVIEW_CHARACTERS * 2)].slice(0, PREVIEW_CHARACTERS).join('');
  return JSON.stringify(start.length < text.length ? `${start}…` : start);
}
