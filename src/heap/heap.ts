/** A heap that was read: the graph and what was computed of it, and what is computed only for those who ask. */
import { type BitVector, hasBit, rankOf } from './bit-vector';
import { nameClasses } from './class-names';
import { type ClassTable, groupAsDevTools } from './classes';
import { measureDistances } from './distances';
import type { DominatorTree } from './dominators';
import { EphemeronNames } from './ephemerons';
import { findExternalStrings } from './external-strings';
import type { ForeignCounts } from './foreign-nodes';
import { createContextResolver, type DefiningFunction } from './functions';
import type { Graph } from './graph';
import { IdSet } from './id-set';
import type { NameTable } from './names';
import type { NodeMarks } from './node-marks';
import { sizeOf } from './node-sizes';
import type { PlainObjects } from './plain-objects';
import type { SearchState } from './retainer-search';
import type { TraceTree } from './scan/trace-tree-reader';
import type { ShapeDefinition } from './shapes';
import { groupBySite } from './site-classes';
import type { SiteTable } from './sites';
import type { UintColumn } from './types';

export interface HeapParts {
  readonly file: string;
  readonly graph: Graph;
  readonly names: NameTable;
  readonly marks: NodeMarks;
  readonly plain: PlainObjects;
  readonly sites: SiteTable;
  /** One bit per edge: it keeps its target alive. */
  readonly essential: BitVector;
  readonly tree: DominatorTree;
  /** Bytes that inner nodes of the tree keep alive, by rank. */
  readonly retained: UintColumn;
  /** Shapes of plain objects that are frequent enough for a name. */
  readonly shapes: readonly ShapeDefinition[];
  /** Allocation stacks, when they were tracked. */
  readonly traceFunctions: ReadonlyMap<string, UintColumn> | null;
  readonly traceTree: TraceTree | null;
}

export class Heap implements HeapParts {
  readonly file: HeapParts['file'];
  readonly graph: HeapParts['graph'];
  readonly names: HeapParts['names'];
  readonly marks: HeapParts['marks'];
  readonly plain: HeapParts['plain'];
  readonly sites: HeapParts['sites'];
  readonly essential: HeapParts['essential'];
  readonly tree: HeapParts['tree'];
  readonly retained: HeapParts['retained'];
  readonly shapes: HeapParts['shapes'];
  readonly traceFunctions: HeapParts['traceFunctions'];
  readonly traceTree: HeapParts['traceTree'];
  private retainerSearch: SearchState | null = null;
  private idSet: IdSet | undefined;
  private foundExternalStrings: readonly number[] | undefined;
  private measuredDistances: Int32Array | undefined;
  private ownClasses: ClassTable | undefined;
  private contextResolver: ReturnType<typeof createContextResolver> | undefined;
  /** The last grouping by shapes: a pair of heaps is grouped once, wherever that happened. */
  private grouped: { readonly key: string; readonly classes: ClassTable } | undefined;

  constructor(parts: HeapParts) {
    this.file = parts.file;
    this.graph = parts.graph;
    this.names = parts.names;
    this.marks = parts.marks;
    this.plain = parts.plain;
    this.sites = parts.sites;
    this.essential = parts.essential;
    this.tree = parts.tree;
    this.retained = parts.retained;
    this.shapes = parts.shapes;
    this.traceFunctions = parts.traceFunctions;
    this.traceTree = parts.traceTree;
  }

  /** Bytes: what the root retains, and native memory that the header adds. DevTools' total. */
  get totalBytes(): number {
    return this.retainedOf(this.graph.root) + this.graph.extraNativeBytes;
  }

  /** Bytes that a node keeps alive, itself included. */
  retainedOf(ordinal: number): number {
    const { position, inner, innerBefore } = this.tree;
    const at = position[ordinal]!;
    return hasBit(inner, at) ? this.retained[rankOf(inner, innerBefore, at)]! : this.shallowOf(ordinal);
  }

  /** Bytes of a node itself, with those of V8's internals that it owns. */
  shallowOf(ordinal: number): number {
    return sizeOf(this.graph.nodes.sizes, ordinal);
  }

  /** Ids of all nodes. */
  get ids(): IdSet {
    this.idSet ??= IdSet.build(this.graph);
    return this.idSet;
  }

  /** Takes over what `ids` found in another thread. */
  adoptIds(ids: IdSet): void {
    this.idSet = ids;
  }

  /** Ordinals of strings whose text lies outside of V8's heap, though their size counts it. */
  get externalStrings(): readonly number[] {
    this.foundExternalStrings ??= findExternalStrings(this.graph);
    return this.foundExternalStrings;
  }

  /** Distance of each node from the roots, by ordinal; see `measureDistances`. */
  get distances(): Int32Array {
    this.measuredDistances ??= measureDistances(this.graph, EphemeronNames.of(this.graph.strings));
    return this.measuredDistances;
  }

  /** The function that made a context; null when the heap does not tell. */
  readonly functionOfContext = (context: number): DefiningFunction | null => {
    this.contextResolver ??= createContextResolver(this);
    return this.contextResolver(context);
  };

  /** Classes by name, definition site and defining function, with distances. */
  get classes(): ClassTable {
    if (!this.ownClasses) {
      const { distances } = this; // first: its queue becomes the column of the names
      this.ownClasses = groupBySite(this, this.nameNodes(this.shapes), distances);
    }
    return this.ownClasses;
  }

  /** What another thread found out about ids of this heap and the one before it; null when none did. */
  joinIdComparison: () => Promise<ForeignCounts | null> = async () => null;

  /** Ends the search for retainers that another thread may have begun, and takes over how far it came. */
  joinRetainerSearch: () => Promise<void> = async () => undefined;

  adoptRetainerSearch(state: SearchState | null): void {
    this.retainerSearch = state;
  }

  /** How far a search for retainers came, for the one who goes on with it; null when there is none, or no more. */
  takeRetainerSearch(): SearchState | null {
    const state = this.retainerSearch;
    this.retainerSearch = null;
    return state;
  }

  private nameNodes(shapes: readonly ShapeDefinition[]): Uint32Array {
    return nameClasses(this, shapes);
  }

  /** Classes as DevTools' summary view groups them. */
  groupAsDevTools(): ClassTable {
    const { distances } = this;
    return groupAsDevTools(this, this.nameNodes(this.shapes), distances);
  }

  /** Classes with plain objects named by the given shapes, so that heaps can be compared by one set; no distances. */
  groupByShapes(shapes: readonly ShapeDefinition[]): ClassTable {
    const key = shapesKey(shapes);
    if (this.grouped?.key !== key) {
      this.grouped = { key, classes: groupBySite(this, this.nameNodes(shapes), null) };
    }
    return this.grouped.classes;
  }

  /** Takes over what `groupByShapes` found in another thread. */
  adoptGroups(shapes: readonly ShapeDefinition[], classes: ClassTable): void {
    this.grouped = { key: shapesKey(shapes), classes };
  }
}

const shapesKey = (shapes: readonly ShapeDefinition[]) => shapes.map(({ name }) => name).join('\n');
