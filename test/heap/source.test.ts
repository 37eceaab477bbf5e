import { execFileSync } from 'node:child_process';
import path from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openHeap } from '../../src/heap/open-heap';
import { openSource } from '../../src/heap/source';
import { writeHeapFile } from '../support/heap-files';
import { smallPlan, smallSnapshot } from '../support/heap-small';
import { REPOSITORY } from '../support/project';

const NODES = smallPlan().nodes.length;
const text = smallSnapshot();

describe('input', () => {
  it('is read compressed, whatever its name', async () => {
    const file = writeHeapFile(zlib.gzipSync(text), 'no-extension');
    expect((await openHeap(file)).graph.nodeCount).toBe(NODES);
  });

  it('may be several gzip members', async () => {
    const members = [text.slice(0, 300), text.slice(300)].map((part) => zlib.gzipSync(part));
    expect((await openHeap(writeHeapFile(Buffer.concat(members)))).graph.nodeCount).toBe(NODES);
  });

  const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: (text: string) => Buffer };
  it.skipIf(!zstdCompressSync)('may be zstd where the runtime has it', async () => {
    const packed = zstdCompressSync!(text);
    expect((await openHeap(writeHeapFile(packed))).graph.nodeCount).toBe(NODES);
    // Node's zstd does not tell that the end is missing: what came out of it counts, and that may be nothing.
    const code = expect.stringMatching(/^(SNAPSHOT_TRUNCATED|FILE_EMPTY)$/);
    await expect(openHeap(writeHeapFile(packed.subarray(0, packed.length - 9)))).rejects.toMatchObject({ code });
  });

  it.skipIf(zstdCompressSync)('names the Node version that reads zstd', async () => {
    const file = writeHeapFile(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0));
    await expect(openHeap(file)).rejects.toMatchObject({ code: 'COMPRESSION_UNSUPPORTED' });
  });

  it('is counted while it is read', async () => {
    const source = await openSource(writeHeapFile(text));
    expect([source.size, source.bytesRead()]).toEqual([Buffer.byteLength(text), 0]);
    for await (const block of source.blocks()) expect(source.bytesRead()).toBe(block.length);
  });
});

/** Opens `file` in a process of its own, whose standard input is a pipe that carries `input`. */
function openElsewhere(file: string, input: string | Buffer): string {
  const program = `require(process.argv[1]).openHeap(process.argv[2]).then(
    (heap) => console.log('nodes', heap.graph.nodeCount), (error) => console.log(error.code, error.message))`;
  const module = path.join(REPOSITORY, 'dist/heap/open-heap.js');
  // A shell makes a real pipe; what Node would connect is a socket, which cannot be opened by name.
  const command = 'input=$1; shift; cat "$input" | "$@"';
  const words = ['-c', command, 'sh', writeHeapFile(input, 'piped'), process.execPath, '-e', program, module, file];
  return execFileSync('sh', words, { encoding: 'utf8' }).trim();
}

describe.each(['-', '/dev/stdin'])('a pipe as %s', (file) => {
  it.each([
    ['plain', text],
    ['large', text.replace('"nodes"', `"filler":"${'x'.repeat(3 << 20)}","nodes"`)],
    ['compressed', zlib.gzipSync(text)],
  ])('%s', (_what, input) => expect(openElsewhere(file, input)).toBe(`nodes ${NODES}`));

  it('empty', () => expect(openElsewhere(file, '')).toBe(`FILE_EMPTY ${file} is empty.`));

  it('too short', () => {
    expect(openElsewhere(file, '{')).toBe(
      `SNAPSHOT_TRUNCATED ${file}, byte 1: the file ends inside its outermost object.`,
    );
    expect(openElsewhere(file, zlib.gzipSync(text).subarray(0, 60))).toContain(`SNAPSHOT_TRUNCATED ${file}, byte`);
  });
});
