/** What a case says of itself: `case.json`. */
export interface CaseSpec {
  readonly id: string;
  readonly title: string;
  readonly steps: number;
  readonly warmup: number;
  readonly nodeFlags?: readonly string[];
  readonly truth: {
    readonly constructors: readonly string[];
    readonly retainer: { readonly pathIncludes: readonly string[] };
    readonly kind: string;
    readonly notHeap?: boolean;
  };
}

export type Way = 'agent' | 'bare' | 'control';

export interface Judgement {
  readonly right: boolean;
  readonly verdict: string | undefined;
  /** Suspect 1 in short. */
  readonly said: string;
  readonly holder?: boolean;
  readonly ctor?: boolean;
  readonly site?: boolean;
}

export function judge(spec: CaseSpec, report: unknown, way: Way): Judgement;
