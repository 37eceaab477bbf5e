import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Where each run leaves its figures as JSON, for whoever adds them up (.ci/run). A name per run: the matrix runs several. */
const reports = process.env.HEAPDIFF_TEST_REPORTS;
const jsonReporter = (folder: string): ['json', { outputFile: string }] => [
  'json',
  { outputFile: path.join(folder, `${process.pid}.json`) },
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: reports ? ['default', jsonReporter(reports)] : ['default'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Two cores: end-to-end tests start processes of their own, so more workers only slow each other down.
    maxWorkers: 2,
  },
});
