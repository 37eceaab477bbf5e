/** Which function a context belongs to: context -> scope info <- shared function info <- closure, which has a place. */
import type { BitVector } from './bit-vector';
import type { Graph } from './graph';
import { internalEdge } from './internal-edges';
import { PairInterner } from './interner';
import type { NameTable } from './names';
import type { SiteTable } from './sites';
import type { StringTable } from './strings';

/** A function as closures and contexts show it. */
export interface DefiningFunction {
  /** Empty for an anonymous function. */
  readonly name: string;
  readonly site: number;
}

/** A heap as far as functions are found in it. */
export interface FunctionInputs {
  readonly graph: Graph;
  readonly names: NameTable;
  readonly marks: { readonly closures: BitVector };
  readonly sites: SiteTable;
}

/** What V8 calls a context; since V8 15 followed by its scope: `system / Context / scope @77`. */
export const CONTEXT_NAME = 'system / Context';

/** Names of contexts, as string indices. */
export function findContextNames(strings: StringTable): ReadonlySet<number> {
  const exact = strings.indicesOf([CONTEXT_NAME])[CONTEXT_NAME];
  return new Set([...exact, ...strings.indicesStartingWith(`${CONTEXT_NAME} / `)]);
}

/** Finds the function that made each context. Built once, asked per context. */
export function createContextResolver({ graph, names, marks, sites }: FunctionInputs) {
  const { nodes, nodeType, nodeCount, strings, memory, loops } = graph;
  const edgeNames = strings.indicesOf(['shared', 'scope_info', 'name_or_scope_info', 'previous']);
  const sharedOf = internalEdge(graph, edgeNames.shared);
  const scopeOfShared = internalEdge(graph, edgeNames.name_or_scope_info);
  const scopeOfContext = internalEdge(graph, edgeNames.scope_info);
  const previousOf = internalEdge(graph, edgeNames.previous);
  const functionOfScope = new Map<number, DefiningFunction>();
  // Closures of one function, which have name and place in common, also have their scope in common.
  const functions = new PairInterner(memory);
  functions.internSited(loops, { marks: marks.closures.words, a: nodes.name, sites }, null, nodeCount);
  for (let index = 0; index < functions.count; index++) {
    const site = functions.second[index]!;
    const shared = site === 0 ? -1 : sharedOf(functions.row[index]!);
    const scope = shared < 0 ? -1 : scopeOfShared(shared);
    if (scope < 0 || nodes.type[scope] === nodeType.string || functionOfScope.has(scope)) continue;
    functionOfScope.set(scope, { name: names.getCached(functions.first[index]!), site });
  }

  /** A block's context belongs to the function around it: go out until a scope has a function. Null when none has. */
  return (context: number): DefiningFunction | null => {
    let at = context;
    for (let hops = 0; at >= 0 && hops < MOST_SCOPES; hops++) {
      const found = functionOfScope.get(scopeOfContext(at));
      if (found) return found;
      at = previousOf(at);
    }
    return null;
  };
}

/** Nested blocks of one function; a bound only against malformed files, which may hold cycles. */
const MOST_SCOPES = 64;
