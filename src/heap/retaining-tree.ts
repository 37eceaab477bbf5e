/**
 * One retaining path per node, chosen to be worth reading: the shortest that avoids what explains nothing.
 *
 * V8's string table reaches every internalised string, hidden classes and compiled code reach constants, WeakMap entries
 * reach their values: all true, all poor explanations. Breadth first over good edges alone; where that ends, over poor
 * edges into unvisited parts and on over good ones; edges that are bad come last of all.
 */
import { findEphemeronNames } from './ephemerons';
import type { Graph } from './graph';
import type { Heap } from './heap';
import type { EdgeIndex, NodeOrdinal } from './types';

const UNREACHED = 0xffffffff;

/** A node on a path and the edge that leads to it; the root has edge -1. */
export interface PathNode {
  readonly node: NodeOrdinal;
  readonly edge: EdgeIndex;
}

export class RetainingTree {
  private constructor(
    private readonly heap: Heap,
    /** Who retains each node on its chosen path, by ordinal; the root's is itself. */
    readonly parent: Uint32Array,
  ) {}

  static build(heap: Heap): RetainingTree {
    return new RetainingTree(heap, chooseParents(heap));
  }

  isReached(ordinal: number): boolean {
    return this.parent[ordinal] !== UNREACHED;
  }

  /** Nodes from `ordinal` up to the root, `ordinal` first. */
  *ancestors(ordinal: number): Generator<number> {
    const { root } = this.heap.graph;
    for (let at = ordinal; ; at = this.parent[at]!) {
      yield at;
      if (at === root || this.parent[at] === UNREACHED) return;
    }
  }

  /** The path from the root to a node, both included; just the node when nothing essential reaches it. */
  pathTo(ordinal: number): PathNode[] {
    const path: PathNode[] = [];
    for (const node of this.ancestors(ordinal)) {
      const parent = this.parent[node]!;
      const edge = node === this.heap.graph.root || parent === UNREACHED ? -1 : this.edgeBetween(parent, node);
      path.push({ node: node as NodeOrdinal, edge: edge as EdgeIndex });
    }
    return path.reverse();
  }

  /** The best edge of `parent` that leads to `child`; -1 when none keeps it alive. */
  edgeBetween(parent: number, child: number): number {
    const { graph, essential } = this.heap;
    const { first, to, type } = graph.edges;
    let found = -1;
    for (let edge = first[parent]!; edge < first[parent + 1]!; edge++) {
      if (to[edge] !== child || !essential.has(edge)) continue;
      if (type[edge] !== graph.edgeType.internal && type[edge] !== graph.edgeType.hidden) return edge;
      if (found < 0) found = edge;
    }
    return found;
  }
}

const GOOD = 0;
const POOR = 1;
const BAD = 2;

function chooseParents(heap: Heap): Uint32Array {
  const { graph, essential } = heap;
  const { first, to } = graph.edges;
  const parent = graph.scratch.take().fill(UNREACHED);
  const queue = graph.scratch.take(); // a node enters once, when it gets its parent
  const qualityOf = createEdgeJudge(heap);
  let tail = 0;
  const visit = (node: number, from: number) => {
    parent[node] = from;
    queue[tail++] = node;
  };
  visit(graph.root, graph.root);

  // Nodes whose poor edges, and then bad ones, may lead where nothing better did; few nodes have any.
  const poor: number[] = [];
  const bad: number[] = [];
  const follow = (node: number, quality: number, worse: number[]) => {
    let isLeft = false;
    for (let edge = first[node]!, end = first[node + 1]!; edge < end; edge++) {
      const target = to[edge]!;
      if (parent[target] !== UNREACHED || !essential.has(edge)) continue;
      const found = qualityOf(node, edge);
      if (found === quality) visit(target, node);
      else if (found > quality) isLeft = true;
    }
    if (isLeft) worse.push(node);
  };
  for (let head = 0, poorHead = 0, badHead = 0; ; ) {
    if (head < tail) follow(queue[head++]!, GOOD, poor);
    else if (poorHead < poor.length) follow(poor[poorHead++]!, POOR, bad);
    else if (badHead < bad.length) follow(bad[badHead++]!, BAD, bad);
    else break;
  }
  graph.scratch.giveBack(queue);
  return parent;
}

/** Edge names that lead to how an object works instead of what it is for. */
const POOR_EDGES = [
  'map', 'prototype', '__proto__', 'constructor', 'feedback_cell', 'code', 'dependent_code', 'initial_map',
  'native_context', 'shared', 'scope_info', 'transition', 'descriptors', 'back_pointer', 'own_names', 'properties_template',
  'native_to_javascript',
] as const; // biome-ignore format: a word list

/** heapdiff's own agent sees everything through its module; nothing is held by it. */
const AGENT_EDGES = ['<symbol heapdiff.agent>'] as const;

const BAD_ROOTS = ['(Internalized strings)', '(External strings)', '(Weak roots)', '(Weak refs)'] as const;
const POOR_ROOTS = ['(Compilation cache)', '(Handle scope)', '(Stack roots)', '(Builtins)', '(Debugger)'] as const;

/** Judges an edge by its name and by what it starts from. */
function createEdgeJudge({ graph }: Heap): (node: number, edge: number) => number {
  const { nodes, nodeType, edges, edgeType, strings } = graph;
  const qualityOfName = judgeNames(graph);
  const badRoots = unionOf(strings.indicesOf(BAD_ROOTS));
  const poorRoots = unionOf(strings.indicesOf(POOR_ROOTS));
  const isPoorSource = poorSourceTypes(graph);

  return (node, edge) => {
    const type = edges.type[edge]!;
    if (type === edgeType.internal || type === edgeType.property) {
      const quality = qualityOfName[edges.nameOrIndex[edge]!]!;
      if (quality !== GOOD) return quality;
    }
    const source = nodes.type[node]!;
    if (isPoorSource[source] === 1) return POOR;
    if (source === nodeType.synthetic) {
      if (badRoots.has(nodes.name[node]!)) return BAD;
      if (poorRoots.has(nodes.name[node]!)) return POOR;
    }
    return GOOD;
  };
}

/** What the names of property and internal edges say of them, by string index. */
function judgeNames({ strings }: Graph): Uint8Array {
  const quality = new Uint8Array(strings.count);
  for (const name of unionOf(strings.indicesOf(POOR_EDGES))) quality[name] = POOR;
  for (const name of unionOf(strings.indicesOf(AGENT_EDGES))) quality[name] = BAD;
  for (const name of findEphemeronNames(strings).keys()) quality[name] = BAD;
  return quality;
}

/** What hidden classes, code and V8's hidden objects point to is rarely held by them. */
function poorSourceTypes({ nodeTypeNames, nodeType }: Graph): Uint8Array {
  const poor = new Uint8Array(nodeTypeNames.length);
  for (const type of [nodeType.code, nodeType.objectShape, nodeType.hidden]) if (type >= 0) poor[type] = 1;
  return poor;
}

function unionOf(sets: Record<string, ReadonlySet<number>>): Set<number> {
  return new Set(Object.values(sets).flatMap((set) => [...set]));
}
