/**
 * What the agent does when: a pure state machine. Effects are carried out by `runner.ts`; their completion is an event.
 *
 * idle -> starting -> tracking -> capturing -> idle, and `uninstalled` at the end. A signal that comes while a phase
 * runs is counted and has no other effect: queued, it would open a window nobody asked for.
 */

export type Phase = 'idle' | 'starting' | 'tracking' | 'capturing' | 'uninstalled';

export interface MachineState {
  readonly phase: Phase;
  /** Signals that came while starting or capturing, of the current session. */
  readonly ignoredSignals: number;
  /** `uninstall` was asked for while a phase was running: leave when it is over. */
  readonly leaving: boolean;
}

export const EVENT_TYPES = [
  /** The signal arrived. */
  'signal',
  /** `handle.start()` and `handle.capture()`. */
  'start',
  'capture',
  'started',
  'start-failed',
  'captured',
  'capture-failed',
  /** The time limit of mode trace is over. */
  'expired',
  'uninstall',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Who asked for the end of a window. */
export type ClosedBy = 'signal' | 'call' | 'limit';

export type Effect =
  /** Write A, open the window; completes with started or start-failed. */
  | { readonly type: 'begin' }
  /** Close the window, write the rest; completes with captured or capture-failed. */
  | { readonly type: 'finish'; readonly closedBy: ClosedBy }
  /** Start the time limit, if the mode has one; completes with expired. */
  | { readonly type: 'arm-limit' }
  /** Give up the open window, delete what it has written. */
  | { readonly type: 'abandon' }
  /** Reject the call that caused the event. */
  | { readonly type: 'refuse'; readonly call: 'start' | 'capture' }
  /** Remove every listener and trace of the agent. */
  | { readonly type: 'detach' };

export type Transition = readonly [MachineState, readonly Effect[]];

export const INITIAL_STATE: MachineState = { phase: 'idle', ignoredSignals: 0, leaving: false };

type Rule = (state: MachineState) => Transition;

const stay: Rule = (state) => [state, []];
const begin: Rule = () => [{ phase: 'starting', ignoredSignals: 0, leaving: false }, [{ type: 'begin' }]];
const count: Rule = (state) => [{ ...state, ignoredSignals: state.ignoredSignals + 1 }, []];
const leaveLater: Rule = (state) => [{ ...state, leaving: true }, []];
const refuseStart: Rule = (state) => [state, [{ type: 'refuse', call: 'start' }]];
const refuseCapture: Rule = (state) => [state, [{ type: 'refuse', call: 'capture' }]];
const finish =
  (closedBy: ClosedBy): Rule =>
  (state) => [{ ...state, phase: 'capturing' }, [{ type: 'finish', closedBy }]];
const leave =
  (...before: Effect[]): Rule =>
  (state) => [{ ...state, phase: 'uninstalled', leaving: false }, [...before, { type: 'detach' }]];

const opened: Rule = (state) =>
  state.leaving ? leave({ type: 'abandon' })(state) : [{ ...state, phase: 'tracking' }, [{ type: 'arm-limit' }]];
const over: Rule = (state) => (state.leaving ? leave()(state) : [{ ...state, phase: 'idle' }, []]);

/** Every pair of phase and event; `stay` where the event means nothing there. */
const RULES: Record<Phase, Record<EventType, Rule>> = {
  idle: {
    signal: begin,
    start: begin,
    capture: refuseCapture,
    started: stay,
    'start-failed': stay,
    captured: stay,
    'capture-failed': stay,
    expired: stay,
    uninstall: leave(),
  },
  starting: {
    signal: count,
    start: refuseStart,
    capture: refuseCapture,
    started: opened,
    'start-failed': over,
    captured: stay,
    'capture-failed': stay,
    expired: stay,
    uninstall: leaveLater,
  },
  tracking: {
    signal: finish('signal'),
    start: refuseStart,
    capture: finish('call'),
    started: stay,
    'start-failed': stay,
    captured: stay,
    'capture-failed': stay,
    expired: finish('limit'),
    uninstall: leave({ type: 'abandon' }),
  },
  capturing: {
    signal: count,
    start: refuseStart,
    capture: refuseCapture,
    started: stay,
    'start-failed': stay,
    captured: over,
    'capture-failed': over,
    expired: stay,
    uninstall: leaveLater,
  },
  uninstalled: {
    signal: stay,
    start: refuseStart,
    capture: refuseCapture,
    started: stay,
    'start-failed': stay,
    captured: stay,
    'capture-failed': stay,
    expired: stay,
    uninstall: stay,
  },
};

/** The next state and the effects to carry out, in order. */
export function step(state: MachineState, event: EventType): Transition {
  return RULES[state.phase][event](state);
}
