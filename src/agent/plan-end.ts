/** One end of a session: its preflight before, what it really took after. */
import { HeapdiffError } from '../errors';
import type { CaptureMode, Preflight, RequestedMode } from '../session';
import type { AgentContext } from './context';
import type { CapturePlan, PlanRequest } from './preflight/preflight';
import { completePlan, planCapture } from './preflight/preflight';
import { completeSnapshot } from './snapshot-file';

/** Null where no snapshot is wanted. Throws DOES_NOT_FIT when nothing can be captured safely. */
export async function planEnd(
  { options, experiences }: AgentContext,
  facts: Pick<PlanRequest, 'folder' | 'inspector' | 'first'> & { readonly mode: RequestedMode },
): Promise<CapturePlan | null> {
  const { mode, ...rest } = facts;
  if (mode === 'profile' && facts.first === null) return null;
  const { force, maxPauseMs } = options;
  const plan = await planCapture({ ...rest, mode, force, maxPauseMs, experiences });
  const { decision, why } = plan.preflight;
  if (decision === 'refuse') throw new HeapdiffError('DOES_NOT_FIT', { reason: why, mode });
  return plan;
}

/** What mode auto comes to; the others stay what they are. */
export function resolveMode(mode: RequestedMode, plan: CapturePlan | null): CaptureMode {
  if (mode !== 'auto') return mode;
  return plan?.preflight.decision === 'snapshot' ? 'snapshot' : 'profile';
}

/** After the pause: gives a snapshot its name and learns from it. Throws CAPTURE_FAILED. */
export async function completeEnd(
  { experiences }: AgentContext,
  plan: CapturePlan | null,
  written: { readonly file: string; readonly pauseMs: number },
): Promise<Preflight | null> {
  if (plan?.preflight.decision !== 'snapshot') return plan?.preflight ?? null;
  await completeSnapshot(written.file);
  return completePlan(plan, experiences, written);
}
