/** Objects of Node's own, written in C++, that stand in a heap beside the JavaScript objects which programs know them by. */
import { positionsOf } from '../../heap/columns';
import type { Heap } from '../../heap/heap';
import { internalEdge } from '../../heap/internal-edges';

/**
 * Names of native objects that V8 hangs from its root by ordinal: Node keeps them alive itself, as open handles or, up to
 * Node 22, whatever nothing native refers to. DevTools calls them `(synthetic)`, as V8's own roots, whose names have brackets.
 */
export function nameNativeRoots({ graph, names }: Heap): Map<number, string> {
  const { nodes, nodeType, root } = graph;
  const named = new Map<number, string>();
  for (const ordinal of positionsOf(nodes.type, nodeType.synthetic)) {
    const name = names.getCached(nodes.name[ordinal]!);
    if (ordinal !== root && name !== '' && !name.startsWith('(')) named.set(ordinal, name);
  }
  return named;
}

/** Puts the JavaScript object of a native one in its place: what leads to that tells who keeps both alive. */
export function createWrapperFinder({ graph }: Heap): (ordinals: Uint32Array) => Uint32Array {
  const { nodes, nodeType, strings } = graph;
  const wrapperOf = internalEdge(graph, strings.indicesOf(['native_to_javascript']).native_to_javascript);
  return (ordinals) =>
    ordinals.map((ordinal) => {
      const type = nodes.type[ordinal];
      if (type !== nodeType.native && type !== nodeType.synthetic) return ordinal;
      const wrapper = wrapperOf(ordinal);
      return wrapper < 0 ? ordinal : wrapper;
    });
}
