import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/render-json';
import { renderMarkdown } from '../../src/report/render-markdown';
import { renderText } from '../../src/report/render-text';
import { measureText } from '../../src/report/text-width';
import { expectGolden } from '../support/golden';
import { LEAK, SAMPLE_CWD, STEADY } from '../support/sample-diff';

const cwd = SAMPLE_CWD;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
const CODES = /\u001b\[[\d;]*m/g;

describe('renderText', () => {
  it.each([60, 80, 100, 140])('a leak at width %i', (width) => {
    const text = renderText(LEAK, { width, cwd });
    expectGolden(`compare.leak.width-${width}.txt`, text);
    for (const line of text.split('\n')) expect(measureText(line), line).toBeLessThanOrEqual(width);
  });

  it('in colour says the same as without', () => {
    const text = renderText(LEAK, { width: 100, cwd, color: true });
    expectGolden('compare.leak.color.txt', text);
    expect(renderText(LEAK, { width: 100, cwd })).not.toMatch(CODES);
    const plain = (some: string) => some.replace(CODES, '').replace(/ +/g, ' ');
    expect(plain(text).replace('\n LEAK ', '\nLEAK ')).toBe(plain(renderText(LEAK, { width: 100, cwd })));
  });

  it('two bare snapshots with comparable ids', () => {
    expectGolden('compare.steady.txt', renderText(STEADY, { width: 120, cwd }));
  });

  it('--all ranks holders and bookkeeping, --sort and --filter select', () => {
    expectGolden('compare.leak.all.txt', renderText(LEAK, { cwd, all: true }));
    expectGolden('compare.leak.sort-count.top-3.txt', renderText(LEAK, { cwd, sort: 'count', top: 3 }));
    expectGolden('compare.leak.filter.txt', renderText(LEAK, { cwd, filter: /Session|store/ }));
    expect(renderText(LEAK, { cwd, filter: /nothing like it/ })).toContain('No constructor matches the filter.');
  });

  it('a filter finds rows that shrank', () => {
    expect(renderText(LEAK, { cwd, filter: /^Buffer$/ })).toMatch(/-7\.0 kB +-600 B +-6 +4 {2}Buffer/);
  });

  it('says of objects of many classes how many they are', () => {
    const suspects = LEAK.suspects.map((suspect) => ({ ...suspect, classCount: 12 }));
    const text = renderText({ ...LEAK, suspects }, { cwd });
    expect(text).toContain('objects of 12 classes, such as Session, held by');
  });

  it('lets no name steer the terminal', () => {
    const text = renderText(LEAK, { cwd, all: true, top: 50 });
    expect(text).toContain('evil [31m name');
    expect(text).not.toContain('\u001b');
  });

  it.each(['leak', 'growth', 'steady', 'off-heap'] as const)(
    'badge of verdict %s stands before its sentence',
    (kind) => {
      const verdict = { kind, confidence: 'low' as const, summary: 'A sentence.' };
      for (const color of [true, false]) {
        const text = renderText({ ...LEAK, verdict }, { color, cwd }).replace(CODES, '');
        expect(text).toMatch(new RegExp(`^ ?${kind.toUpperCase()} +A sentence\\. \\(confidence: low\\)$`, 'm'));
      }
    },
  );
});

describe('other reports', () => {
  it('Markdown', () => expectGolden('compare.leak.markdown.md', renderMarkdown(LEAK, { cwd })));
  it('Markdown of nothing much', () => expectGolden('compare.steady.markdown.md', renderMarkdown(STEADY, { cwd })));
  it('JSON loses nothing', () => expect(JSON.parse(renderJson(LEAK))).toEqual(LEAK));
});
