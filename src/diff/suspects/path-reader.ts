/** Retaining paths of the `after` heap in words: what each step is called, and which of them belong to the program. */
import { parseEphemeronName } from '../../heap/ephemerons';
import { NodeKind } from '../../heap/node-kind';
import type { PathNode, RetainingTree } from '../../heap/retaining-tree';
import type { PathStep } from '../types';
import type { GroupedHeap, HeapPair } from './groups';

const NATIVE_CONTEXT = 'system / NativeContext';

export class PathReader {
  readonly kind: NodeKind;
  private readonly grouped: GroupedHeap;
  private readonly nativeContexts: ReadonlySet<number>;

  constructor(
    private readonly pair: HeapPair,
    readonly tree: RetainingTree,
  ) {
    this.grouped = pair.after;
    const { graph } = pair.after.heap;
    this.kind = new NodeKind(graph);
    this.nativeContexts = graph.strings.indicesOf([NATIVE_CONTEXT])[NATIVE_CONTEXT];
  }

  /**
   * The node itself, or the nearest above it that belongs to the program. What V8 holds by the slots of a realm is no
   * function's, though each of the realm leads there: the realm itself.
   */
  visibleOwner(ordinal: number): number {
    for (const node of this.tree.ancestors(ordinal)) {
      if (!this.kind.isInternalNode(node) || this.isRealm(node)) return node;
    }
    return ordinal;
  }

  /** V8's own side of a global object: lists of what waits, caches, built-in functions. */
  isRealm(ordinal: number): boolean {
    return this.nativeContexts.has(this.grouped.heap.graph.nodes.name[ordinal]!);
  }

  /** The nearest object, the node itself or above it, that the program reaches by a name: not a buffer's store. */
  namedOwner(ordinal: number): number {
    const path = this.visiblePath(ordinal).reverse();
    const isNamed = ({ edge }: PathNode) => ['property', 'context', 'element'].includes(this.edgeType(edge));
    return path.find(isNamed)?.node ?? this.visibleOwner(ordinal);
  }

  /** The retaining path without V8's own nodes; an edge out of such a node stands for the way through it. */
  visiblePath(ordinal: number): PathNode[] {
    return this.tree.pathTo(ordinal).filter(({ node }) => !this.kind.isInternalNode(node));
  }

  /** All steps from the root to a node, V8's own too, as they are. */
  stepsTo(ordinal: number): (PathStep & { readonly node: number })[] {
    return this.tree.pathTo(ordinal).map((step) => ({ ...this.toStep(step), node: step.node }));
  }

  /** The step from one node to the next on a path, with `[]` for any index. */
  stepBetween(parent: number, node: number): PathStep {
    const edge = this.tree.edgeBetween(parent, node);
    const name = this.isIndexed(edge) || /^\d/.test(this.edgeName(edge)) ? '[]' : this.edgeName(edge);
    return { edge: this.edgeType(edge), name, constructor: this.className(node) };
  }

  toStep({ node, edge }: PathNode): PathStep {
    const owner = this.className(node);
    // The root numbers what it holds: its name says more.
    return { edge: this.edgeType(edge), name: this.isFromRoot(edge) ? owner : this.edgeName(edge), constructor: owner };
  }

  className(ordinal: number): string {
    return this.pair.classes[this.grouped.classOf(ordinal)]!.name;
  }

  edgeType(edge: number): string {
    const { graph } = this.grouped.heap;
    return edge < 0 ? 'root' : graph.edgeTypeNames[graph.edges.typeOf(edge)]!;
  }

  edgeName(edge: number): string {
    if (edge < 0) return '';
    if (this.isWeakMapValue(edge)) return 'value in a WeakMap';
    return this.isIndexed(edge) ? `[${this.grouped.heap.graph.edges.nameOf(edge)}]` : this.nameOf(edge);
  }

  isIndexed(edge: number): boolean {
    return this.kind.isIndexedEdge(this.grouped.heap.graph.edges.typeOf(edge));
  }

  isWeakMapValue(edge: number): boolean {
    return this.edgeType(edge) === 'internal' && parseEphemeronName(this.nameOf(edge)) !== null;
  }

  /** The WeakMap that an entry's edge to its value belongs to; null when nothing leads to it. Looks at all nodes. */
  weakMapOf(edge: number): number | null {
    const { graph } = this.grouped.heap;
    const { tableId } = parseEphemeronName(this.nameOf(edge))!;
    const table = graph.nodes.id.indexOf(tableId);
    return table < 0 || !this.tree.isReached(table) ? null : this.visibleOwner(table);
  }

  private nameOf(edge: number): string {
    const { graph, names } = this.grouped.heap;
    return names.get(graph.edges.nameOf(edge));
  }

  private isFromRoot(edge: number): boolean {
    const { root, edges } = this.grouped.heap.graph;
    return edge >= edges.firstOf(root) && edge < edges.endOf(root);
  }
}
