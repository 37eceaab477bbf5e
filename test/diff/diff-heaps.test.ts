import { expect, it } from 'vitest';
import { diffPrograms, MODULE, times } from '../support/program-heap';

it("does not list what heapdiff's own agent has in the process", async () => {
  const nodes = {
    script: { type: 'code', name: '/srv/node_modules/heapdiff/dist/agent/runner.js' },
    agentRunner: { name: 'AgentRunner', at: '49:8', selfSize: 20_000 },
    session: { name: 'Session', selfSize: 20_000 },
  };
  const after = `${MODULE}${times(9, (i) => `context $made${i} -> agentRunner${i}\ncontext $kept${i} -> session${i}`)}`;
  const { constructors } = await diffPrograms({ edges: MODULE, nodes }, { edges: after, nodes });
  const names = constructors.map(({ name }) => name);
  expect(names).toContain('Session');
  expect(names).not.toContain('AgentRunner');
});
