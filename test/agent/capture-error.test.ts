/** What the system says in the middle of a phase, as an error that a person can act on. */
import { describe, expect, it } from 'vitest';
import { runStep, toCaptureError, toDirectoryError } from '../../src/agent/capture-error';
import { HeapdiffError } from '../../src/errors';

const systemError = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: it did not work.`), { code, ...more });

describe('a step that fails', () => {
  it.each(['ENOSPC', 'EDQUOT'])(
    'for want of room (%s) says that the process runs on, and where to make room',
    (code) => {
      const error = toCaptureError('writing b.heapsnapshot', systemError(code));
      expect(error).toMatchObject({ code: 'CAPTURE_FAILED', cause: { code } });
      expect(error.message).toContain(`writing b.heapsnapshot failed: ${code}: it did not work`);
      expect(error.todo).toMatch(/runs on as before; free space there, or name another folder/);
    },
  );

  it('for another reason keeps the advice of its code', () => {
    const error = toCaptureError('writing b.heapsnapshot', systemError('EIO'));
    expect(error.code).toBe('CAPTURE_FAILED');
    expect(error.todo).not.toMatch(/free space/);
  });

  it('for the permission model names the flag and the folder', () => {
    const denied = systemError('ERR_ACCESS_DENIED', {
      permission: 'FileSystemWrite',
      resource: '/data/s/b.heapsnapshot',
    });
    const error = toCaptureError('writing b.heapsnapshot', denied);
    expect(error).toMatchObject({ code: 'NOT_PERMITTED', todo: 'Start Node with --allow-fs-write=/data/s/*.' });
  });

  it('with an error of our own passes it on', () => {
    const own = new HeapdiffError('USAGE', { reason: 'x' });
    const fail = () => {
      throw own;
    };
    expect(() => runStep('opening', fail)).toThrow(own);
  });
});

it('a folder that cannot be used is named', () => {
  const error = toDirectoryError('/data', systemError('EROFS'));
  expect(error.code).toBe('DIRECTORY_UNUSABLE');
  expect(error.message).toMatch(/\/data.*EROFS/);
});
