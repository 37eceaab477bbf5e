import fs from 'node:fs';
import { expect, it } from 'vitest';
import { listOpenFiles } from '../../../src/agent/guard/open-files';

const open = (path: string) => {
  const fd = fs.openSync(path, 'r');
  return { fd, path };
};

it.runIf(process.platform === 'linux')('lists files that are open, but for those that the system makes up', () => {
  const ours = open(__filename);
  const systems = [open('/proc/self/status'), open('/proc/sys/vm/overcommit_memory'), open('/dev/null')];
  const listed = listOpenFiles();
  for (const { fd } of [ours, ...systems]) fs.closeSync(fd);
  expect(listed).toContainEqual(ours);
  const fds = listed.map(({ fd }) => fd);
  for (const { fd } of systems) expect(fds).not.toContain(fd);
});

it.runIf(process.platform === 'linux')('lists nothing that was closed', () => {
  const { fd, path } = open(__filename);
  fs.closeSync(fd);
  expect(listOpenFiles()).not.toContainEqual({ fd, path });
});
