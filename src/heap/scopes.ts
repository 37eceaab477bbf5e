/** What a context is in the source: the scope of a module, or of a function. */
import { type DefiningFunction, findContextNames } from './functions';
import type { Heap } from './heap';
import { internalEdge } from './internal-edges';
import { edgesTo } from './retainers';
import type { SourceLocation } from './sites';

export interface Scope {
  readonly isModule: boolean;
  /** The function whose scope it is; null for a module, and where no closure of the function is left. */
  readonly function: { readonly name: string; readonly location: SourceLocation | null } | null;
  /** The script that it is in; null when the heap does not tell. */
  readonly file: string | null;
}

/** A variable and the context that holds its value. */
export interface ScopeVariable {
  readonly name: string;
  readonly context: number;
}

export interface ScopeReader {
  read(context: number): Scope;
  /** Variables in scopes of modules that hold a value. */
  moduleVariablesOf(value: number): ScopeVariable[];
}

/** Describes contexts of one heap. Each answer may look at every edge: ask for a handful. */
export function createScopeReader(heap: Heap): ScopeReader {
  const { graph, sites, functionOfContext, names } = heap;
  const { nodes, nodeType, strings, edges, edgeType } = graph;
  const edgeNames = strings.indicesOf(['context', 'previous']);
  const contextOf = internalEdge(graph, edgeNames.context);
  const previousOf = internalEdge(graph, edgeNames.previous);
  const contextNames = findContextNames(strings);

  const isOutermost = (context: number) => {
    const outer = previousOf(context);
    return outer < 0 || !contextNames.has(nodes.name[outer]!);
  };
  /** A closure made in this very scope stands in the same script. */
  const fileOf = (context: number): string | null => {
    for (const { from } of edgesTo(graph, context)) {
      if (nodes.type[from] !== nodeType.closure || sites.of(from) === 0) continue;
      if (contextOf(from) === context) return sites.get(sites.of(from))!.file;
    }
    return null;
  };

  const isFile = (made: DefiningFunction | null) => made !== null && isWholeFile(made, sites.get(made.site));
  // A module without variables that closures use has no context: its functions' contexts are outermost, too.
  const isModule = (context: number) => {
    const made = functionOfContext(context);
    return isOutermost(context) && (made === null || isFile(made));
  };

  return {
    read(context) {
      const made = functionOfContext(context);
      const location = made && sites.get(made.site);
      const file = location?.file ?? null;
      if (made !== null && !isFile(made)) return { isModule: false, function: { name: made.name, location }, file };
      // What is inside of a file's function is another one, that ran once and is gone: the wrapper of a bundle.
      return { isModule: isModule(context), function: null, file: fileOf(context) ?? file };
    },
    moduleVariablesOf(value) {
      const holders = [...edgesTo(graph, value)].filter(
        ({ from, edge }) => edges.typeOf(edge) === edgeType.context && isModule(from),
      );
      return holders.map(({ from, edge }) => ({ name: names.get(edges.nameOf(edge)), context: from }));
    },
  };
}

/** What a module is compiled to: a function without a name that begins with the file. */
function isWholeFile({ name }: DefiningFunction, location: SourceLocation | null): boolean {
  return name === '' && location?.line === 1 && location.column === 1;
}
