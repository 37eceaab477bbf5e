export interface RepetitionPlan {
  /** Of each run. */
  readonly workers: number;
  readonly mode: 'snapshot' | 'profile';
  readonly seed: number;
  /** The binary that runs the workers. */
  readonly node?: string;
}

export interface Repetition {
  /** What was called different between two runs of the same kind. */
  readonly falseAlarms: readonly string[];
  /** The leak that one run has was found, and named. */
  readonly found: boolean;
  /** What was said of the leak. */
  readonly summary: string;
}

export function repeat(plan: RepetitionPlan): Promise<Repetition>;
