/** `heapdiff ps`: the processes that hold an agent. */
import type { Command } from 'commander';
import { addDirOption, resolveAgentsFolder } from './agents-folder';
import { addSharedOptions, readReportOptions, type TableOptions } from './options';

interface PsOptions extends TableOptions {
  readonly dir?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  heapdiff ps
  heapdiff ps --dir /data/heapdiff
  kubectl exec shop-7d9f -- node_modules/.bin/heapdiff ps`;

export function addPs(program: Command): void {
  const command = program
    .command('ps')
    .description('processes with the agent: pid, worker, state, last session')
    .option('--json', 'as JSON');
  addSharedOptions(addDirOption(command))
    .addHelpText('after', EXAMPLES)
    .action((_: object, self: Command) => runPs(self.optsWithGlobals()));
}

async function runPs(options: PsOptions): Promise<void> {
  const { listAgents } = await import('../presence.js');
  const dir = resolveAgentsFolder(options.dir);
  // With NODE_OPTIONS of the service this very process has the agent too.
  const agents = listAgents(dir).filter(({ pid }) => pid !== process.pid);
  if (options.json) {
    const { renderJson } = await import('../report/render-json.js');
    process.stdout.write(renderJson(agents));
    return;
  }
  if (agents.length === 0) {
    process.stdout.write(
      `No process with the agent writes to ${dir}.\nStart one with: node --require heapdiff/register app.js\n`,
    );
    return;
  }
  const { renderAgents } = await import('../report/render-agents.js');
  process.stdout.write(renderAgents(agents, Date.now(), readReportOptions(options)));
  const { describeStarters } = await import('./describe-starters.js');
  for (const line of describeStarters(agents)) process.stdout.write(`\n${line}\n`);
}
