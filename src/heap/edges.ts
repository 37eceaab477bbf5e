/**
 * The edges of a heap. A program says `map`, `next` and `0` millions of times, so type and name of an edge stand in two
 * bytes: the number of its label. Names that have no number (large indices, words that are said a few times) are rare
 * names, which stand aside in the order of their edges.
 */

import { type EdgeRanges, firstEdgeOf } from './edge-ranges';
import { type TargetColumn, targetAt } from './targets';

/** Columns over edges, each `edgeCount` long unless it says otherwise. */
export interface EdgeColumns {
  /** Which edges are each node's. */
  readonly ranges: EdgeRanges;
  /** Ordinal of the node the edge points to, see `targetAt`. */
  readonly to: TargetColumn;
  /** Number of the edge's label: an index into the columns of `labels`. */
  readonly label: Uint16Array;
  readonly labels: EdgeLabels;
}

/** What loops over edges look at; the kernel's get it column by column. */
export type Edges = Pick<EdgeColumns, 'ranges' | 'to' | 'label'>;

export interface EdgeLabels {
  /** By label: index into {@link SnapshotFormat.edgeTypes}. */
  readonly type: Uint8Array;
  /** By label: a string index, or an element index for element and hidden edges; without meaning for rare names. */
  readonly name: Uint32Array;
  /** Labels below this are those of rare names. */
  readonly firstNumbered: number;
  /** Rare names, in the order of their edges. */
  readonly rare: Uint32Array;
  /** The largest name that is a string index, -1 for none. */
  readonly largestWord: number;
  /** How many rare names stand before each block of {@link RARE_BLOCK} edges. */
  readonly rareBefore: Uint32Array;
}

/** Edges over which the place of a rare name is counted. */
export const RARE_BLOCK = 128;

const UNASKED = -1;

/** Where the name of an edge stands among rare names. */
export function placeOfRare(
  { label, firstNumbered, rareBefore }: Pick<EdgeColumns, 'label'> & Pick<EdgeLabels, 'firstNumbered' | 'rareBefore'>,
  edge: number,
): number {
  const block = Math.floor(edge / RARE_BLOCK);
  let place = rareBefore[block]!;
  for (let at = block * RARE_BLOCK; at < edge; at++) if (label[at]! < firstNumbered) place++;
  return place;
}

export class EdgeTable implements EdgeColumns {
  readonly ranges: EdgeRanges;
  readonly to: TargetColumn;
  readonly label: Uint16Array;
  readonly labels: EdgeLabels;
  /** An edge of a rare name and the name's place. */
  private readonly lastRare = { edge: -1, place: 0 };

  constructor({ ranges, to, label, labels }: EdgeColumns) {
    this.ranges = ranges;
    this.to = to;
    this.label = label;
    this.labels = labels;
  }

  /** How many edges a node has. */
  countOf(node: number): number {
    return this.endOf(node) - this.firstOf(node);
  }

  /** The first edge of a node, or of the node behind the last one. */
  firstOf(node: number): number {
    return firstEdgeOf(this.ranges, node);
  }

  /** The edge behind a node's last one. */
  endOf(node: number): number {
    return firstEdgeOf(this.ranges, node + 1);
  }

  /** Ordinal of the node that an edge points to. */
  targetOf(edge: number): number {
    const { ordinals, width } = this.to;
    return targetAt(ordinals, width, edge);
  }

  /** Ordinals of the nodes that a node's edges point to. */
  targetsOf(node: number): number[] {
    const first = this.firstOf(node);
    return Array.from({ length: this.countOf(node) }, (_, i) => this.targetOf(first + i));
  }

  /** Index into {@link SnapshotFormat.edgeTypes}. */
  typeOf(edge: number): number {
    return this.labels.type[this.label[edge]!]!;
  }

  /** A string index, or an element index for element and hidden edges. */
  nameOf(edge: number): number {
    return this.isRare(edge) ? this.rareNameOf(edge) : this.labels.name[this.label[edge]!]!;
  }

  /** Whether the label of an edge does not tell its name. */
  isRare(edge: number): boolean {
    return this.label[edge]! < this.labels.firstNumbered;
  }

  /**
   * Makes a question about type and name of an edge cheap: `ask` answers it once for each label, and for rare names,
   * of which the label does not tell, each time. Answers are not negative.
   */
  byLabel(ask: (type: number, edge: number) => number): (edge: number) => number {
    const { label, labels } = this;
    const answers = new Int32Array(labels.type.length).fill(UNASKED);
    return (edge) => {
      const of = label[edge]!;
      const known = answers[of]!;
      if (known !== UNASKED) return known;
      const answer = ask(labels.type[of]!, edge);
      if (of >= labels.firstNumbered) answers[of] = answer;
      return answer;
    };
  }

  private rareNameOf(edge: number): number {
    const { label } = this;
    const { firstNumbered, rare, rareBefore } = this.labels;
    const block = Math.floor(edge / RARE_BLOCK);
    let at = block * RARE_BLOCK;
    let place = rareBefore[block]!;
    // Who asks for many asks in their order: counting goes on where it ended.
    if (this.lastRare.edge >= at && this.lastRare.edge <= edge) ({ edge: at, place } = this.lastRare);
    for (; at < edge; at++) if (label[at]! < firstNumbered) place++;
    this.lastRare.edge = edge;
    this.lastRare.place = place;
    return rare[place]!;
  }
}
