/** What on a retaining path tells a person where it is, though V8 keeps it out of sight: modules, exports, waiting functions. */
import type { Heap } from '../../heap/heap';
import { internalEdge } from '../../heap/internal-edges';
import { retainersOf } from '../../heap/retainers';
import { createExportFinder, type Export } from './exporters';

/** A variable that an ES module exports: it stands in a cell of its own, not in the module's scope. */
export interface ExportedVariable {
  readonly name: string;
  /** URL of the module; null when the heap does not tell. */
  readonly file: string | null;
}

const CELL = 'system / Cell';
const ES_MODULE = 'system / SourceTextModule';

export class Landmarks {
  private readonly functionOf: (generator: number) => number;
  private readonly registersOf: (generator: number) => number;
  /** CommonJS modules that export a value, the one that it comes from first. */
  readonly exportsOf: (value: number) => Export[];
  private readonly exports = new Map<number, ExportedVariable | null>();
  private readonly known: Record<'filename' | 'url' | typeof CELL | typeof ES_MODULE, ReadonlySet<number>>;

  constructor(private readonly heap: Heap) {
    const { graph } = heap;
    const edgeNames = graph.strings.indicesOf(['function', 'parameters_and_registers']);
    this.functionOf = internalEdge(graph, edgeNames.function);
    this.registersOf = internalEdge(graph, edgeNames.parameters_and_registers);
    this.exportsOf = createExportFinder(heap, (module) => this.fileOfModule(module));
    this.known = graph.strings.indicesOf(['filename', 'url', CELL, ES_MODULE]);
  }

  /** The file of a CommonJS module. */
  fileOfModule(module: number): string | null {
    return this.textOf(module, this.known.filename);
  }

  /**
   * An async function or a generator that waits keeps its local variables in a list of V8's: the function, for an edge
   * of that list; null for others.
   */
  waitingFunction(generator: number, edge: number): number | null {
    const { edges } = this.heap.graph;
    const registers = this.registersOf(generator);
    if (registers < 0 || edge < edges.firstOf(registers) || edge >= edges.endOf(registers)) return null;
    const waiting = this.functionOf(generator);
    return waiting < 0 ? null : waiting;
  }

  /** The variable whose value `cell` holds; null for what is no cell of a module. */
  exportedVariable(cell: number): ExportedVariable | null {
    const { nodes } = this.heap.graph;
    if (!this.known[CELL].has(nodes.name[cell]!)) return null;
    let exported = this.exports.get(cell);
    if (exported === undefined) {
      exported = this.findExport(cell);
      this.exports.set(cell, exported);
    }
    return exported;
  }

  /** Looks at all edges. */
  private findExport(cell: number): ExportedVariable | null {
    const { nodes } = this.heap.graph;
    for (const table of retainersOf(this.heap, cell)) {
      const name = this.nameBefore(table, cell);
      if (name === null) continue;
      const module = [...retainersOf(this.heap, table)].find((node) => this.known[ES_MODULE].has(nodes.name[node]!));
      const wrappers = module === undefined ? [] : [...retainersOf(this.heap, module)];
      const files = wrappers.map((node) => this.textOf(node, this.known.url));
      return { name, file: files.find((file) => file !== null) ?? null };
    }
    return null;
  }

  /** A module's table has names and cells in turn, numbered. */
  private nameBefore(table: number, cell: number): string | null {
    const { edges, nodes, nodeType } = this.heap.graph;
    const nameOf = (edge: number) => this.heap.names.get(edges.nameOf(edge));
    for (let edge = edges.firstOf(table) + 1, end = edges.endOf(table); edge < end; edge++) {
      const before = edges.targetOf(edge - 1);
      if (edges.targetOf(edge) !== cell || nodes.type[before] !== nodeType.string) continue;
      if (Number(nameOf(edge)) === Number(nameOf(edge - 1)) + 1) return this.heap.names.get(nodes.name[before]!);
    }
    return null;
  }

  /** The text of a property of one of these names. */
  private textOf(node: number, wanted: ReadonlySet<number>): string | null {
    const { edges, edgeType, nodes, nodeType } = this.heap.graph;
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      const target = edges.targetOf(edge);
      const isWanted = edges.typeOf(edge) === edgeType.property && wanted.has(edges.nameOf(edge));
      if (isWanted && nodes.type[target] === nodeType.string) return this.heap.names.get(nodes.name[target]!);
    }
    return null;
  }
}
