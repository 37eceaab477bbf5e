/** Which CommonJS module exports a value: those that import it hold it too, and a path may lead through any of them. */
import { positionsOf } from '../../heap/columns';
import type { Heap } from '../../heap/heap';

export interface Export {
  /** Empty for the whole of what a module exports. */
  readonly name: string;
  readonly file: string;
}

const PROTO = '__proto__';

/** Finds the exports of a value, first those of the module that it comes from. Looks at what all modules export. */
export function createExportFinder(heap: Heap, fileOf: (module: number) => string | null) {
  const { graph, names } = heap;
  const { edges, edgeType, nodes, nodeType } = graph;
  const known = graph.strings.indicesOf(['Module', 'exports', 'children', 'prototype', PROTO]);
  const isInherited = (name: number) => known.prototype.has(name) || known[PROTO].has(name);

  function* propertiesOf(node: number): Generator<{ name: number; target: number }> {
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end; edge++) {
      if (edges.typeOf(edge) === edgeType.property) yield { name: edges.nameOf(edge), target: edges.targetOf(edge) };
    }
  }
  const propertyOf = (node: number, wanted: ReadonlySet<number>): number | null => {
    for (const { name, target } of propertiesOf(node)) if (wanted.has(name)) return target;
    return null;
  };

  let modules: number[] | null = null;
  const findModules = () => {
    const named = [...known.Module].flatMap((name) => [...positionsOf(nodes.name, name)]);
    return named.filter((node) => nodes.type[node] === nodeType.object);
  };

  /** The name that a module exports a value by; null when it does not. */
  const nameIn = (module: number, value: number): string | null => {
    const exported = propertyOf(module, known.exports);
    if (exported === null || exported === value) return exported === null ? null : '';
    for (const { name, target } of propertiesOf(exported)) {
      if (target === value && !isInherited(name)) return names.get(name);
    }
    return null;
  };

  /** Whether a module loaded one of others: what both export, it passes on. */
  const hasLoadedOneOf = (module: number, others: readonly number[]): boolean => {
    const children = propertyOf(module, known.children);
    if (children === null) return false;
    const loaded = edges.targetsOf(children);
    return loaded.some((child) => child !== module && others.includes(child));
  };

  return (value: number): Export[] => {
    modules ??= findModules();
    const found = modules.flatMap((module) => {
      const file = fileOf(module);
      const name = file === null ? null : nameIn(module, value);
      return name === null ? [] : [{ module, name, file: file! }];
    });
    const all = found.map(({ module }) => module);
    const rank = ({ module }: (typeof found)[number]) => Number(hasLoadedOneOf(module, all));
    return found.sort((a, b) => rank(a) - rank(b)).map(({ name, file }) => ({ name, file }));
  };
}
