/** Pairs of large files are opened in two threads; compressed they are small, and opened in one. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { expect, it } from 'vitest';
import type { HeapDiff } from '../../src/diff/types';
import { heapFolder } from '../support/heap-files';
import { ROOT, runCli } from '../support/run-cli';

const GENERATOR = path.join(ROOT, 'bench/generate-snapshot.mjs');

it('finds the same in two threads as in one', () => {
  const files = ['a', 'b'].map((name) => path.join(heapFolder(), `${name}.heapsnapshot`));
  execFileSync(process.execPath, [GENERATOR, files[0]!, '--mb', '26', '--pair', files[1]!]);
  const compressed = files.map((file) => {
    fs.writeFileSync(`${file}.gz`, zlib.gzipSync(fs.readFileSync(file), { level: 1 }));
    return `${file}.gz`;
  });
  const [inTwo, inOne] = [files, compressed].map((inputs) => {
    const { status, stdout, stderr } = runCli(['--json', ...inputs]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const { before, after, ...found } = JSON.parse(stdout) as HeapDiff;
    return { ...found, nodes: [before.nodes, after.nodes], bytes: [before.totalBytes, after.totalBytes] };
  });
  expect(inTwo!.suspects[0]).toMatchObject({ constructor: { name: 'Session' }, holder: { label: 'sessions' } });
  expect(inTwo).toEqual(inOne);
});
