/** The loop of the search for retainers. See `graph-loops.ts` and `retainer-search.ts`. */
import type { Edges } from '../edges';
import type { TargetOrdinals } from '../targets';

type U32 = Uint32Array;

export interface RetainerLoops {
  /**
   * Follows the good edges of the nodes in `good`, and, where there are none, the edges of quality `lesser` of the next node in
   * `lesserOnes`: targets that are not `reached`, a bit per node, get their parent, and go to the tail of `good` if they have
   * edges. Nodes with poor edges go to the tail of `lesserOnes`, those with bad ones to that of `left`. It stops where a queue
   * is full, at `room` nodes; at `end` of the good ones and `lesserEnd` of the others, behind which come nodes that it does not
   * see; and, where the lesser edges are {@link BAD}, once these led anywhere. `state`: {@link FollowState}. For the columns of
   * qualities see `edge-quality.ts`.
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
      good: U32,
      lesserOnes: U32,
      left: U32,
      state: U32,
      room: number,
      lesser: number,
      lesserEnd: number,
      from: number,
      end: number,
    ]
  ): void;
}
