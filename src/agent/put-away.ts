/**
 * What is done about a complete session while the service runs on: room is made, and its files made smaller.
 */
import type { AgentContext } from './context';
import { describeRemoved } from './messages';

/** Never rejects. */
export async function putAway({ options, tell, warn }: AgentContext, folder: string): Promise<void> {
  const { dir, app, keep, maxBytes, compress } = options;
  if (keep > 0 || maxBytes > 0) {
    const { applyRetention } = require('./retention') as typeof import('./retention');
    const removed = await applyRetention(dir, app, { keep, maxBytes });
    if (removed.length > 0) tell(describeRemoved(removed));
  }
  if (compress) {
    const { compressSession } = require('./compress-session') as typeof import('./compress-session');
    compressSession({ warn }, folder);
  }
}
