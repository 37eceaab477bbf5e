/** Why objects are alive: their retaining paths, the like ones together. */
import type { Heap } from '../../heap/heap';
import { findNodeVersion } from '../../heap/node-version';
import { RetainingTree } from '../../heap/retaining-tree';
import { placeOf } from '../constructors';
import { measureOwnBytes } from '../details/measure-members';
import { collapseRepeats } from '../suspects/collapse-repeats';
import { convergePaths, sampleEvenly } from '../suspects/convergence';
import { type HeapPair, pairHeaps } from '../suspects/groups';
import { HolderNamer } from '../suspects/holder';
import { findTargets } from './find-targets';
import { otherPaths } from './other-paths';
import { PathGroups, type WayGroup } from './path-groups';
import type { PathReport, PathTarget, RetainingPath } from './path-types';

export interface PathOptions {
  /** Paths of one node at the most; a constructor's are all reported. */
  readonly most?: number;
}

const MOST_EXAMPLES = 10;
/** Ways of like objects that are held against each other. */
const WAYS_COMPARED = 8;
const MOST_PATHS_OF_NODE = 10;

/** Explains a node (`4711`, `@4711`) or all objects of a constructor. Throws NO_SUCH_NODE. */
export function explainPaths(heap: Heap, query: string, options: PathOptions = {}): PathReport {
  const classes = heap.groupByShapes(heap.shapes);
  const targets = findTargets(heap, classes, query);
  const pair = pairHeaps(heap, heap, { before: classes, after: classes });
  const tree = new RetainingTree(heap);
  const explainer = new PathExplainer(pair, tree);
  const reached = targets.nodes.filter((node) => tree.isReached(node));
  const own = measureOwnBytes(heap, targets.nodes);
  const ownOf = new Map(targets.nodes.map((node, at) => [node, own[at]!]));
  const sumOwn = (nodes: readonly number[]) => nodes.reduce((sum, node) => sum + ownOf.get(node)!, 0);
  const paths =
    targets.kind === 'node'
      ? reached.flatMap((node) => explainer.explainNode(node, options.most ?? MOST_PATHS_OF_NODE))
      : explainer.explainAll(reached, sumOwn);
  return {
    schema: 'heapdiff/paths@1',
    file: heap.file,
    nodeVersion: findNodeVersion(heap),
    target: {
      query,
      kind: targets.kind,
      constructors: countClasses(pair, targets.nodes),
      count: targets.nodes.length,
      shallowSize: targets.nodes.reduce((sum, node) => sum + heap.shallowOf(node), 0),
      retainedSize: sumOwn(targets.nodes),
      unreached: targets.nodes.length - reached.length,
    },
    paths,
  };
}

class PathExplainer {
  private readonly namer: HolderNamer;

  constructor(
    private readonly pair: HeapPair,
    private readonly tree: RetainingTree,
  ) {
    this.namer = new HolderNamer(pair, tree);
  }

  explainAll(nodes: readonly number[], sumOwn: (nodes: readonly number[]) => number): RetainingPath[] {
    const { root } = this.pair.after.heap.graph;
    const parentOf = (node: number) => (node === root ? -1 : this.tree.parentOf(node));
    const wanted = new Set(nodes);
    const groups = new PathGroups(parentOf, (node) => {
      if (node === root || (this.namer.paths.kind.isInternalNode(node) && !wanted.has(node))) return null;
      return this.namer.paths.stepBetween(this.tree.parentOf(node), node);
    });
    for (const node of nodes) groups.add(node);
    const paths = groups.finish().map((group) => this.describeGroup(group, sumOwn(group.members)));
    return paths.sort((a, b) => b.retainedSize - a.retainedSize || b.count - a.count);
  }

  explainNode(node: number, most: number): RetainingPath[] {
    const { heap } = this.pair.after;
    const retainedSize = heap.retainedOf(node);
    const describe = (way: readonly number[]): RetainingPath => {
      const holder = this.namer.paths.visibleOwner(way.at(-2) ?? node);
      const steps = way.slice(1).flatMap((at, index) => {
        if (this.namer.paths.kind.isInternalNode(at) && at !== node) return [];
        return [this.namer.paths.stepBetween(way[index]!, at)];
      });
      const path = collapseRepeats(steps);
      return {
        count: 1,
        retainedSize,
        // The words for the rest of the way go by the chosen path.
        holder: this.namer.name(holder, way.at(-2) === this.tree.parentOf(node) ? [node] : [], []),
        path,
        examples: [heap.graph.nodes.id[node]!],
      };
    };
    return [[...this.tree.ancestors(node)].reverse(), ...otherPaths(heap, this.tree, node, most - 1)].map(describe);
  }

  /** Where the paths come together; of a chain what leads to its first link, since each link's path is another's end. */
  private findOwner(path: WayGroup['path'], members: readonly number[]): { node: number; tail: readonly number[] } {
    const way = this.visibleWay(members[0]!);
    const shared = this.countShared(way, members);
    let start = 0;
    for (const [index, { repeats = 1 }] of path.entries()) {
      const end = start + repeats * countWhile(path, index, repeats);
      // What repeats on the way to all of them, as scopes in scopes do, is no chain of theirs.
      if (repeats > 1 && start > 0 && shared < end) return { node: way[start - 1]!, tail: [] };
      start += repeats;
    }
    return convergePaths(this.tree, members) ?? { node: members[0]!, tail: [] };
  }

  /** Of a way, the nodes that the ways to all members begin with; none for a single one, which shares with nobody. */
  private countShared(way: readonly number[], members: readonly number[]): number {
    if (members.length === 1) return 0;
    const ways = sampleEvenly(members, WAYS_COMPARED).map((member) => this.visibleWay(member));
    const parting = way.findIndex((node, at) => ways.some((other) => other[at] !== node));
    return parting < 0 ? way.length : parting;
  }

  private visibleWay(node: number): number[] {
    return this.namer.paths.visiblePath(node).map((step) => step.node);
  }

  private describeGroup({ path, members }: WayGroup, retainedSize: number): RetainingPath {
    const { id } = this.pair.after.heap.graph.nodes;
    const found = this.findOwner(path, members);
    return {
      count: members.length,
      retainedSize,
      holder: this.namer.name(this.namer.paths.visibleOwner(found.node), found.tail, members),
      path,
      examples: members.slice(0, MOST_EXAMPLES).map((node) => id[node]!),
    };
  }
}

/** Steps from `index` on that repeat as often: together one round. */
function countWhile(path: WayGroup['path'], index: number, repeats: number): number {
  const end = path.findIndex((step, at) => at > index && (step.repeats ?? 1) !== repeats);
  return (end < 0 ? path.length : end) - index;
}

function countClasses({ after, classes }: HeapPair, nodes: readonly number[]): PathTarget['constructors'] {
  const counts = new Map<number, number>();
  for (const node of nodes) counts.set(after.classOf(node), (counts.get(after.classOf(node)) ?? 0) + 1);
  const rows = [...counts].sort((a, b) => b[1] - a[1]);
  return rows.map(([index, count]) => {
    const { name, function: made, location } = classes[index]!;
    return { name, function: made, location: placeOf(location), count };
  });
}
