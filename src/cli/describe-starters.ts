/** Programs in front of services that keep a signal to themselves: a person who signals pid 1 signals npm. */
import path from 'node:path';
import { type AgentPresence, nameLauncher } from '../presence';
import { listAncestors, readArguments } from '../processes';

const SHELLS = ['sh', 'bash', 'dash', 'ash', 'busybox'];

/** One line for each program that has started services with the agent and has none itself. */
export function describeStarters(agents: readonly AgentPresence[]): string[] {
  const known = new Set(agents.map(({ pid }) => pid));
  const services = new Map<number, number[]>();
  for (const { pid } of agents) {
    const starter = findStarter(pid);
    if (starter !== null && !known.has(starter)) services.set(starter, [...(services.get(starter) ?? []), pid]);
  }
  return [...services].map(([starter, pids]) => {
    const name = (readArguments(starter) ?? []).join(' ').slice(0, 60);
    return `pid ${starter} (${name}) has started ${pids.join(', ')} and passes no signal on: signal ${pids[0]}, not ${starter}.`;
  });
}

/** The program furthest up that does nothing but start this one; null: there is none. A shell counts as pid 1 only. */
function findStarter(pid: number): number | null {
  let found: number | null = null;
  for (const ancestor of listAncestors(pid)) {
    // `sh -c …`; `npm start` in one word, as npm calls itself; `node /usr/bin/npm start`.
    const words = (readArguments(ancestor) ?? []).slice(0, 2).map((argument) => argument.split(' ')[0] ?? '');
    const isShell = SHELLS.includes(path.basename(words[0] ?? ''));
    if (words.some((word) => nameLauncher(word)) || (isShell && ancestor === 1)) found = ancestor;
    else if (!isShell) break;
  }
  return found;
}
