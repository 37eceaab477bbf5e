/** What a context is in the source: the scope of a module, or of a function. */
import { type DefiningFunction, findContextNames } from './functions';
import type { Heap } from './heap';
import { internalEdge } from './internal-edges';
import type { SourceLocation } from './sites';

export interface Scope {
  readonly isModule: boolean;
  /** Name of the function; empty when it has none, or for a module. */
  readonly function: string;
  /** Where the function is defined; for a module only its file counts. Null when the heap does not tell. */
  readonly location: SourceLocation | null;
}

/** Describes contexts of one heap. Each answer may look at every closure: ask for a handful. */
export function createScopeReader(heap: Heap): (context: number) => Scope {
  const { graph, sites, functionOfContext } = heap;
  const { nodes, nodeType, nodeCount, strings } = graph;
  const edgeNames = strings.indicesOf(['context', 'previous']);
  const contextOf = internalEdge(graph, edgeNames.context);
  const previousOf = internalEdge(graph, edgeNames.previous);
  const contextNames = findContextNames(strings);

  const isOutermost = (context: number) => {
    const outer = previousOf(context);
    return outer < 0 || !contextNames.has(nodes.name[outer]!);
  };
  /** A closure made in this very scope stands in the same script. */
  const closureIn = (context: number): SourceLocation | null => {
    for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
      if (nodes.type[ordinal] !== nodeType.closure || sites.of(ordinal) === 0) continue;
      if (contextOf(ordinal) === context) return sites.get(sites.of(ordinal));
    }
    return null;
  };

  return (context) => {
    const made = functionOfContext(context);
    const location = made && sites.get(made.site);
    // A module without variables that closures use has no context: its functions' contexts are outermost, too.
    const isModule = isOutermost(context) && (!made || isWholeFile(made, location));
    if (made && !isModule) return { isModule: false, function: made.name, location };
    return { isModule, function: '', location: closureIn(context) };
  };
}

/** What a module is compiled to: a function without a name that begins with the file. */
function isWholeFile({ name }: DefiningFunction, location: SourceLocation | null): boolean {
  return name === '' && location?.line === 1 && location.column === 1;
}
