/** The verdict where there are no snapshots: the floor of the live heap decides, the sites say where to look. */
import { isApplicationFile } from '../allocation-sites';
import type { Trend } from '../trend';
import type { MemoryGrowth, SiteGrowth, Verdict } from '../types';

export interface ProfileEvidence {
  /** Growth of the live heap, bytes. */
  readonly totalBytes: number;
  /** Allocated in the window and alive at its end, bytes, by samples. */
  readonly keptBytes: number;
  readonly sites: readonly SiteGrowth[];
  readonly trend: Trend;
  readonly memory: MemoryGrowth;
}

/** Growth below this is what any running program shows. */
const NOISE_BYTES = 256 * 1024;
const BUFFER_NOISE_BYTES = 1024 * 1024;
/** RSS breathes by this much without any cause. */
const RSS_NOISE_BYTES = 24 * 1024 * 1024;
/** A site with this share of what was kept is worth a name in the sentence. */
const NAMED_SHARE = 0.1;
/** Sites that account for so much of the rise support the floor's word. */
const SUPPORTING_SHARE = 0.5;

export function judgeProfile(evidence: ProfileEvidence): Verdict {
  const { totalBytes, keptBytes, trend, memory } = evidence;
  const buffers = memory.explained.arrayBuffers;
  if (buffers >= BUFFER_NOISE_BYTES && buffers >= 3 * Math.max(totalBytes, 0)) return judgeBuffers(buffers, trend);
  if (trend.kind === 'rising' && trend.riseBytes >= NOISE_BYTES) return judgeRising(evidence);
  const outside = memory.rssDelta - Math.max(0, memory.explained.jsHeapLive) - Math.max(0, memory.explained.jsHeapFree);
  if (outside >= RSS_NOISE_BYTES && outside >= 4 * Math.max(totalBytes, 0)) return judgeOutside(outside);
  const grown = trend.kind === 'unknown' ? Math.max(totalBytes, keptBytes) : trend.riseBytes;
  if (grown < NOISE_BYTES) {
    return { kind: 'steady', confidence: trend.kind === 'unknown' ? 'low' : 'high', summary: STEADY };
  }
  return judgeGrowth(evidence);
}

const STEADY = 'The live heap did not grow beyond what any running program does.';

/** Never high: without objects nothing tells what holds the growth. */
function judgeRising({ trend, keptBytes, sites }: ProfileEvidence): Verdict {
  const rise = `The live heap keeps growing with the work, by ${megabytes(trend.riseBytes)} over ${trend.samples} major collections`;
  const supported = keptBytes >= trend.riseBytes * SUPPORTING_SHARE;
  const confidence = supported && nameSite(sites) !== '' ? 'medium' : 'low';
  return { kind: 'leak', confidence, summary: `${rise}${madeIn(sites)}. A session with snapshots names the holder.` };
}

function judgeGrowth({ trend, totalBytes, keptBytes, sites }: ProfileEvidence): Verdict {
  const where = madeIn(sites);
  if (trend.kind === 'emptied') {
    const summary = `The live heap grew, but also fell by ${megabytes(trend.fallBytes)} in between: something that is emptied from time to time${where}.`;
    return { kind: 'growth', confidence: 'medium', summary };
  }
  if (trend.kind === 'late') {
    const summary = `The live heap stood still, and grew by ${megabytes(trend.riseBytes)} late in the window: a burst, or a leak that has begun. Keep the window open longer${where}.`;
    return { kind: 'growth', confidence: 'low', summary };
  }
  if (trend.kind === 'levelled') {
    const summary = `The live heap grew by ${megabytes(trend.riseBytes)} and levelled off: a cache that filled, or warm-up${where}.`;
    return { kind: 'growth', confidence: 'medium', summary };
  }
  const bytes = megabytes(Math.max(totalBytes, keptBytes));
  const summary = `About ${bytes} of the window's allocations were alive at its end, but there were too few major collections to tell a leak from warm-up: keep the window open longer, under more traffic${where}.`;
  return { kind: 'growth', confidence: 'low', summary };
}

function judgeBuffers(bytes: number, trend: Trend): Verdict {
  const summary = `${megabytes(bytes)} more memory behind Buffers and ArrayBuffers, outside the JS heap. Sampling does not see them: a session with snapshots names what holds them.`;
  return { kind: 'off-heap', confidence: trend.kind === 'rising' ? 'low' : 'medium', summary };
}

function judgeOutside(bytes: number): Verdict {
  const summary = `The process grew by ${megabytes(bytes)} outside the JS heap: native memory of an addon, ICU or zlib, or an allocator that keeps what was freed.`;
  return { kind: 'off-heap', confidence: 'low', summary };
}

function madeIn(sites: readonly SiteGrowth[]): string {
  const name = nameSite(sites);
  return name === '' ? '' : `; ${name}`;
}

/** The largest site of the application, with its share and place; empty when none is worth a word. */
function nameSite(sites: readonly SiteGrowth[]): string {
  const total = sites.reduce((sum, { bytesDelta }) => sum + Math.max(0, bytesDelta), 0);
  const site = sites.find(({ file, bytesDelta }) => isApplicationFile(file) && bytesDelta >= total * NAMED_SHARE);
  if (!site) return '';
  const share = Math.round((site.bytesDelta / total) * 100);
  return `${share} % of what stays is made in ${site.function || 'an anonymous function'} (${site.file}:${site.line})`;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
