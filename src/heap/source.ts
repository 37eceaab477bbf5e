/** Bytes of a snapshot from a file, a compressed file or standard input, in blocks, read ahead while one is scanned. */
import fs from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import zlib from 'node:zlib';
import { HeapdiffError } from '../errors';

/** Bytes per block: large enough that per-block costs vanish, small enough to stay near the cache. */
const BLOCK_BYTES = 1 << 22;
/** Bytes that tell how a file is compressed. */
const MAGIC_BYTES = 4;

/** A file as it was when it was read. */
export interface PlainFile {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** When it was written last, milliseconds since 1970. */
  readonly modified: number;
}

export interface ByteSource {
  /** How messages name the input. */
  readonly name: string;
  /** Bytes on disk, null when unknown (standard input, a pipe). Compressed bytes for a compressed file. */
  readonly size: number | null;
  readonly isCompressed: boolean;
  /** Where every part of these bytes can be read again; null for what is compressed or comes once. */
  readonly plainFile: PlainFile | null;
  /** Bytes of {@link size} read so far. */
  bytesRead(): number;
  /** The snapshot's bytes, decompressed. A block is valid until the next one is asked for. */
  blocks(): AsyncIterable<Uint8Array>;
}

/**
 * Opens `file`, or standard input for `-`, to be read in blocks of at most so many bytes. Compression is recognised by
 * content, not by name.
 */
export async function openSource(file: string, blockBytes = BLOCK_BYTES): Promise<ByteSource> {
  if (file === '-') return openStream(process.stdin, file);
  const handle = await openFile(file);
  try {
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new HeapdiffError('NOT_A_SNAPSHOT', { file, reason: 'it is a folder' });
    // A pipe, such as a shell's <(zcat file): it has no size and cannot be read twice.
    if (!stat.isFile()) return openStream(handle.createReadStream({ highWaterMark: blockBytes }), file);
    if (stat.size === 0) throw new HeapdiffError('FILE_EMPTY', { file });
    const magic = new Uint8Array(MAGIC_BYTES);
    await handle.read(magic, 0, MAGIC_BYTES, 0);
    const plainFile = { file, size: stat.size, modified: stat.mtimeMs };
    return openRegularFile(handle, { plainFile, blockBytes }, createDecompressor(magic, file, blockBytes));
  } catch (cause) {
    await handle.close();
    throw cause instanceof HeapdiffError ? cause : unreadable(file, cause);
  }
}

async function openFile(file: string): Promise<fs.promises.FileHandle> {
  try {
    return await fs.promises.open(file, 'r');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw new HeapdiffError('FILE_NOT_FOUND', { file }, cause);
    throw unreadable(file, cause);
  }
}

function openRegularFile(
  handle: fs.promises.FileHandle,
  { plainFile, blockBytes }: { plainFile: PlainFile; blockBytes: number },
  decompressor: Decompressor | null,
): ByteSource {
  const { file, size } = plainFile;
  if (decompressor) {
    const input = handle.createReadStream({ start: 0, highWaterMark: blockBytes });
    const bytesRead = () => input.bytesRead;
    const blocks = () => decompressed(input, decompressor, file);
    return { name: file, size, isCompressed: true, plainFile: null, bytesRead, blocks };
  }
  let bytesRead = 0;
  const noteRead = (bytes: number) => {
    bytesRead += bytes;
  };
  return {
    name: file,
    size,
    isCompressed: false,
    plainFile,
    bytesRead: () => bytesRead,
    blocks: () => readAhead(handle, file, blockBytes, noteRead),
  };
}

/** Two buffers in turn: while one is scanned the next read is already under way. */
async function* readAhead(
  handle: fs.promises.FileHandle,
  file: string,
  blockBytes: number,
  noteRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const buffers = [new Uint8Array(blockBytes), new Uint8Array(blockBytes)] as const;
  const read = (buffer: Uint8Array) => {
    const reading = handle.read(buffer, 0, blockBytes, null);
    reading.catch(() => undefined); // it fails where it is awaited, which may be a while from now
    return reading;
  };
  let turn = 0;
  let next = read(buffers[0]);
  try {
    for (;;) {
      const { bytesRead, buffer } = await next.catch((cause) => {
        throw unreadable(file, cause);
      });
      if (bytesRead === 0) return;
      turn ^= 1;
      next = read(buffers[turn as 0 | 1]);
      noteRead(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await next.catch(() => undefined);
    await handle.close();
  }
}

/** A source that can be read once, from a stream of unknown length. */
function openStream(input: Readable, file: string): ByteSource {
  let bytesRead = 0;
  async function* blocks() {
    const chunks = readChunks(input, file);
    const head = await takeHead(chunks);
    if (head.length === 0) throw new HeapdiffError('FILE_EMPTY', { file });
    const decompressor = createDecompressor(head, file);
    const whole = prepend(head, chunks);
    for await (const block of decompressor ? decompressed(Readable.from(whole), decompressor, file) : whole) {
      bytesRead += block.length;
      yield block;
    }
  }
  return { name: file, size: null, isCompressed: false, plainFile: null, bytesRead: () => bytesRead, blocks };
}

async function* readChunks(input: Readable, file: string): AsyncGenerator<Buffer> {
  try {
    yield* input;
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** The first chunks, until there is enough of them to tell compression; fewer bytes when there are no more. */
async function takeHead(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < MAGIC_BYTES) {
    const { value, done } = await chunks.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

async function* prepend(head: Buffer, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  yield* chunks;
}

type Decompressor = NodeJS.ReadWriteStream & Readable;

async function* decompressed(input: Readable, decompressor: Decompressor, file: string): AsyncGenerator<Uint8Array> {
  pipeline(input, decompressor, () => undefined); // errors surface where the output is read
  let offset = 0;
  try {
    for await (const block of decompressor as AsyncIterable<Uint8Array>) {
      offset += block.length;
      yield block;
    }
  } catch (cause) {
    if (cause instanceof HeapdiffError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') {
      throw new HeapdiffError('SNAPSHOT_TRUNCATED', { file, offset, where: 'its compressed data' }, cause);
    }
    if (!/^Z(STD)?_/.test(code ?? '')) throw unreadable(file, cause);
    const reason = `it cannot be decompressed (${message})`;
    throw new HeapdiffError('SNAPSHOT_CORRUPT', { file, offset, reason }, cause);
  }
}

/** The decompressor that the first bytes call for, null for plain bytes. */
function createDecompressor(magic: Uint8Array, file: string, chunkSize = BLOCK_BYTES): Decompressor | null {
  if (magic[0] === 0x1f && magic[1] === 0x8b) return zlib.createGunzip({ chunkSize }) as Decompressor;
  if (magic[0] === 0x28 && magic[1] === 0xb5 && magic[2] === 0x2f && magic[3] === 0xfd) {
    const { createZstdDecompress } = zlib as unknown as { createZstdDecompress?: (o: object) => Decompressor };
    if (createZstdDecompress) return createZstdDecompress({ chunkSize });
    const details = { file, format: 'zstd', node: process.version, needs: '22.15 or newer' };
    throw new HeapdiffError('COMPRESSION_UNSUPPORTED', details);
  }
  return null;
}

export function unreadable(file: string, cause: unknown): HeapdiffError {
  const reason = (cause as NodeJS.ErrnoException).code ?? (cause as Error).message;
  return new HeapdiffError('FILE_UNREADABLE', { file, reason }, cause);
}
