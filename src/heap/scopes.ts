/** What a context is in the source: the scope of a module, or of a function. */
import { type DefiningFunction, findContextNames } from './functions';
import type { Heap } from './heap';
import { internalEdge } from './internal-edges';
import type { SourceLocation } from './sites';

export interface Scope {
  readonly isModule: boolean;
  /** The function whose scope it is; null for a module, and where no closure of the function is left. */
  readonly function: { readonly name: string; readonly location: SourceLocation | null } | null;
  /** The script that it is in; null when the heap does not tell. */
  readonly file: string | null;
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
  const fileOf = (context: number): string | null => {
    for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
      if (nodes.type[ordinal] !== nodeType.closure || sites.of(ordinal) === 0) continue;
      if (contextOf(ordinal) === context) return sites.get(sites.of(ordinal))!.file;
    }
    return null;
  };

  return (context) => {
    const made = functionOfContext(context);
    const location = made && sites.get(made.site);
    const isFile = made !== null && isWholeFile(made, location);
    // A module without variables that closures use has no context: its functions' contexts are outermost, too.
    const isModule = isOutermost(context) && (made === null || isFile);
    // What is inside of a file's function is another one, that ran once and is gone: the wrapper of a bundle.
    if (made === null || isFile) return { isModule, function: null, file: fileOf(context) ?? location?.file ?? null };
    return { isModule, function: { name: made.name, location }, file: location?.file ?? null };
  };
}

/** What a module is compiled to: a function without a name that begins with the file. */
function isWholeFile({ name }: DefiningFunction, location: SourceLocation | null): boolean {
  return name === '' && location?.line === 1 && location.column === 1;
}
