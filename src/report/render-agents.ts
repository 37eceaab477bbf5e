/** The processes that hold an agent, as `heapdiff ps` lists them. */

import { formatSeconds } from '../format-numbers';
import type { AgentPresence } from '../presence';
import { displayFile } from './places';
import { DEFAULT_REPORT_OPTIONS, type ReportOptions } from './report-options';
import { createStyle } from './style';
import { type Column, renderTable } from './table';
import { cleanText } from './text-width';

const COLUMNS: readonly Column[] = [
  { head: 'pid', kind: 'number' },
  { head: 'worker', kind: 'number' },
  { head: 'app', kind: 'name' },
  { head: 'state', kind: 'name' },
  { head: 'mode', kind: 'name', dropBelow: 90 },
  { head: 'signal', kind: 'name', dropBelow: 90 },
  { head: 'up', kind: 'number' },
  { head: 'node', kind: 'name', dropBelow: 110 },
  { head: 'last session', kind: 'path' },
];

/** One row per agent. `now`: milliseconds since the epoch. Empty text for no agents. */
export function renderAgents(
  agents: readonly AgentPresence[],
  now: number,
  options: Partial<ReportOptions> = {},
): string {
  const { width, color, cwd } = { ...DEFAULT_REPORT_OPTIONS, ...options };
  const style = createStyle(color);
  const rows = agents.map((agent) => ({
    cells: [
      String(agent.pid),
      agent.workerId === null ? '' : String(agent.workerId),
      cleanText(agent.app),
      agent.launcher ? `(${agent.launcher})` : agent.state,
      agent.mode,
      agent.signal,
      formatSeconds(Math.max(0, now - agent.installedAt) / 1000),
      agent.nodeVersion,
      agent.lastSession === null ? '-' : displayFile(agent.lastSession, cwd),
    ],
    paint: (text: string, column: number) =>
      column === 3 && agent.state !== 'idle' ? style.yellow(text) : column === 0 ? style.bold(text) : text,
  }));
  return renderTable(COLUMNS, rows, width, style)
    .map((line) => `${line}\n`)
    .join('');
}
