/**
 * Why a call of the handle is refused, and what to do instead.
 */
import { HeapdiffError } from '../errors';
import type { Phase } from './machine';

export function describeRefusal(call: string, phase: Phase): HeapdiffError {
  const advice: Record<Phase, string> = {
    idle: 'Call start() first, and wait for it.',
    starting: 'Wait until start() has resolved.',
    tracking: 'Call capture() to close the open window.',
    capturing: 'Wait until capture() has resolved.',
    uninstalled: 'Call install() again.',
  };
  return new HeapdiffError('AGENT_STATE', { call, state: phase, todo: advice[phase] });
}
