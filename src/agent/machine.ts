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
  /** The time limit of the window is over. */
  'expired',
  /** The live heap comes near its limit, and the window that was opened for it has lasted long enough. */
  'near-limit',
  'near-limit-over',
  /** The process was told to end, and may live on. */
  'interrupted',
  /** The process ends with this turn of the event loop. */
  'exiting',
  'uninstall',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** Who asked for a window, and for its end. */
export type OpenedBy = 'signal' | 'call' | 'near-limit';
export type ClosedBy = 'signal' | 'call' | 'limit' | 'near-limit';

export type Effect =
  /** Write A, open the window; completes with started or start-failed. */
  | { readonly type: 'begin'; readonly openedBy: OpenedBy }
  /** Close the window, write the rest; completes with captured or capture-failed. */
  | { readonly type: 'finish'; readonly closedBy: ClosedBy }
  /** Start the time limit, if there is one; completes with expired. */
  | { readonly type: 'arm-limit' }
  /** Give up the open window, delete what it has written. */
  | { readonly type: 'abandon' }
  /** Keep what the window has so far, at once: without a turn of the event loop. */
  | { readonly type: 'flush' }
  /** Delete what has been written, at once. */
  | { readonly type: 'discard' }
  /** Reject the call that caused the event. */
  | { readonly type: 'refuse'; readonly call: 'start' | 'capture' }
  /** Remove every listener and trace of the agent. */
  | { readonly type: 'detach' };

export type Transition = readonly [MachineState, readonly Effect[]];

export const INITIAL_STATE: MachineState = { phase: 'idle', ignoredSignals: 0, leaving: false };

type Rule = (state: MachineState) => Transition;

const stay: Rule = (state) => [state, []];
const begin =
  (openedBy: OpenedBy): Rule =>
  () => [{ phase: 'starting', ignoredSignals: 0, leaving: false }, [{ type: 'begin', openedBy }]];
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

const interrupt: Rule = (state) => [{ ...state, phase: 'idle' }, [{ type: 'flush' }]];
/** Nothing runs after it, so nothing needs to be detached. */
const end =
  (effect: Effect): Rule =>
  (state) => [{ ...state, phase: 'uninstalled', leaving: false }, [effect]];

const opened: Rule = (state) =>
  state.leaving ? leave({ type: 'abandon' })(state) : [{ ...state, phase: 'tracking' }, [{ type: 'arm-limit' }]];
const over: Rule = (state) => (state.leaving ? leave()(state) : [{ ...state, phase: 'idle' }, []]);

/** Every pair of phase and event; `stay` where the event means nothing there. */
const RULES: Record<Phase, Record<EventType, Rule>> = {
  idle: {
    signal: begin('signal'),
    start: begin('call'),
    capture: refuseCapture,
    started: stay,
    'start-failed': stay,
    captured: stay,
    'capture-failed': stay,
    expired: stay,
    'near-limit': begin('near-limit'),
    'near-limit-over': stay,
    interrupted: stay,
    exiting: stay,
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
    'near-limit': stay,
    'near-limit-over': stay,
    interrupted: stay,
    exiting: end({ type: 'discard' }),
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
    'near-limit': stay,
    'near-limit-over': finish('near-limit'),
    interrupted: interrupt,
    exiting: end({ type: 'flush' }),
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
    'near-limit': stay,
    'near-limit-over': stay,
    interrupted: stay,
    exiting: end({ type: 'flush' }),
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
    'near-limit': stay,
    'near-limit-over': stay,
    interrupted: stay,
    exiting: stay,
    uninstall: stay,
  },
};

/** The next state and the effects to carry out, in order. */
export function step(state: MachineState, event: EventType): Transition {
  return RULES[state.phase][event](state);
}
