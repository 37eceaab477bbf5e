/** The loop of the search for retainers. See `graph-loops.ts` and `retainer-search.ts`. */
import type { Edges } from '../edges';
import type { TargetOrdinals } from '../targets';

type U32 = Uint32Array;

export interface RetainerLoops {
  /**
   * Follows the edges of the given quality of the nodes in `batch`: targets that are not `reached`, a bit per node, get their
   * parent, and go to `visited` if they have edges, `room` of them at most. Nodes with edges of a lesser quality go to
   * `left`. It is over after the last node, or, unless the quality is {@link GOOD}, after the first that has visited any:
   * their good edges come first. `cursor` ({@link FollowCursor}) tells where to go on, and how long the two lists are. For the
   * columns of qualities see `edge-quality.ts`.
   */
  followEdges(
    ...args: [
      edges: Edges,
      essential: U32,
      firstNumbered: number,
      rare: U32,
      rareBefore: U32,
      type: Uint8Array,
      name: U32,
      ofLabel: Uint8Array,
      ofSource: Uint8Array,
      ofWord: Uint8Array,
      reached: U32,
      parent: TargetOrdinals,
      parentWidth: number,
      batch: U32,
      cursor: U32,
      visited: U32,
      left: U32,
      room: number,
      quality: number,
      from: number,
      end: number,
    ]
  ): void;
}
