/** Turns of the event loop. */

/** Resolves in the next turn. */
export function takeTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Resolves when the signals that came during a pause have been delivered. They are read while the loop polls,
 * and between two immediates it has polled once.
 */
export async function drainSignals(): Promise<void> {
  await takeTurn();
  await takeTurn();
}
