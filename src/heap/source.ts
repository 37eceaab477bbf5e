/** Bytes of a snapshot from a file, a compressed file or standard input, in blocks, read ahead while one is scanned. */
import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { HeapdiffError } from '../errors';

/** Bytes per block: large enough that per-block costs vanish, small enough to stay near the cache. */
const BLOCK_BYTES = 1 << 20;

export interface ByteSource {
  /** How messages name the input. */
  readonly name: string;
  /** Bytes on disk, null when unknown (standard input). Compressed bytes for a compressed file. */
  readonly size: number | null;
  /** Bytes of {@link size} read so far. */
  bytesRead(): number;
  /** The snapshot's bytes, decompressed. A block is valid until the next one is asked for. */
  blocks(): AsyncIterable<Uint8Array>;
}

/** Opens `file`, or standard input for `-`. Compression is recognised by content, not by name. */
export async function openSource(file: string): Promise<ByteSource> {
  if (file === '-') return openStandardInput();
  const handle = await openFile(file);
  const { size } = await handle.stat();
  if (size === 0) {
    await handle.close();
    throw new HeapdiffError('FILE_EMPTY', { file });
  }
  const magic = new Uint8Array(4);
  await handle.read(magic, 0, 4, 0);
  const decompressor = createDecompressor(magic, file);
  if (!decompressor) {
    let bytesRead = 0;
    const blocks = readAhead(handle, (n) => {
      bytesRead += n;
    });
    return { name: file, size, bytesRead: () => bytesRead, blocks: () => blocks };
  }
  const input = handle.createReadStream({ start: 0, highWaterMark: BLOCK_BYTES });
  return {
    name: file,
    size,
    bytesRead: () => input.bytesRead,
    blocks: () => decompressed(input, decompressor, file),
  };
}

async function openFile(file: string): Promise<fs.promises.FileHandle> {
  try {
    const handle = await fs.promises.open(file, 'r');
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw new HeapdiffError('NOT_A_SNAPSHOT', { file, reason: 'it is a folder' });
    }
    return handle;
  } catch (cause) {
    if (cause instanceof HeapdiffError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new HeapdiffError('FILE_NOT_FOUND', { file }, cause);
    throw new HeapdiffError('FILE_UNREADABLE', { file, reason: (cause as NodeJS.ErrnoException).code }, cause);
  }
}

/** Two buffers in turn: while one is scanned the next read is already under way. */
async function* readAhead(handle: fs.promises.FileHandle, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const buffers = [new Uint8Array(BLOCK_BYTES), new Uint8Array(BLOCK_BYTES)] as const;
  let turn = 0;
  let next = handle.read(buffers[0], 0, BLOCK_BYTES, null);
  try {
    for (;;) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      turn ^= 1;
      next = handle.read(buffers[turn as 0 | 1], 0, BLOCK_BYTES, null);
      onRead(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await next.catch(() => undefined);
    await handle.close();
  }
}

async function* decompressed(input: Readable, decompressor: Decompressor, file: string): AsyncGenerator<Uint8Array> {
  pipeline(input, decompressor, () => undefined); // errors surface where the output is read
  try {
    yield* decompressor as AsyncIterable<Uint8Array>;
  } catch (cause) {
    const reason = `it cannot be decompressed (${(cause as Error).message})`;
    throw new HeapdiffError('SNAPSHOT_CORRUPT', { file, reason }, cause);
  }
}

function openStandardInput(): ByteSource {
  let bytesRead = 0;
  async function* blocks() {
    let decompressor: Decompressor | null | undefined;
    const input = process.stdin as AsyncIterable<Buffer> & Readable;
    for await (const chunk of input) {
      // Only the first chunk can tell whether the rest is compressed; give it back and read on from there.
      decompressor = createDecompressor(chunk, '-');
      input.unshift(chunk);
      break;
    }
    const plain = decompressor ? decompressed(input, decompressor, '-') : input;
    for await (const block of plain) {
      bytesRead += block.length;
      yield block;
    }
    if (bytesRead === 0) throw new HeapdiffError('FILE_EMPTY', { file: '-' });
  }
  return { name: '-', size: null, bytesRead: () => bytesRead, blocks };
}

type Decompressor = NodeJS.ReadWriteStream & Readable;

/** The decompressor that the first bytes call for, null for plain bytes. */
function createDecompressor(magic: Uint8Array, file: string): Decompressor | null {
  if (magic[0] === 0x1f && magic[1] === 0x8b) return zlib.createGunzip({ chunkSize: BLOCK_BYTES }) as Decompressor;
  if (magic[0] === 0x28 && magic[1] === 0xb5 && magic[2] === 0x2f && magic[3] === 0xfd) {
    const { createZstdDecompress } = zlib as unknown as { createZstdDecompress?: (o: object) => Decompressor };
    if (createZstdDecompress) return createZstdDecompress({ chunkSize: BLOCK_BYTES });
    const details = { file, format: 'zstd', node: process.version, needs: '22.15 or newer' };
    throw new HeapdiffError('COMPRESSION_UNSUPPORTED', details);
  }
  return null;
}
