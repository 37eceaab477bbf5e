import { describe, expect, it } from 'vitest';
import { limitPause } from '../../../src/agent/last-snapshot';
import { decideCapture, formatBytes, MEMORY_RESERVE, type Situation } from '../../../src/agent/preflight/decide';

const MB = 1e6;

/** A snapshot of 100 MB and 2 s in a process with plenty of room. */
function situation(more: Partial<Situation> = {}, room: Partial<Situation['room']> = {}): Situation {
  return {
    ...{ mode: 'auto', first: null, force: false, maxPauseMs: 0, margin: 1.5 },
    snapshot: { nodes: 1000, edges: 4000, memoryBytes: 100 * MB, pauseMs: 2000, fileBytes: 10 * MB },
    histogram: { memoryBytes: 10 * MB, heapBytes: 2 * MB, pauseMs: 100 },
    room: {
      memoryBytes: 1000 * MB,
      memoryLimitedBy: 'cgroup',
      heapBytes: 500 * MB,
      diskBytes: 1000 * MB,
      diskIsMemory: false,
      ...room,
    },
    ...more,
  };
}

const decide = (more?: Partial<Situation>, room?: Partial<Situation['room']>) => decideCapture(situation(more, room));

describe('decideCapture', () => {
  it('takes a snapshot where there is room', () => {
    expect(decide()).toEqual({ action: 'snapshot', why: null });
  });

  it('takes it to the byte: what is needed is the prediction with its margin and the reserve', () => {
    const needed = 150 * MB + MEMORY_RESERVE;
    expect(decide({}, { memoryBytes: needed }).action).toBe('snapshot');
    expect(decide({}, { memoryBytes: needed - 1 })).toEqual({
      action: 'histogram',
      why: 'it would need up to 166 MB of memory, and 166 MB is left below the cgroup limit',
    });
  });

  it('says which limit it is', () => {
    const { why } = decide({}, { memoryBytes: 80 * MB, memoryLimitedBy: 'machine' });
    expect(why).toMatch(/80 MB is left on this machine/);
  });

  it('counts the disk, where the system tells of it', () => {
    expect(decide({}, { diskBytes: 15 * MB }).action).toBe('snapshot');
    expect(decide({}, { diskBytes: 15 * MB - 1 }).why).toBe(
      'its file would need up to 15 MB, and 15 MB is left on the disk',
    );
    expect(decide({}, { diskBytes: null }).action).toBe('snapshot');
  });

  it('counts the file as memory where the disk is in memory', () => {
    const memoryBytes = 150 * MB + MEMORY_RESERVE;
    expect(decide({}, { memoryBytes, diskIsMemory: true }).why).toMatch(/up to 181 MB of memory/);
    expect(decide({}, { memoryBytes: memoryBytes + 15 * MB, diskIsMemory: true }).action).toBe('snapshot');
  });

  it('keeps to maxPauseMs, of which 0 is none', () => {
    expect(decide({ maxPauseMs: 2000 }).action).toBe('snapshot');
    expect(decide({ maxPauseMs: 1999 })).toEqual({
      action: 'histogram',
      why: 'it would stop the process for about 2.0 s, and maxPauseMs is 2.0 s',
    });
    expect(decide({ maxPauseMs: 99 }).action).toBe('profile');
  });

  it('takes the profile alone where the histogram does not fit either, in memory or in the heap', () => {
    expect(decide({}, { memoryBytes: 15 * MB + MEMORY_RESERVE }).action).toBe('histogram');
    expect(decide({}, { memoryBytes: 15 * MB + MEMORY_RESERVE - 1 }).action).toBe('profile');
    expect(decide({}, { memoryBytes: 80 * MB, heapBytes: 3 * MB - 1 }).action).toBe('profile');
    expect(decide({ histogram: null }, { memoryBytes: 80 * MB }).action).toBe('profile');
  });

  it('refuses where nothing fits', () => {
    expect(decide({}, { memoryBytes: 0 }).action).toBe('refuse');
    expect(decide({}, { diskBytes: 0 }).action).toBe('refuse');
  });

  it.each(['snapshot', 'trace'] as const)('mode %s takes snapshots or nothing', (mode) => {
    expect(decide({ mode }).action).toBe('snapshot');
    expect(decide({ mode }, { memoryBytes: 100 * MB }).action).toBe('refuse');
  });

  it('keeps a first snapshot when the second does not fit, in every mode', () => {
    for (const mode of ['auto', 'snapshot', 'trace'] as const) {
      expect(decide({ mode, first: 'snapshot' }, { memoryBytes: 0 }).action).toBe('profile');
    }
  });

  describe('of a worker that leaves', () => {
    const leave = (more: Partial<Situation> = {}, room: Partial<Situation['room']> = {}) =>
      decide({ mode: 'snapshot', first: 'profile', ...more }, room);

    it('takes a snapshot or leaves it, and never refuses', () => {
      expect(leave()).toEqual({ action: 'snapshot', why: null });
      expect(leave({}, { memoryBytes: 0 }).action).toBe('profile');
    });

    it('takes a tenth of the free disk at most', () => {
      expect(leave({}, { diskBytes: 150 * MB }).action).toBe('snapshot');
      expect(leave({}, { diskBytes: 150 * MB - 1 })).toEqual({
        action: 'profile',
        why: 'its file would need up to 15 MB, more than a tenth of the 150 MB that are left on the disk',
      });
    });

    it('takes half of the time that is left, or maxPauseMs if that is less, and says which', () => {
      expect(leave(limitPause(4000, 0)).action).toBe('snapshot');
      expect(leave(limitPause(3998, 0)).why).toBe(
        'it would stop the process for about 2.0 s, and half of what was left of timeoutMs is 2.0 s',
      );
      expect(leave(limitPause(60_000, 1500)).why).toMatch(/about 2.0 s, and maxPauseMs is 1.5 s/);
      expect(leave(limitPause(1000, 1500)).why).toMatch(/half of what was left of timeoutMs is 500 ms/);
    });

    it('has no time when it is late', () => {
      expect(leave(limitPause(-20, 0)).action).toBe('profile');
    });
  });

  it('counts classes again after a first histogram, however much room there is now', () => {
    expect(decide({ first: 'histogram' }).action).toBe('histogram');
    expect(decide({ first: 'histogram' }, { memoryBytes: 0 }).action).toBe('profile');
  });

  it('forced, takes a snapshot whatever happens', () => {
    expect(decide({ force: true, maxPauseMs: 1 }, { memoryBytes: 0, diskBytes: 0 })).toEqual({
      action: 'snapshot',
      why: null,
    });
  });
});

it('formatBytes keeps two figures', () => {
  expect([0, 1.26 * MB, 10 * MB, 999 * MB, 1.25e9].map(formatBytes)).toEqual([
    '0.0 MB',
    '1.3 MB',
    '10 MB',
    '999 MB',
    '1.3 GB',
  ]);
});
