/**
 * What the phases of a session run on, loaded with the first one to keep the agent's start cheap; all of it before A is
 * written, since code loaded later would be growth.
 */

export function loadPhases() {
  const { openWindow, abandonWindow } = require('./window') as typeof import('./window');
  const { closeWindow } = require('./close-window') as typeof import('./close-window');
  const { flushWindow } = require('./flush-window') as typeof import('./flush-window');
  const { armWindowTimers } = require('./window-timers') as typeof import('./window-timers');
  const { removeLeftOvers } = require('./left-overs') as typeof import('./left-overs');
  const folders = require('./session-folder') as typeof import('./session-folder');
  return {
    openWindow,
    abandonWindow,
    closeWindow,
    flushWindow,
    armWindowTimers,
    removeLeftOvers,
    ...folders,
  };
}
