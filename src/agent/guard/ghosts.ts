/**
 * Ghosts: what a primary has open before it forks, and should not have. Workers are processes of their own, so a
 * connection, a timer or a server of the primary's is one more of its kind in every pod, used by nobody or run once too
 * often.
 */
import type { AddressInfo } from 'node:net';
import { type CreationStack, isInNodeModule, isOfAgent, isOfNode, keepApplication } from './creation-stack';
import type { OpenFile } from './open-files';
import type { RecordedResource, ResourceType } from './resource-recorder';

export interface Ghost {
  readonly kind: 'socket' | 'server' | 'timer' | 'child process' | 'thread' | 'file' | 'watcher';
  /** What tells it from others: addresses, the interval in ms, the path. */
  readonly detail: string;
  /** The application's frames that created it, innermost first; empty when Node did, or when it was there before. */
  readonly stack: readonly string[];
}

/** Node's handles, as far as they are alike in all versions. `undefined` members are those that a type does not have. */
interface Handle {
  readonly fd?: number;
  readonly pid?: number;
  readonly threadId?: number;
  getsockname?(out: object): number;
  getpeername?(out: object): number;
}

type Describe = (handle: Handle, owner: Record<string, unknown>) => string | null;

/** By type: what it is to a person, and its detail, null when it is closed. */
const KINDS: Record<ResourceType, readonly [Ghost['kind'], Describe]> = {
  TCPWRAP: ['socket', describeConnection],
  TCPSERVERWRAP: ['server', (handle) => (isClosed(handle) ? null : readAddress(handle, 'getsockname'))],
  PIPEWRAP: ['socket', (handle) => (isClosed(handle) ? null : `Unix socket or pipe, fd ${handle.fd}`)],
  PIPESERVERWRAP: [
    'server',
    (handle, owner) => (isClosed(handle) ? null : String(owner._pipeName ?? `fd ${handle.fd}`)),
  ],
  UDPWRAP: ['socket', (handle) => (isClosed(handle) ? null : `udp ${readAddress(handle, 'getsockname')}`)],
  Timeout: ['timer', describeTimer],
  PROCESSWRAP: ['child process', describeProcess],
  WORKER: ['thread', ({ threadId }) => (threadId === -1 ? null : `id ${threadId}`)],
  FSEVENTWRAP: ['watcher', () => 'fs.watch'],
  STATWATCHER: ['watcher', () => 'fs.watchFile'],
  // Listed with all other open files.
  FILEHANDLE: ['file', () => null],
};

/** The ghosts among the recorded resources, in the order of their creation. */
export function findGhosts(resources: readonly RecordedResource[]): Ghost[] {
  return resources.flatMap(({ type, resource, frames }) => {
    const handle = resource.deref() as Handle | undefined;
    if (!handle || belongsToOther(type, handle, frames)) return [];
    const [kind, describe] = KINDS[type];
    const detail = describe(handle, readOwner(handle));
    return detail === null ? [] : [{ kind, detail, stack: keepApplication(frames) }];
  });
}

export function kindOf(type: ResourceType): Ghost['kind'] {
  return KINDS[type][0];
}

/** The open files that were not among those `before`. A FileHandle knows who opened it, and so may `stacksByFd`. */
export function findFileGhosts(
  before: readonly OpenFile[],
  now: readonly OpenFile[],
  resources: readonly RecordedResource[],
  stacksByFd: ReadonlyMap<number, CreationStack>,
): Ghost[] {
  const frames = new Map([...stacksByFd].map(([fd, stack]) => [fd, stack.readFrames()]));
  for (const { type, resource, frames: own } of resources) {
    const { fd } = (resource.deref() ?? {}) as Handle;
    if (type === 'FILEHANDLE' && fd !== undefined) frames.set(fd, [...own]);
  }
  const known = new Set(before.map(({ fd, path }) => `${fd} ${path}`));
  return now
    .filter(({ fd, path }) => !known.has(`${fd} ${path}`))
    .map(({ fd, path }) => ({
      kind: 'file',
      detail: `${path}, fd ${fd}`,
      stack: keepApplication(frames.get(fd) ?? []),
    }));
}

/** Node's own timers, the pipes of a child process, cluster's channels, standard streams, what this agent has made. */
function belongsToOther(type: ResourceType, { fd }: Handle, frames: readonly string[]): boolean {
  if (isOfAgent(frames) || frames.some((frame) => isInNodeModule(frame, 'internal/cluster/'))) return true;
  if (type === 'PIPEWRAP' && fd !== undefined && fd >= 0 && fd <= 2) return true;
  if (type === 'PIPEWRAP') return frames.some((frame) => isInNodeModule(frame, 'internal/child_process'));
  return type === 'Timeout' && isTimerOfNode(frames);
}

/** Whether it was set by Node itself, for a socket or a server that is told of anyway. */
function isTimerOfNode(frames: readonly string[]): boolean {
  const timers = ['internal/async_hooks', 'internal/timers', 'timers'];
  const caller = frames.find((frame) => !timers.some((name) => isInNodeModule(frame, name)));
  return caller === undefined || isOfNode(caller);
}

function describeConnection(handle: Handle): string | null {
  if (isClosed(handle)) return null;
  const peer = readAddress(handle, 'getpeername');
  return peer === '' ? 'connecting' : `${readAddress(handle, 'getsockname')} to ${peer}`;
}

function describeTimer(handle: Handle): string | null {
  const { _repeat, _idleTimeout, _idleNext, _destroyed } = handle as {
    _repeat?: number | null;
    _idleTimeout?: number;
    _idleNext?: object | null;
    _destroyed?: boolean;
  };
  if (_destroyed || _idleTimeout === undefined || _idleTimeout < 0) return null;
  // Off the list: its callback is what runs now.
  if (!_repeat && !_idleNext) return null;
  return _repeat ? `interval of ${_repeat} ms` : `timeout of ${_idleTimeout} ms`;
}

function describeProcess({ pid }: Handle, owner: Record<string, unknown>): string | null {
  if (pid === undefined || (owner.exitCode ?? null) !== null || (owner.signalCode ?? null) !== null) return null;
  const command = Array.isArray(owner.spawnargs) ? `: ${owner.spawnargs.join(' ').slice(0, 100)}` : '';
  return `pid ${pid}${command}`;
}

/** A file descriptor of a socket that was closed, or never opened, is negative. */
function isClosed({ fd }: Handle): boolean {
  return fd === undefined || fd < 0;
}

/** `127.0.0.1:5432`, `[::1]:5432`; empty when it has none. */
function readAddress(handle: Handle, method: 'getsockname' | 'getpeername'): string {
  const out: Partial<AddressInfo> = {};
  handle[method]?.(out);
  if (out.address === undefined) return '';
  return out.family === 'IPv6' ? `[${out.address}]:${out.port}` : `${out.address}:${out.port}`;
}

/** The object that an application has in its hands: a Socket, a Server, a ChildProcess. */
function readOwner(handle: object): Record<string, unknown> {
  const key = Object.getOwnPropertySymbols(handle).find((symbol) => symbol.description === 'owner_symbol');
  return ((key && (handle as Record<symbol, unknown>)[key]) ?? {}) as Record<string, unknown>;
}
