/** All commands. Each adds its own definition; what it needs to run is loaded when it runs, so that `--help` is instant. */

import fs from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { addCapture } from './capture';
import { addCompare, defineCompare } from './compare';
import { addPath } from './path';
import { addPs } from './ps';
import { addRuns } from './runs';
import { addSummary } from './summary';
import { addTable } from './table';
import { addVerify } from './verify';

const EXAMPLES = `
Examples:
  heapdiff /tmp/heapdiff/shop-4711-1       a session: what grew in it
  heapdiff a.heapsnapshot b.heapsnapshot   any two snapshots, also .gz and .zst
  heapdiff a.heapsnapshot b.heapsnapshot c.heapsnapshot
  heapdiff a.heapsnapshot b.heapsnapshot --suspect 1
  heapdiff a.heapsnapshot b.heapsnapshot --json > report.json
  gzip -dc b.heapsnapshot.gz | heapdiff a.heapsnapshot -
  heapdiff summary b.heapsnapshot          one heap
  heapdiff path b.heapsnapshot Session     who keeps them alive
  heapdiff runs preload=dir1 non-preload=dir2
  heapdiff table old=session-1 new=session-2
  heapdiff ps                              processes with the agent here
  heapdiff capture 4711 --for 60s          one of them: a session and report

A session by hand: kill -USR2 <pid>, let the service work, kill -USR2 <pid>.

Exit status:
  0 done    1 a bug in heapdiff    2 bad input    3 wrong usage
  4 the machine does not allow it  5 verify found a difference`;

export function createProgram(): Command {
  const program = new Command('heapdiff')
    .description('Names the memory leak of a Node.js process: compares two heap snapshots, or a session of the agent.')
    .usage(
      '[options] <before> <after>\n       heapdiff [options] <session-folder>\n       heapdiff [options] <a> <b> <c> …\n       heapdiff <command> …',
    )
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES);
  // Before the commands are added: they inherit it.
  program.exitOverride().configureOutput({ writeErr: () => undefined });
  defineCompare(program);
  addCompare(program);
  addSummary(program);
  addPath(program);
  addRuns(program);
  addTable(program);
  addVerify(program);
  addPs(program);
  addCapture(program);
  return program;
}

function readVersion(): string {
  const file = path.join(__dirname, '../../package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}
