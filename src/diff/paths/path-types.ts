/** Retaining paths of one heap, as `heapdiff path --json` prints them (`heapdiff/paths@1`). */
import type { ConstructorGrowth, Holder, PathStep } from '../types';

export interface PathReport {
  readonly schema: 'heapdiff/paths@1';
  readonly file: string;
  readonly nodeVersion: string | null;
  readonly target: PathTarget;
  /** Different paths, by the bytes they keep alive; the paths of one node: the shortest that explains first. */
  readonly paths: readonly RetainingPath[];
}

export interface PathTarget {
  /** As it was asked for. */
  readonly query: string;
  readonly kind: 'node' | 'constructor';
  /** What was found; one constructor may be defined in several places. */
  readonly constructors: readonly (Pick<ConstructorGrowth, 'name' | 'function' | 'location'> & {
    readonly count: number;
  })[];
  readonly count: number;
  /** Bytes. */
  readonly shallowSize: number;
  /** Bytes that the objects keep alive together. */
  readonly retainedSize: number;
  /** Objects that nothing keeps alive: only weak references lead to them. */
  readonly unreached: number;
}

export interface RetainingPath {
  /** Objects that are reached like this. */
  readonly count: number;
  /** Bytes these objects keep alive: sums over paths are at most the target's. */
  readonly retainedSize: number;
  /** Who holds them, in words. */
  readonly holder: Holder;
  /** From the root's side to the object; what differs from object to object is `[]` or `[key]`, a chain stands once. */
  readonly path: readonly PathStep[];
  /** Ids of some of the objects. */
  readonly examples: readonly number[];
}
