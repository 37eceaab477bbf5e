import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Effect,
  EVENT_TYPES,
  type EventType,
  INITIAL_STATE,
  type MachineState,
  step,
} from '../../src/agent/machine';

const PHASES = ['idle', 'starting', 'tracking', 'capturing', 'uninstalled'] as const;

/** Every pair that changes something: "phase event" -> "next phase: effects". All others leave the state as it is. */
const TABLE: Record<string, string> = {
  'idle signal': 'starting: begin signal',
  'idle start': 'starting: begin call',
  'idle capture': 'idle: refuse capture',
  'idle uninstall': 'uninstalled: detach',
  'starting signal': 'starting+1:',
  'starting start': 'starting: refuse start',
  'starting capture': 'starting: refuse capture',
  'starting started': 'tracking: arm-limit',
  'starting start-failed': 'idle:',
  'starting exiting': 'uninstalled: discard',
  'starting uninstall': 'starting leaving:',
  'tracking signal': 'capturing: finish signal',
  'tracking start': 'tracking: refuse start',
  'tracking capture': 'capturing: finish call',
  'tracking expired': 'capturing: finish limit',
  'idle near-limit': 'starting: begin near-limit',
  'tracking near-limit-over': 'capturing: finish near-limit',
  'tracking interrupted': 'idle: flush',
  'tracking exiting': 'uninstalled: flush',
  'tracking uninstall': 'uninstalled: abandon, detach',
  'capturing signal': 'capturing+1:',
  'capturing start': 'capturing: refuse start',
  'capturing capture': 'capturing: refuse capture',
  'capturing captured': 'idle:',
  'capturing capture-failed': 'idle:',
  'capturing exiting': 'uninstalled: flush',
  'capturing uninstall': 'capturing leaving:',
  'uninstalled start': 'uninstalled: refuse start',
  'uninstalled capture': 'uninstalled: refuse capture',
};

function describeEffect(effect: Effect): string {
  if (effect.type === 'begin') return `begin ${effect.openedBy}`;
  if (effect.type === 'finish') return `finish ${effect.closedBy}`;
  return effect.type === 'refuse' ? `refuse ${effect.call}` : effect.type;
}

function describeTransition(state: MachineState, event: EventType): string {
  const [next, effects] = step(state, event);
  const counted = next.ignoredSignals > state.ignoredSignals ? '+1' : '';
  const leaving = next.leaving ? ' leaving' : '';
  return `${next.phase}${counted}${leaving}: ${effects.map(describeEffect).join(', ')}`.trim();
}

describe('the state machine', () => {
  it.each(PHASES.flatMap((phase) => EVENT_TYPES.map((event) => [phase, event] as const)))('%s, %s', (phase, event) => {
    const state: MachineState = { ...INITIAL_STATE, phase };
    expect(describeTransition(state, event)).toBe(TABLE[`${phase} ${event}`] ?? `${phase}:`);
  });

  it('leaves after the phase that was running, giving up what it opened', () => {
    const leaving = (phase: 'starting' | 'capturing'): MachineState => ({ ...INITIAL_STATE, phase, leaving: true });
    expect(describeTransition(leaving('starting'), 'started')).toBe('uninstalled: abandon, detach');
    expect(describeTransition(leaving('starting'), 'start-failed')).toBe('uninstalled: detach');
    expect(describeTransition(leaving('capturing'), 'captured')).toBe('uninstalled: detach');
    expect(describeTransition(leaving('capturing'), 'capture-failed')).toBe('uninstalled: detach');
  });

  it('counts ignored signals anew in each session', () => {
    const [state] = step({ ...INITIAL_STATE, ignoredSignals: 7 }, 'signal');
    expect(state).toEqual({ phase: 'starting', ignoredSignals: 0, leaving: false });
  });

  it('over any sequence of events, opens one window at a time and closes each exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENT_TYPES), { maxLength: 60 }), (events) => {
        let state = INITIAL_STATE;
        let open = 0;
        let detached = 0;
        let ended = false;
        for (const event of events) {
          const [next, effects] = step(state, event);
          for (const { type } of effects) {
            if (type === 'begin') expect(state.phase).toBe('idle');
            if (type === 'arm-limit') open += 1;
            if (type === 'finish') open -= 1;
            // Given up either as an open window or, still unarmed, at the end of its start.
            if ((type === 'abandon' || type === 'flush') && state.phase === 'tracking') open -= 1;
            if (type === 'discard') expect(state.phase).toBe('starting');
            if (type === 'detach') detached += 1;
          }
          expect(open).toBe(next.phase === 'tracking' ? 1 : 0);
          expect(next.ignoredSignals - state.ignoredSignals).toBeLessThanOrEqual(event === 'signal' ? 1 : 0);
          if (event === 'exiting' && effects.length > 0) ended = true;
          if (state.phase === 'uninstalled') expect(next).toEqual(state);
          state = next;
        }
        // A process that ends takes its listeners with it.
        expect(detached).toBe(state.phase === 'uninstalled' && !ended ? 1 : 0);
      }),
    );
  });

  it('never mutates the state it is given', () => {
    for (const phase of PHASES) {
      for (const event of EVENT_TYPES) {
        const state = Object.freeze({ ...INITIAL_STATE, phase });
        expect(() => step(state, event)).not.toThrow();
      }
    }
  });
});
