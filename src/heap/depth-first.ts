/**
 * Which edges keep their target alive, and a depth-first numbering along them. One search finds both: each has to look
 * at every edge and at the node behind it, and that is the dearest thing to do with a large heap.
 */
import { BackSteps } from './back-steps';
import { BitVector } from './bit-vector';
import type { EphemeronNames } from './ephemerons';
import type { Graph } from './graph';
import { LabelKind, UNNUMBERED } from './loops/codes';
import type { Walk } from './loops/walk';

/** Each column is written over by the step that needs it last. */
export interface DepthFirstSearch
  extends Pick<Walk, 'numberOf' | 'vertex' | 'lowest' | 'fromLarger' | 'backward' | 'essential'> {
  /** The parents of numbers below `reached`. */
  readonly backSteps: BackSteps;
  /** Nodes numbered from here on belong to unreachable cliques: the root dominates them, their edges count for nothing. */
  readonly reached: number;
}

export function searchDepthFirst(graph: Graph, ephemerons: EphemeronNames): DepthFirstSearch {
  return new Search(graph, ephemerons).run();
}

/**
 * The page owns what its globals and DOM trees reach by edges that are not weak. So the search goes there first: while
 * it does, every node that it comes from is the page's, and afterwards a small number says that a node is.
 */
class Search implements Walk {
  readonly edges: Graph['edges'];
  readonly numberOf: Uint32Array;
  readonly vertex: Uint32Array;
  readonly backSteps: BackSteps;
  readonly lowest: Uint32Array;
  readonly fromLarger: Uint32Array;
  readonly backward: BitVector;
  readonly essential: BitVector;
  readonly kinds: Uint8Array;
  readonly way: Uint32Array;
  readonly cursors: Uint32Array;
  count = 0;
  depth = 0;
  ownedEnd: number;
  isRootOwned = false;
  alsoOwned: BitVector | null = null;
  /** Where the page's edges lead that are neither weak nor essential. */
  private readonly setAside: number[] = [];
  private readonly walkFrom: (start: number) => void;

  constructor(
    private readonly graph: Graph,
    private readonly ephemerons: EphemeronNames,
  ) {
    const { edges, scratch, memory, nodeCount, edgeCount } = graph;
    this.edges = edges;
    this.numberOf = scratch.take().fill(UNNUMBERED);
    this.vertex = scratch.take();
    this.backSteps = new BackSteps(memory.u8(nodeCount));
    this.lowest = scratch.take();
    this.fromLarger = scratch.take();
    this.backward = BitVector.in(memory, edgeCount);
    this.essential = BitVector.in(memory, edgeCount);
    this.kinds = this.judgeLabels();
    this.way = scratch.takeStack();
    this.cursors = scratch.takeStack();
    this.ownedEnd = nodeCount;
    this.walkFrom = graph.loops.walker(this);
  }

  run(): DepthFirstSearch {
    const { root, nodeCount } = this.graph;
    this.number(root);
    this.followRoot((edge) => this.leadsToPage(edge));
    this.closePage();
    this.followRoot((edge) => !this.leadsToPage(edge));
    if (this.count < nodeCount) this.followUnretained();
    const reached = this.count;
    for (let ordinal = 0; this.count < nodeCount; ordinal++) {
      if (this.numberOf[ordinal] === UNNUMBERED) this.number(ordinal);
    }
    this.graph.scratch.giveBackStack(this.way, this.cursors);
    const { numberOf, vertex, backSteps, lowest, fromLarger, backward, essential } = this;
    return { numberOf, vertex, backSteps, lowest, fromLarger, backward, reached, essential };
  }

  /** Numbers the root, or a child of its in the tree that is searched. */
  private number(ordinal: number): void {
    const next = this.count++;
    this.numberOf[ordinal] = next;
    this.vertex[next] = ordinal;
    this.lowest[next] = 0;
    this.fromLarger[next] = 0;
    this.backSteps.note(next, this.depth);
    this.depth = next === 0 ? 0 : 1;
  }

  /** Whether an edge of the root's leads to a global of the page or to its DOM trees. */
  private leadsToPage(edge: number): boolean {
    const { edges, edgeType, nodes, nodeType, strings } = this.graph;
    if (edges.typeOf(edge) === edgeType.shortcut) return true;
    const target = edges.targetOf(edge);
    if (edges.typeOf(edge) !== edgeType.element || nodes.type[target] !== nodeType.synthetic) return false;
    return strings.indicesOf(['(Document DOM trees)'])['(Document DOM trees)'].has(nodes.name[target]!);
  }

