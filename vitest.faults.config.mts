import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.mjs';

/** The fault suite: slow, in need of root here and there, and one file at a time since it measures and fills disks. */
export default mergeConfig(
  { test: { ...base.test, include: [] } },
  defineConfig({
    test: { include: ['test/faults/**/*.faults.ts'], testTimeout: 240_000, maxWorkers: 1, fileParallelism: false },
  }),
);
