import v8 from 'node:v8';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pauseCompaction } from '../../src/agent/compaction';

afterEach(() => vi.restoreAllMocks());

describe('pauseCompaction', () => {
  it('switches compaction off, and on again', () => {
    const set = vi.spyOn(v8, 'setFlagsFromString').mockImplementation(() => {});
    const resume = pauseCompaction([]);
    expect(set.mock.calls).toEqual([['--no-compact']]);
    resume();
    expect(set.mock.calls).toEqual([['--no-compact'], ['--compact']]);
  });

  it.each(['--no-compact', '--no_compact', '--nocompact'])('leaves a process alone that runs with %s', (flag) => {
    const set = vi.spyOn(v8, 'setFlagsFromString').mockImplementation(() => {});
    pauseCompaction(['--expose-gc', flag])();
    expect(set).not.toHaveBeenCalled();
  });
});
