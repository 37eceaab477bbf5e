/** What a runner needs done by the agent around it. */
import type { PresenceUpdate } from './presence';
import type { ThreadTeam } from './threads/team';

export interface RunnerHooks {
  /** Before a window opens; awaited. */
  readonly opening: () => Promise<void>;
  /** After every change of state, and while a request has the units followed. */
  readonly changed: (update: Partial<PresenceUpdate>) => void;
  /** Removes the listeners. */
  readonly detach: () => void;
  /** Takes the other threads into this thread's sessions; null: they are left alone. */
  readonly team: Pick<ThreadTeam, 'open' | 'close'> | null;
}
