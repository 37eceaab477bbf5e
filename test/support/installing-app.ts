/** The application that installs the agent itself (`agent/apps.ts`), started and ready to be asked. */
import { INSTALLING_APP } from '../agent/apps';
import { NodeProcess, type ProcessOptions } from './node-process';
import type { TestProject } from './project';

interface StartOptions extends Pick<ProcessOptions, 'env' | 'uid'> {
  /** Node's own. */
  readonly flags?: readonly string[];
}

/** `options` are the agent's; sessions go to the project's folder unless they say otherwise. */
export async function startInstallingApp(
  project: TestProject,
  options: object = {},
  { flags = [], ...surroundings }: StartOptions = {},
): Promise<NodeProcess> {
  const file = project.write('app.cjs', INSTALLING_APP);
  const args = [...flags, file, JSON.stringify({ dir: project.dir, ...options })];
  const app = new NodeProcess(args, { cwd: project.root, ...surroundings });
  await app.stdout.next(/^ready/);
  return app;
}
