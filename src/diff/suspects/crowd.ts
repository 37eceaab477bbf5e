/** What a crowd is called: the class of its objects, or of what V8's own links carry for the program. */
import { dominatorOf, subtreeEnd } from '../../heap/dominators';
import { CONTEXT_NAME } from '../../heap/functions';
import { NodeKind } from '../../heap/node-kind';
import type { Accumulation } from './accumulations';
import type { Group, GroupedHeap, HeapPair } from './groups';
import type { Side } from './side';

/** An accumulation and the class it is called by. */
export interface Crowd extends Accumulation {
  readonly classIndex: number;
}

/** Objects of a crowd that are looked into; they are alike. */
const SAMPLE = 50;
/** Internal nodes between a link of V8's and the program's object on it: a table, a cell. */
const DEEPEST = 3;

/** An accumulation with its class; null when it is all V8's own, like code that was compiled meanwhile. */
export function nameCrowd(pair: HeapPair, accumulation: Accumulation): Crowd | null {
  const { group } = accumulation;
  const preferred = preferredGroup(pair, accumulation);
  const classIndex = classOfThis(pair, preferred) ?? preferred.classIndex;
  if (!pair.classes[classIndex]!.isInternal) return { ...accumulation, classIndex };
  const carried = carriesForProgram(pair, group) ? heaviestClassBelow(pair, group) : null;
  if (carried === null) return null;
  // A table or a cell may carry many: the objects count that give the name.
  const more = countBelow(pair.after, group.after, carried) - countBelow(pair.before, group.before, carried);
  const isCounted = accumulation.growthCount > 0 && more > 0;
  return { ...accumulation, classIndex: carried, growthCount: isCounted ? more : accumulation.growthCount };
}

/** Objects of a class below nodes, once where some hold others. */
function countBelow({ heap, classOf }: GroupedHeap, { nodes }: Side, classIndex: number): number {
  const { tree } = heap;
  let count = 0;
  let end = 0;
  for (const start of nodes.map((node) => tree.position[node]!).sort()) {
    const last = subtreeEnd(tree, start);
    for (let place = Math.max(start, end); place < last; place++) {
      if (classOf(tree.at[place]!) === classIndex) count++;
    }
    end = Math.max(end, last);
  }
  return count;
}

/** Of a chain's link, the object that says most: a class of the program before shapes, functions and scopes. */
function preferredGroup(pair: HeapPair, { group, cycle }: Accumulation): Group {
  if (!cycle) return group;
  const rank = ({ classIndex }: Group) => {
    const { name, isInternal } = pair.classes[classIndex]!;
    if (isInternal) return 4;
    if (name === 'system / Context') return 3;
    if (name === 'Function' || name === 'Object' || name === 'Array') return 2;
    return name.startsWith('{') || name.startsWith('(') ? 1 : 0;
  };
  return [...cycle].sort((a, b) => rank(a) - rank(b))[0]!;
}

/**
 * The class of the objects that scopes belong to: functions that are fields of an object see it as `this` of a scope of
 * their own. Null for other groups, and where the object is not most of what such a scope holds.
 */
function classOfThis({ after, classes }: HeapPair, { classIndex, after: { nodes } }: Group): number | null {
  if (classes[classIndex]!.name !== CONTEXT_NAME) return null;
  const { heap, classOf } = after;
  const { graph, tree } = heap;
  const names = graph.strings.indicesOf(['this']).this;
  const thisOf = (scope: number): number | null => {
    for (let edge = graph.edges.firstOf(scope), end = graph.edges.endOf(scope); edge < end; edge++) {
      const isThis = graph.edges.typeOf(edge) === graph.edgeType.context && names.has(graph.edges.nameOf(edge));
      if (isThis) return graph.edges.targetOf(edge);
    }
    return null;
  };
  const found = [...nodes.slice(-SAMPLE)].map((scope) => {
    const owner = thisOf(scope);
    const isMost =
      owner !== null && dominatorOf(tree, owner) === scope && heap.retainedOf(owner) >= heap.retainedOf(scope) / 2;
    return isMost ? classOf(owner) : null;
  });
  return found.every((owner) => owner === found[0]) ? (found[0] ?? null) : null;
}

/** Promise reactions, weak cells and tables hold what the program gave them; code and hidden classes do not. */
function carriesForProgram({ after }: HeapPair, { after: { nodes } }: Group): boolean {
  const { graph } = after.heap;
  const type = graph.nodes.type[nodes[0]!];
  return type === graph.nodeType.hidden || type === graph.nodeType.array;
}

/** The class of the program that retains most right below a crowd, internal nodes passed over. */
function heaviestClassBelow({ after, classes }: HeapPair, { after: { nodes } }: Group): number | null {
  const { heap } = after;
  const { tree, graph } = heap;
  const kind = new NodeKind(graph);
  const bytes = new Map<number, number>();
  const visit = (ordinal: number, depth: number) => {
    const position = tree.position[ordinal]!;
    const end = subtreeEnd(tree, position);
    for (let at = position + 1; at < end; at = subtreeEnd(tree, at)) {
      const child = tree.at[at]!;
      const classIndex = after.classOf(child);
      if (!classes[classIndex]!.isInternal)
        bytes.set(classIndex, (bytes.get(classIndex) ?? 0) + heap.retainedOf(child));
      else if (kind.isInternalNode(child) && depth < DEEPEST) visit(child, depth + 1);
    }
  };
  for (const node of nodes.slice(-SAMPLE)) visit(node, 1);
  const heaviest = [...bytes].sort((a, b) => b[1] - a[1])[0];
  return heaviest ? heaviest[0] : null;
}
