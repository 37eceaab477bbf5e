/** The application's own code below an object: a listener, a callback, whatever closure it carries. */
import { subtreeEnd } from '../../heap/dominators';
import type { Heap } from '../../heap/heap';
import type { SourceLocation } from '../../heap/sites';
import { isApplicationFile } from '../allocation-sites';

export interface CarriedFunction {
  readonly name: string;
  /** In a file of the application. */
  readonly location: SourceLocation;
}

/** Objects looked at: callbacks hang a few steps from what carries them. */
const MOST_OBJECTS = 400;

/**
 * The nearest closure that an object carries and that is defined in the application: the object, or what it alone
 * retains, refers to it. What lies behind things that many share is not its own. Null without one near, and for what is
 * such a closure itself: its own name says it.
 */
export function findApplicationClosure(heap: Heap, ordinal: number): CarriedFunction | null {
  const { graph, essential, tree } = heap;
  const { edges } = graph;
  if (applicationFunction(heap, ordinal)) return null;
  const dull = new Set(Object.values(graph.strings.indicesOf(DULL_EDGES)).flatMap((indices) => [...indices]));
  const position = tree.position[ordinal]!;
  const end = subtreeEnd(tree, position);
  const isOwn = (node: number) => tree.position[node]! > position && tree.position[node]! < end;
  const queue = [ordinal];
  const seen = new Set(queue);
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]!;
    for (let edge = edges.firstOf(node), end = edges.endOf(node); edge < end && queue.length < MOST_OBJECTS; edge++) {
      const target = edges.targetOf(edge);
      if (seen.has(target) || !essential.has(edge) || dull.has(edges.nameOf(edge))) continue;
      seen.add(target);
      const found = applicationFunction(heap, target);
      if (found) return found;
      if (isOwn(target)) queue.push(target);
    }
  }
  return null;
}

/** Edges that lead from any object to what all objects share. */
const DULL_EDGES = [
  'map',
  '__proto__',
  'prototype',
  'constructor',
  'previous',
  'code',
  'shared',
  'feedback_cell',
] as const;

function applicationFunction({ graph, sites, names }: Heap, node: number): CarriedFunction | null {
  if (graph.nodes.type[node] !== graph.nodeType.closure) return null;
  const location = sites.get(sites.of(node));
  if (!location?.file || !isApplicationFile(location.file)) return null;
  return { name: names.get(graph.nodes.name[node]!), location };
}
