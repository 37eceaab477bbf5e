/** Documentation that repeats what the code says must say the same. `UPDATE_GOLDEN=1` rewrites generated tables. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { OPTIONS } from '../../src/agent/options';
import { EXIT } from '../../src/errors';
import { ROOT, runCli } from '../support/run-cli';

const read = (name: string) => fs.readFileSync(path.join(ROOT, name), 'utf8');

describe('docs/cli.md', () => {
  const text = read('docs/cli.md');

  it.each([[[]], [['path']], [['runs']], [['table']], [['summary']], [['verify']], [['ps']], [['capture']]])(
    'names every option of %j',
    (command) => {
      const { stdout } = runCli([...command, '--help']);
      const options = [...stdout.matchAll(/^ {2}(--[a-z-]+( <\w+>)?)/gm)].map((match) => match[1]!);
      expect(options.length).toBeGreaterThan(3);
      expect(options.filter((option) => !text.includes(`\`${option}\``))).toEqual([]);
    },
  );

  it('lists every exit status', () => {
    const listed = [...text.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
    expect(listed).toEqual(Object.values(EXIT));
  });
});

it('docs/agent-options.md has the options of src/agent/options.ts', () => {
  const file = path.join(ROOT, 'docs/agent-options.md');
  if (process.env.UPDATE_GOLDEN) fs.writeFileSync(file, describeOptions());
  expect(read('docs/agent-options.md'), 'UPDATE_GOLDEN=1 rewrites it').toBe(describeOptions());
});

it('links between documents lead somewhere', () => {
  for (const name of [
    'README.md',
    'docs/cli.md',
    'docs/preload.md',
    'samples/prefork/README.md',
    'docs/agent-options.md',
    'docs/reading-a-report.md',
    'docs/production.md',
    'samples/kubernetes/README.md',
    'docs/safe-capture.md',
    'docs/runs.md',
  ]) {
    for (const [, target] of read(name).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      expect(fs.existsSync(path.join(ROOT, path.dirname(name), target!)), `${name} links to ${target}`).toBe(true);
    }
  }
});

function describeOptions(): string {
  const rows = Object.entries(OPTIONS).map(([name, { env, expected, doc, fallback }]) => {
    // The defaults that depend on the machine or the program are in the text.
    const value = doc.includes('Default:') ? '' : `\`${fallback()}\``;
    return `| \`${name}\` | \`${env}\` | ${expected} | ${value} | ${doc} |`;
  });
  return `# Options of the agent

\`install(options)\` takes them by name, \`heapdiff/register\` from the environment. An option given to \`install()\` wins over its
variable, and that over the default. An unknown option or a bad value is an error at once, and names the option.
\`beforeCapture\` and \`afterCapture\` are functions, so \`install()\` alone takes them: see [hooks](safe-capture.md#hooks).

| option | variable | must be | default | meaning |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
