import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findUnknownVariables, OPTIONS, readOptions } from '../../src/agent/options';
import { HeapdiffError } from '../../src/errors';

function failure(body: () => unknown): HeapdiffError {
  try {
    body();
  } catch (error) {
    if (error instanceof HeapdiffError) return error;
  }
  throw new Error('no HeapdiffError was thrown');
}

describe('options', () => {
  it('have defaults that need no environment', () => {
    expect(readOptions({}, {})).toMatchObject({
      dir: path.join(os.tmpdir(), 'heapdiff'),
      signal: 'SIGUSR2',
      mode: 'auto',
      force: false,
      maxPauseMs: 0,
      identity: false,
      primary: 'explain',
      runMode: 'auto',
      countRequests: true,
      quiet: false,
    });
  });

  it('given to install win over the environment, which wins over the default', () => {
    const env = { HEAPDIFF_MODE: 'trace', HEAPDIFF_QUIET: '1', HEAPDIFF_SAMPLING_INTERVAL: '4096' };
    expect(readOptions({ mode: 'profile' }, env)).toMatchObject({
      mode: 'profile',
      quiet: true,
      samplingInterval: 4096,
    });
  });

  it('read an empty variable as not set', () => {
    expect(readOptions({}, { HEAPDIFF_MODE: '' }).mode).toBe('auto');
  });

  it('are named when unknown, with the known ones', () => {
    const error = failure(() => readOptions({ direcotry: 'x' } as object, {}));
    expect(error.code).toBe('OPTION_UNKNOWN');
    expect(error.message).toContain('direcotry');
    expect(error.todo).toContain('samplingInterval');
  });

  it('do not take a member of Object.prototype for an option', () => {
    expect(failure(() => readOptions({ constructor: 1 } as object, {})).code).toBe('OPTION_UNKNOWN');
  });

  it.each([
    ['dir', 3],
    ['dir', 'a\0b'],
    ['app', '../up'],
    ['app', 'a b'],
    ['signal', 'SIGUSR1'],
    ['signal', 'SIGKILL'],
    ['signal', 'USR2'],
    ['mode', 'auto '],
    ['force', 'maybe'],
    ['maxPauseMs', -1],
    ['identity', 'yes'],
    ['samplingInterval', 0],
    ['samplingInterval', 1.5],
    ['samplingInterval', '64k'],
    ['traceLimitMs', -1],
    ['maxTrackingMs', 99],
    ['hookTimeoutMs', '10s'],
    ['compress', 'gz'],
    ['keep', -1],
    ['maxBytes', 0.5],
    ['primary', true],
    ['runMode', 'postload'],
    ['countRequests', 2],
    ['quiet', 'maybe'],
  ] as const)('%s: %j is refused by name', (name, value) => {
    const error = failure(() => readOptions({ [name]: value } as object, {}));
    expect(error.code).toBe('OPTION_INVALID');
    expect(error.details.option).toBe(name);
    expect(error.todo).toContain(OPTIONS[name].env);
  });

  it('name the variable when that is where the bad value is', () => {
    const error = failure(() => readOptions({}, { HEAPDIFF_SIGNAL: 'SIGUSR9' }));
    expect(error.message).toContain('HEAPDIFF_SIGNAL is "SIGUSR9"');
  });

  it('each have one variable of their own and a text', () => {
    const rows = Object.entries(OPTIONS);
    expect(new Set(rows.map(([, { env }]) => env)).size).toBe(rows.length);
    for (const [name, { env, doc, expected, parse, fallback }] of rows) {
      expect(env).toBe(`HEAPDIFF_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`);
      expect(doc.endsWith('.') && expected.length > 0).toBe(true);
      expect(parse(fallback())).toEqual(fallback());
    }
  });

  it('find variables that nobody reads', () => {
    const env = { HEAPDIFF_DIR: 'x', HEAPDIFF_DRI: 'x', HEAPDIFF_TEST_NODE: 'x', OTHER: 'x' };
    expect(findUnknownVariables(env)).toEqual(['HEAPDIFF_DRI']);
  });
});
