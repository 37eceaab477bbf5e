/** The library: what the command line does, for programs. The agent is `heapdiff/agent`. */
export type { SuspectDetails, ValueShape } from './diff/details/detail-types';
export { type DetailRequest, type DiffInputs, type DiffOptions, diffSnapshots } from './diff/diff-heaps';
export { explainPaths, type PathOptions } from './diff/paths/explain-paths';
export type { PathReport, PathTarget, RetainingPath } from './diff/paths/path-types';
export { diffProfile, type ProfileInputs } from './diff/profile/diff-profile';
export { addHolders } from './diff/profile/held-at-end';
export { compareRuns } from './diff/runs/compare-runs';
export type { RunComparison, RunFacts, RunInputs, RunSession, RunsReport, WorkerFacts } from './diff/runs/run-types';
export { diffSeries } from './diff/series/diff-series';
export type { CaptureFacts, SeriesCapture, SeriesInputs, StepTrend } from './diff/series/series-types';
export type {
  ConstructorGrowth,
  HeapDiff,
  HeapSide,
  HeldAtEnd,
  Holder,
  Identity,
  MemoryGrowth,
  MemoryPart,
  PathStep,
  Place,
  SiteGrowth,
  Suspect,
  SuspectSite,
  UnitGrowth,
  Verdict,
  VerdictKind,
  WindowFacts,
} from './diff/types';
export { compareVariants, type Variant } from './diff/variants/compare-variants';
export type { VariantFacts, VariantsReport } from './diff/variants/variant-types';
export { type ErrorCode, type ErrorDetails, HeapdiffError } from './errors';
export type { Heap } from './heap/heap';
export { type OpenHeapOptions, openHeap } from './heap/open-heap';
export { type Verification, verifyHeap } from './heap/verify-heap';
export { type AgentFailure, type AgentPresence, listAgents } from './presence';
export { renderJson } from './report/render-json';
export { renderMarkdown } from './report/render-markdown';
export { renderPaths } from './report/render-paths';
export { renderRuns } from './report/render-runs';
export { renderRunsMarkdown } from './report/render-runs-markdown';
export { renderSuspectDetails } from './report/render-suspect-details';
export { renderText } from './report/render-text';
export { renderVariants, renderVariantsMarkdown } from './report/render-variants';
export { DEFAULT_REPORT_OPTIONS, type ReportOptions, type SortKey } from './report/report-options';
export type { ClassSummary, HeapSummary, InspectedNode, SiteClassSummary } from './report/summary-types';
export {
  type CaptureMode,
  type MemoryLedger,
  readSession,
  type Session,
  type SessionEnd,
  type SessionRecord,
} from './session';