  private followRoot(isWanted: (edge: number) => boolean): void {
    const { root, edges } = this.graph;
    for (let edge = edges.firstOf(root), end = edges.endOf(root); edge < end; edge++) {
      if (!isWanted(edge)) continue;
      const target = edges.targetOf(edge);
      if (target === root) this.setAside.push(root);
      if (!this.isEssential(root, edge)) continue;
      this.essential.add(edge);
      if (this.numberOf[target] === UNNUMBERED) this.walk(target);
      else this.lowest[this.numberOf[target]!] = 0;
    }
  }

  /** Numbers `start`, a child of the root's in the tree that is searched, and all that is below it. */
  private walk(start: number): void {
    this.number(start);
    this.walkFrom(start);
  }

  leavesOut(node: number, edge: number, isForeign: boolean): boolean {
    const { edges, edgeType } = this.graph;
    if (edges.typeOf(edge) !== edgeType.shortcut && !this.isTableEdge(node, edge)) return false;
    if (!isForeign) this.setAside.push(edges.targetOf(edge));
    return true;
  }

  /** Shortcuts need a look, and names that may be those of a WeakMap's values. */
  private judgeLabels(): Uint8Array {
    const { edges, edgeType, memory } = this.graph;
    const { type, name, firstNumbered } = edges.labels;
    const kinds = memory.u8(type.length);
    for (let label = 0; label < type.length; label++) {
      const isTable = label < firstNumbered ? !this.ephemerons.isEmpty : this.ephemerons.has(name[label]!);
      if (type[label] === edgeType.weak) kinds[label] = LabelKind.weak;
      else if (type[label] === edgeType.shortcut) kinds[label] = LabelKind.needsLook;
      else if (type[label] === edgeType.internal && isTable) kinds[label] = LabelKind.needsLook;
    }
    return kinds;
  }

  /** Finds what else the page reaches: by ways that go through edges which keep nothing alive. */
  private closePage(): void {
    const { edges, edgeType, root, nodeCount, memory } = this.graph;
    this.ownedEnd = this.count;
    const open = this.setAside.splice(0);
    if (this.fromLarger[0]! > 0) open.push(root);
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (this.isOwned(node)) continue;
      if (node === root) this.isRootOwned = true;
      else {
        this.alsoOwned ??= BitVector.in(memory, nodeCount);
        this.alsoOwned.add(node);
      }
      for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
        if (edges.typeOf(edge) !== edgeType.weak) open.push(edges.targetOf(edge));
      }
    }
  }

  /** Nodes that nothing retains hang from the root, with all that they alone keep. */
  private followUnretained(): void {
    const { nodeCount, edges } = this.graph;
    const retained = new BitVector(nodeCount);
    for (let node = 0; node < nodeCount; node++) {
      if (this.numberOf[node] !== UNNUMBERED) continue;
      for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
        if (!this.isEssential(node, edge)) continue;
        this.essential.add(edge);
        retained.add(edges.targetOf(edge));
      }
    }
    for (let node = 0; node < nodeCount; node++) {
      if (this.numberOf[node] === UNNUMBERED && !retained.has(node)) this.walk(node);
    }
  }

  /** The rule as a whole, for the few edges that are not met in `walk`. */
  private isEssential(node: number, edge: number): boolean {
    const { edges, edgeType, root } = this.graph;
    const kind = edges.typeOf(edge);
    const target = edges.targetOf(edge);
    if (kind === edgeType.weak || target === node) return false;
    if (kind === edgeType.shortcut && node !== root) return false;
    if (kind === edgeType.internal && this.isTableEdge(node, edge)) return false;
    return node === root || this.isOwned(node) || !this.isOwned(target);
  }

  private isOwned(node: number): boolean {
    if (node === this.graph.root) return this.isRootOwned;
    return this.numberOf[node]! < this.ownedEnd || (this.alsoOwned?.has(node) ?? false);
  }

  /** From a WeakMap's table to a value. */
  private isTableEdge(node: number, edge: number): boolean {
    const { edges, nodes } = this.graph;
    const name = edges.nameOf(edge);
    return this.ephemerons.has(name) && nodes.id[node] === this.ephemerons.tableIdOf(name);
  }
}
