import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adjustCost, type CaptureExperience, measureCapture } from '../../../src/agent/preflight/experience';

const MB = 1e6;
const model = { nodes: 1000, edges: 4000, memoryBytes: 100 * MB, pauseMs: 1000, fileBytes: 10 * MB };
const mark = { rss: 200 * MB, peak: 250 * MB, native: 50 * MB };
const experience: CaptureExperience = {
  model,
  measured: { nodes: 1100, edges: 4000, memoryBytes: 80 * MB, pauseMs: 1500, fileBytes: 5 * MB },
  before: mark,
  after: { rss: 260 * MB, peak: 280 * MB, native: 110 * MB },
};

describe('adjustCost', () => {
  it('believes the oracle as long as nothing has been captured', () => {
    expect(adjustCost(model, null, mark)).toBe(model);
  });

  it('corrects every figure by how wrong it was last time', () => {
    const next = adjustCost({ ...model, nodes: 2000, pauseMs: 3000 }, experience, mark);
    expect(next).toEqual({ nodes: 2200, edges: 4000, memoryBytes: 80 * MB, pauseMs: 4500, fileBytes: 5 * MB });
  });

  it('corrects by no more than a factor of two, and not where nothing could be measured', () => {
    const measured = { ...experience.measured, pauseMs: 100_000, fileBytes: 1, memoryBytes: null };
    const next = adjustCost(model, { ...experience, measured }, mark);
    expect(next).toMatchObject({ pauseMs: 2000, fileBytes: 5 * MB, memoryBytes: 100 * MB });
  });

  it('counts on what the last snapshot left with malloc, as far as it is still there', () => {
    expect(adjustCost(model, experience, experience.after).memoryBytes).toBe(80 * MB - 0.9 * 60 * MB);
    const partly = { ...mark, native: 70 * MB };
    expect(adjustCost(model, experience, partly).memoryBytes).toBe(80 * MB - 0.9 * 20 * MB);
    // What has grown since is no memory to reuse.
    const grown = { ...mark, native: 900 * MB };
    expect(adjustCost(model, experience, grown).memoryBytes).toBe(80 * MB - 0.9 * 60 * MB);
  });
});

describe('measureCapture', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-test-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  const write = (text: string) => {
    const file = path.join(folder, 'a.heapsnapshot');
    fs.writeFileSync(file, text);
    return file;
  };

  it('reads the size of the graph from the head of the file', () => {
    const file = write('{"snapshot":{"meta":{},"node_count":12,"edge_count":34,"trace_function_count":0},"nodes":[]}');
    const { measured } = measureCapture(model, mark, { file, pauseMs: 12.6 })!;
    expect(measured).toMatchObject({ nodes: 12, edges: 34, fileBytes: fs.statSync(file).size, pauseMs: 13 });
  });

  it('knows the peak only where it is a new one', () => {
    const file = write('{"snapshot":{"node_count":1,"edge_count":1}}');
    const isNew = measureCapture(model, { ...mark, peak: 1 }, { file, pauseMs: 1 })!;
    const isOld = measureCapture(model, { ...mark, peak: 1e15 }, { file, pauseMs: 1 })!;
    // Null too where the system does not tell of peaks.
    expect(isNew.measured.memoryBytes === null).toBe(isNew.after.peak === null);
    expect(isOld.measured.memoryBytes).toBeNull();
  });

  it('learns nothing from a file that is no snapshot', () => {
    expect(measureCapture(model, mark, { file: write('{}'), pauseMs: 1 })).toBeNull();
  });
});
