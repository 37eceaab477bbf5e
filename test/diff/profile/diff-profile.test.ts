import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffProfile } from '../../../src/diff/profile/diff-profile';
import { judgeProfile } from '../../../src/diff/profile/judge-profile';
import { renderMarkdown } from '../../../src/report/render-markdown';
import { renderText } from '../../../src/report/render-text';
import { heapFolder } from '../../support/heap-files';
import { type EndPlan, makeFloor, makeRecord } from '../../support/sample-record';

const MB = 1_000_000;
const RISING = [4000, 4200, 4400, 4600, 4800, 5000, 5200, 5400, 5600, 5800];
const LEVELLED = [4000, 4700, 5200, 5500, 5600, 5610, 5600, 5620, 5610, 5620];

function writeProfile(bytes: number): string {
  const callFrame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 13, columnNumber: 0 });
  const leaf = { callFrame: callFrame('createSession', '/srv/src/session.js'), selfSize: bytes, id: 2, children: [] };
  const head = { callFrame: callFrame('(root)', ''), selfSize: 0, id: 1, children: [leaf] };
  const file = path.join(heapFolder(), 'growth.heapprofile');
  fs.writeFileSync(file, JSON.stringify({ head, samples: [{ nodeId: 2, size: bytes }] }));
  return file;
}

function diff(kilobytes: readonly number[], kept: number, after: EndPlan = {}) {
  const units = { request: 1_000 };
  const record = makeRecord(
    { units: { request: 0 } },
    { units, ...after },
    { captureMode: 'profile', floor: makeFloor(kilobytes) },
  );
  return diffProfile({ profile: writeProfile(kept), record, recordFile: '/s/record.json', histograms: null });
}

describe('diffProfile', () => {
  it('is a report with every member, and no node', () => {
    const report = diff(RISING, 1.6 * MB);
    expect(report).toMatchObject({
      schema: 'heapdiff/report@1',
      before: { file: '/s/record.json', nodes: 0, edges: 0, totalBytes: 4_000_000, nodeVersion: 'v20.20.2' },
      after: { nodes: 0, edges: 0, totalBytes: 5_800_000 },
      identity: { comparable: false, agreement: 0 },
      growth: { totalBytes: 1_800_000, perUnit: { unit: 'request', bytes: 1_800 } },
      ...{ suspects: [], constructors: [] },
      allocationSites: [{ function: 'createSession', line: 14, bytesDelta: 1.6 * MB, source: 'sampled' }],
      memory: { rssDelta: 0 },
      window: { captureMode: 'profile' },
    });
  });

  it('takes a floor that keeps rising for a leak, and names the site', () => {
    const { verdict } = diff(RISING, 1.6 * MB);
    expect(verdict).toMatchObject({ kind: 'leak', confidence: 'medium' });
    expect(verdict.summary).toContain('100 % of what stays is made in createSession (/srv/src/session.js:14)');
    expect(diff(RISING, 10_000).verdict).toMatchObject({ kind: 'leak', confidence: 'low' });
  });

  it('does not call a leak what began in the last part of the window', () => {
    const late = [4000, 4010, 4005, 4012, 4008, 4011, 4009, 4010, 4800, 5800];
    const { verdict } = diff(late, 1.6 * MB);
    expect(verdict).toMatchObject({ kind: 'growth', confidence: 'low' });
    expect(verdict.summary).toContain('grew by 1.8 MB late in the window');
  });

  it('takes a floor that levelled off for none', () => {
    expect(diff(LEVELLED, 1.6 * MB).verdict.kind).toBe('growth');
  });

  it('says so when there is too little to tell', () => {
    const report = diff([4000], 900_000);
    expect(report.verdict).toMatchObject({ kind: 'growth', confidence: 'low' });
    expect(report.growth.totalBytes).toBe(900_000);
    expect(report.notes.join()).toMatch(/too few major collections/);
    expect(diff([4000], 20_000).verdict).toMatchObject({ kind: 'steady', confidence: 'low' });
  });

  it('sees memory outside the heap', () => {
    const flat = RISING.map(() => 4000);
    expect(diff(flat, 0, { external: 62 * MB, arrayBuffers: 61 * MB, rss: 140 * MB }).verdict.kind).toBe('off-heap');
    expect(diff(flat, 0, { rss: 200 * MB }).verdict).toMatchObject({ kind: 'off-heap', confidence: 'low' });
    expect(diff(flat, 0).verdict).toMatchObject({ kind: 'steady', confidence: 'high' });
  });

  it('renders without what it does not have', () => {
    const report = diff(RISING, 1.6 * MB);
    const text = renderText(report, { width: 80 });
    expect(text).toMatch(/^LEAK /m);
    expect(text).not.toMatch(/nodes|constructor grew|matched|NaN|undefined/);
    expect(text.split('\n').every((line) => [...line].length <= 80)).toBe(true);
    expect(renderMarkdown(report)).not.toMatch(/NaN|undefined/);
  });
});

it('judgeProfile takes growth that is emptied for none', () => {
  const { memory, allocationSites: sites } = diff(RISING, MB);
  const rise = { riseBytes: MB, lateRiseBytes: 0, lastRiseBytes: 0 };
  const trend = { kind: 'emptied', ...rise, fallBytes: 3 * MB, noiseBytes: 0, samples: 9 } as const;
  const verdict = judgeProfile({ totalBytes: MB, keptBytes: MB, sites, trend, memory: memory! });
  expect(verdict).toMatchObject({
    kind: 'growth',
    confidence: 'medium',
    summary: expect.stringContaining('fell by 3.0 MB'),
  });
});
