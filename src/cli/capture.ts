/** `heapdiff capture [pid]`: one whole session of a running process, and its report. */
import { type Command, InvalidArgumentError } from 'commander';
import { EXIT, HeapdiffError } from '../errors';
import { addDirOption, resolveAgentsFolder } from './agents-folder';
import type { FoundAgent } from './capture/find-agent';
import { parseDuration, readWindowEnd, type WindowEnd } from './capture/window-end';
import { addReportOptions, type CompareOptions, checkOptions, runCompare } from './compare';
import { withInterrupts } from './interrupt';
import { addSharedOptions, parsePositive, readReportOptions } from './options';

interface CaptureOptions extends CompareOptions {
  readonly dir?: string;
  readonly for?: number;
  readonly units?: number;
  readonly mode?: string;
  readonly report?: boolean;
}

const EXAMPLES = `
Examples:
  heapdiff capture                      the only process with the agent
  heapdiff capture 4711 --for 5m
  heapdiff capture 4711 --units 1000 --json > report.json
  kubectl exec shop-7d9f -- node_modules/.bin/heapdiff capture --no-report`;

export function addCapture(program: Command): void {
  const command = program
    .command('capture')
    .description('take one session of a running process and report on it')
    .argument('[pid]', 'a process with the agent (default: the only one)', parsePid)
    .option('--for <time>', 'close the window after 60s, 5m, … (default: 60s)', parseDuration)
    .option('--units <n>', 'close it after so many units of work: requests, …', parsePositive)
    .option('--mode <mode>', "mode of this session (default: the agent's own)")
    .option('--no-report', "print the session's folder only: no memory is needed for that");
  addReportOptions(addDirOption(command));
  addSharedOptions(command)
    .addHelpText('after', EXAMPLES)
    .action((pid: number | undefined, _: object, self: Command) => runCapture(pid, self.optsWithGlobals()));
}

async function runCapture(pid: number | undefined, options: CaptureOptions): Promise<void> {
  checkOptions(options);
  const end = readWindowEnd(options.for, options.units);
  const found = await findAgent(pid, options);
  const folder = await captureSession(found, options.mode ?? null, end);
  if (folder === null) return;
  if (options.report === false) process.stdout.write(`${folder}\n`);
  else await runCompare([folder], options);
}

async function findAgent(pid: number | undefined, options: CaptureOptions): Promise<FoundAgent> {
  const { assertReachable, findAgentOf, findCandidates } = await import('./capture/find-agent.js');
  if (pid !== undefined) return findAgentOf(pid, options.dir);
  const candidates = findCandidates(options.dir);
  const [only, ...others] = candidates;
  if (!only) throw new HeapdiffError('NO_AGENT_ANYWHERE', { dir: resolveAgentsFolder(options.dir) });
  if (others.length === 0) {
    assertReachable(only.agent);
    return only;
  }
  const { renderAgents } = await import('../report/render-agents.js');
  const agents = candidates.map(({ agent }) => agent);
  process.stderr.write(renderAgents(agents, Date.now(), readReportOptions(options)));
  throw new HeapdiffError('SEVERAL_AGENTS', { count: agents.length });
}

/** Resolves to the folder of the session, null after an interruption, about which all is said then. */
async function captureSession(found: FoundAgent, mode: string | null, end: WindowEnd): Promise<string | null> {
  const { CaptureSession } = await import('./capture/run-session.js');
  const { startCaptureProgress } = await import('./capture/capture-progress.js');
  const { pid, signal } = found.agent;
  const progress = startCaptureProgress(pid, end);
  const session = new CaptureSession(found, { mode, end }, progress.report);
  let interrupted = false;
  const onInterrupt = () => {
    interrupted = true;
    progress.say('interrupted: closing the window; once more leaves at once');
    session.interrupt();
  };
  const onSecond = () => {
    if (session.isOpen)
      progress.say(`left; if the window is still open, close it with: kill -${signal.slice(3)} ${pid}`);
  };
  const folder = await withInterrupts(() => session.run(), onInterrupt, onSecond).finally(progress.clear);
  if (!interrupted) return folder;
  progress.say(folder === null ? 'no window was opened' : `session complete. Type: heapdiff ${folder}`);
  process.exitCode = EXIT.interrupted;
  return null;
}

function parsePid(value: string): number {
  // The kernel's own limit.
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be the id of a process.');
}
