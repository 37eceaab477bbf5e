/** What a comparison of two heaps says: plain data, as `--json` prints it (`heapdiff/report@1`) and reports render it. */
import type { SuspectDetails } from './details/detail-types';
import type { ConstructorGrowth, PathStep, Place, SiteSource } from './growth-types';
import type { CaptureFacts, StepTrend } from './series/series-types';

export type { ConstructorGrowth, PathStep, Place, SiteSource } from './growth-types';

export interface HeapSide {
  readonly file: string;
  /** From the session's record, else from the heap itself; null when neither tells. */
  readonly nodeVersion: string | null;
  readonly nodes: number;
  readonly edges: number;
  readonly totalBytes: number;
}

/** How nodes of the two heaps were matched. */
export interface Identity {
  /** Ids name the same objects in both heaps. */
  readonly comparable: boolean;
  /** Share of the ids in both heaps whose nodes agree in type and name, 0 to 1. */
  readonly agreement: number;
}

export interface SiteGrowth {
  /** The innermost function of the application; the innermost of all where the application has none on the stack. */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Innermost first, `function file:line:column`. */
  readonly stack: readonly string[];
  readonly bytesDelta: number;
  readonly countDelta: number;
  /** Sampled figures are estimates. */
  readonly source: SiteSource;
}

export interface SuspectSite extends Place {
  readonly function: string;
  readonly bytes: number;
  /** Of the suspect's growth, 0 to 1. */
  readonly share: number;
  readonly source: SiteSource;
}

export interface Holder {
  readonly name: string;
  readonly label: string;
  /** From the root's side to the holder. */
  readonly path: readonly PathStep[];
  readonly text: string;
}

export interface Suspect {
  readonly rank: number;
  readonly growthBytes: number;
  readonly growthShare: number;
  readonly growthCount: number;
  readonly constructor: Pick<ConstructorGrowth, 'name' | 'function' | 'location'>;
  /** Where objects of many classes came to one collection, how many classes; the constructor is of those that hold most. */
  readonly classCount?: number;
  readonly holder: Holder;
  readonly allocationSites: readonly SuspectSite[];
  /** Over several captures. */
  readonly trend?: StepTrend;
}

/** What a heap holds in one place, whether it grew or not. */
export interface HeldAtEnd {
  /** Retained. */
  readonly bytes: number;
  /** Of the heap, 0 to 1. */
  readonly share: number;
  readonly count: number;
  readonly constructor: Suspect['constructor'];
  readonly holder: Holder;
}

export type VerdictKind = 'leak' | 'growth' | 'steady' | 'off-heap';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly confidence: 'high' | 'medium' | 'low';
  readonly summary: string;
}

export interface UnitGrowth {
  readonly unit: string;
  readonly bytes: number;
  /** Units done in the window. */
  readonly count: number;
}

/** What the session's record says about the window; null for bare snapshots. */
export interface WindowFacts {
  readonly app: string;
  readonly pid: number;
  readonly workerId: number | null;
  readonly runMode: string;
  readonly captureMode: string;
  readonly seconds: number;
  readonly units: Readonly<Record<string, number>>;
  readonly pauseMs: readonly [number, number];
  /** Live heap after each major GC in the window, bytes. */
  readonly floor: readonly number[];
  readonly skipped: readonly { readonly what: string; readonly why: string }[];
}

export interface MemoryGrowth {
  readonly rssDelta: number;
  readonly explained: {
    readonly jsHeapLive: number;
    readonly jsHeapFree: number;
    readonly arrayBuffers: number;
    readonly external: number;
    readonly native: number;
  };
  /** What makes the parts sum to `rssDelta`: allocators, addons, ICU, stacks, the binary. */
  readonly unexplained: number;
  /** After the first capture, which leaves memory behind; bytes. */
  readonly rssBefore: number;
  readonly rssAfter: number;
  /** The same at both ends, compiled code apart from other live JS heap; they sum to RSS. */
  readonly parts: readonly MemoryPart[];
  /** The part that most of the growth lies in; null when RSS hardly grew, or in many parts a little. */
  readonly grew: MemoryPartName | null;
}

export type MemoryPartName =
  | 'jsHeapLive'
  | 'code'
  | 'jsHeapFree'
  | 'arrayBuffers'
  | 'external'
  | 'native'
  | 'unexplained';

export interface MemoryPart {
  readonly name: MemoryPartName;
  /** Bytes. */
  readonly before: number;
  readonly after: number;
  readonly delta: number;
}

export interface HeapDiff {
  readonly schema: 'heapdiff/report@1';
  readonly before: HeapSide;
  readonly after: HeapSide;
  readonly identity: Identity;
  readonly verdict: Verdict;
  readonly growth: { readonly totalBytes: number; readonly perUnit: UnitGrowth | null };
  readonly suspects: readonly Suspect[];
  /**
   * Of a session with a snapshot of its end only: the largest accumulations in it, by bytes. No suspects, for nothing
   * says that they grew.
   */
  readonly holders?: readonly HeldAtEnd[];
  /** All classes of either heap, by retainedDelta. */
  readonly constructors: readonly ConstructorGrowth[];
  /** By bytesDelta; empty when nothing recorded allocations. */
  readonly allocationSites: readonly SiteGrowth[];
  readonly memory: MemoryGrowth | null;
  readonly window: WindowFacts | null;
  /** All captures, where there are more than two; `before` and `after` are the first and the last. */
  readonly captures?: readonly CaptureFacts[];
  /** One suspect looked at closely; only when asked for. */
  readonly suspectDetails?: SuspectDetails;
  /** What a reader should know about the figures: sections missing, counts in the header wrong, ids not comparable. */
  readonly notes: readonly string[];
}
