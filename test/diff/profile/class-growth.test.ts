import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { diffClasses } from '../../../src/diff/profile/class-growth';
import { diffProfile } from '../../../src/diff/profile/diff-profile';
import { renderMarkdown } from '../../../src/report/render-markdown';
import { renderText } from '../../../src/report/render-text';
import { heapFolder } from '../../support/heap-files';
import { makeRecord } from '../../support/sample-record';

function write(name: string, counts: Record<string, number>): string {
  const file = path.join(heapFolder(), name);
  const classes = Object.entries(counts).map(([key, count]) => ({ name: key, count }));
  fs.writeFileSync(file, JSON.stringify({ schema: 'heapdiff/classes@1', objects: 1, classes }));
  return file;
}

const histograms = () => ({
  before: write('a.classes.json', { Object: 900, Session: 10, Gone: 5 }),
  after: write('b.classes.json', { Object: 1000, Session: 20_010, Fresh: 1 }),
});

describe('diffClasses', () => {
  it('has every class of either side, the most grown first', () => {
    const rows = diffClasses(histograms());
    expect(rows.map(({ name, countDelta }) => [name, countDelta])).toEqual([
      ['Session', 20_000],
      ['Object', 100],
      ['Fresh', 1],
      ['Gone', -5],
    ]);
    expect(rows[0]).toMatchObject({ countBefore: 10, countAfter: 20_010, retainedDelta: 0, location: null });
  });

  it.each(['', '{"schema":"other"}', '{"schema":"heapdiff/classes@1","classes":[{"name":1}]}'])(
    'refuses %j',
    (text) => {
      const { before, after } = histograms();
      fs.writeFileSync(after, text);
      expect(() => diffClasses({ before, after })).toThrow(/b\.classes\.json is not a count of classes/);
    },
  );
});

describe('a report with counts', () => {
  const report = () => {
    const record = makeRecord({}, {}, { captureMode: 'profile' });
    return diffProfile({ profile: null, record, recordFile: '/s/record.json', histograms: histograms() });
  };

  it('shows them as text, with what they do not say', () => {
    const text = renderText(report());
    expect(text).toMatch(
      /Growth by constructor\n\n.*Δ count +before +after +constructor\n.*\n? *\+20,000 +10 +20,010 +Session/,
    );
    expect(text).toMatch(/Counted, not written: by name only/);
    expect(text).toMatch(/Without snapshots there are sites and counts, but no objects/);
    expect(text).not.toContain('Gone');
    expect(renderText(report(), { top: 1 })).toMatch(/2 more \(--top 3\)/);
  });

  it('shows them as Markdown', () => {
    expect(renderMarkdown(report())).toMatch(/\| \+20,000 \| 20,010 \| `Session` \|/);
  });
});
