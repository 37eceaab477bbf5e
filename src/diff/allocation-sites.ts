/** Growth by allocation site: stacks grouped by the function of the application that is nearest to the allocation. */
import path from 'node:path';
import type { AllocationStack, Frame } from './stacks';
import type { SiteGrowth } from './types';

/** Code of the service itself: neither Node's, nor a package's, nor native, nor heapdiff's own agent. */
export function isApplicationFile(file: string): boolean {
  return file !== '' && !/^(node|wasm):/.test(file) && !/[/\\]node_modules[/\\]/.test(file) && !isAgentFile(file);
}

export function isApplicationFrame({ file }: Frame): boolean {
  return isApplicationFile(file);
}

/** Where the agent of this very package lies; it may be in a folder of any name while heapdiff itself is worked on. */
const OWN_AGENT = path.join(__dirname, '..', 'agent', path.sep);

/** heapdiff's own agent, here or where the service runs; a service may have a folder `dist/agent` as well. */
export function isAgentFile(file: string): boolean {
  return file.includes(OWN_AGENT) || /[/\\]heapdiff[/\\]dist[/\\]agent[/\\]/.test(file);
}

/** The frame a person should look at: the nearest of the application, else of a package, else the innermost. */
export function nearestFrame(frames: readonly Frame[]): Frame {
  const ofPackage = (frame: Frame) => frame.file !== '' && !frame.file.startsWith('node:');
  return frames.find(isApplicationFrame) ?? frames.find(ofPackage) ?? frames[0]!;
}

/** Groups stacks by their nearest frame, largest first. `before` (traced only) is subtracted. */
export function compareSites(after: readonly AllocationStack[], before: readonly AllocationStack[] = []): SiteGrowth[] {
  const sites = new Map<string, Site>();
  const add = (stack: AllocationStack, sign: 1 | -1) => {
    const frame = nearestFrame(stack.frames);
    const key = `${frame.function}\n${frame.file}:${frame.line}:${frame.column}`;
    let site = sites.get(key);
    if (!site) {
      site = { frame, bytes: 0, count: 0, largest: stack };
      sites.set(key, site);
    }
    site.bytes += sign * stack.bytes;
    site.count += sign * stack.count;
    if (stack.bytes > site.largest.bytes) site.largest = stack;
  };
  for (const stack of after) add(stack, 1);
  for (const stack of before) add(stack, -1);
  return [...sites.values()].map(toGrowth).sort((a, b) => b.bytesDelta - a.bytesDelta);
}

interface Site {
  readonly frame: Frame;
  bytes: number;
  count: number;
  largest: AllocationStack;
}

/** What the agent allocates for itself is no growth of the service. */
export function isOwnAllocation({ frames }: AllocationStack): boolean {
  return isAgentFile(frames.find((frame) => frame.file !== '' && !frame.file.startsWith('node:'))?.file ?? '');
}

function toGrowth({ frame, bytes, count, largest }: Site): SiteGrowth {
  return {
    ...frame,
    stack: largest.frames.map(describeFrame),
    bytesDelta: bytes,
    countDelta: count,
    source: largest.source,
  };
}

export function describeFrame({ function: name, file, line, column }: Frame): string {
  const shown = name || '(anonymous)';
  return file === '' ? shown : `${shown} ${file}:${line}:${column}`;
}
