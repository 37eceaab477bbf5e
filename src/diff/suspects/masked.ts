/** Where growth may hide: beside a loss as large, so that what holds both is no larger than before. */
import type { Group, HeapPair } from './groups';
import type { Ordinals } from './side';

/** A place that does not grow is looked into where it was as large, and is, as growth that anybody looks for. */
const HIDING_BYTES = 128 * 1024;
/** Edges of the objects of one place: among more, what is replaced is no news. */
const MOST_EDGES_OF_PLACE = 1 << 16;
/** Edges of all places that are looked into although they do not grow: bounds the time that a huge heap takes. */
const MOST_EDGES = 1 << 22;

/** Picks the places to look into although they do not grow. */
export class MaskedPlaces {
  /** Bytes. */
  private readonly least: number;
  private edgesLeft = MOST_EDGES;

  constructor(
    private readonly pair: HeapPair,
    smallest: number,
  ) {
    this.least = Math.max(HIDING_BYTES, smallest);
  }

  /** Whether growth may hide in a group: it lost as much. Each asks for some of the time that there is. */
  mayHideIn({ before, after }: Group): boolean {
    if (Math.min(before.retained, after.retained) < this.least) return false;
    if (before.count + after.count > MOST_EDGES_OF_PLACE) return false; // no need to count their edges
    const { before: one, after: other } = this.pair;
    const edges = countEdges(one.heap, before.nodes) + countEdges(other.heap, after.nodes);
    if (edges > MOST_EDGES_OF_PLACE || edges > this.edgesLeft) return false;
    this.edgesLeft -= edges;
    return true;
  }
}

function countEdges({ graph }: HeapPair['before']['heap'], nodes: Ordinals): number {
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += graph.edges.countOf(nodes[i]!);
  return sum;
}
