/** No table of a document says anything but what was measured. */
import path from 'node:path';
import { expect, it } from 'vitest';
import { renderPages } from '../../bench/tables.mjs';

const pages = renderPages();

it.each(pages.map((page) => [path.basename(page.file), page] as const))('%s shows bench/results.json', (_, page) => {
  expect(page.text).toBe(page.wanted);
});
