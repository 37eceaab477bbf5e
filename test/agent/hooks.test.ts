import { describe, expect, it } from 'vitest';
import { type CaptureHook, type CaptureHooks, checkHooks, withHooks } from '../../src/agent/hooks';

const CONTEXT = { end: 'before', reason: 'signal' } as const;

/** Runs a pause with the hooks; what happened, in order. */
async function record(hooks: CaptureHooks, pause: () => void = () => {}): Promise<string[]> {
  const log: string[] = [];
  const named = (name: keyof CaptureHooks): CaptureHook | undefined => {
    const hook = hooks[name];
    if (!hook) return undefined;
    return (context) => {
      log.push(name);
      return hook(context);
    };
  };
  const surroundings = {
    hooks: { beforeCapture: named('beforeCapture'), afterCapture: named('afterCapture') },
    timeoutMs: 50,
    warn: (text: string) => log.push(`warned: ${text}`),
  };
  await withHooks(surroundings, CONTEXT, async () => {
    log.push('pause');
    pause();
  }).catch((error) => log.push(`threw: ${error.message}`));
  return log;
}

describe('withHooks', () => {
  it('runs one before and one after, each awaited', async () => {
    let settled = 0;
    const slow = async () => {
      await new Promise(setImmediate);
      settled += 1;
    };
    expect(await record({ beforeCapture: slow, afterCapture: slow }, () => expect(settled).toBe(1))).toEqual([
      'beforeCapture',
      'pause',
      'afterCapture',
    ]);
    expect(settled).toBe(2);
  });

  it('needs neither', async () => {
    expect(await record({})).toEqual(['pause']);
  });

  it('tells of a hook that throws or rejects, and goes on', async () => {
    const fail = () => {
      throw new Error('balancer is away');
    };
    const log = await record({ beforeCapture: fail, afterCapture: async () => fail() });
    expect(log).toEqual([
      'beforeCapture',
      'warned: beforeCapture failed: balancer is away; the capture goes on',
      'pause',
      'afterCapture',
      'warned: afterCapture failed: balancer is away; the capture goes on',
    ]);
  });

  it('waits no longer than the timeout', async () => {
    const log = await record({ beforeCapture: () => new Promise(() => {}) });
    expect(log).toEqual(['beforeCapture', expect.stringMatching(/did not settle within 50 ms/), 'pause']);
  });

  it('calls afterCapture after a pause that failed too', async () => {
    const log = await record({ afterCapture: () => {} }, () => {
      throw new Error('disk full');
    });
    expect(log).toEqual(['pause', 'afterCapture', 'threw: disk full']);
  });
});

describe('checkHooks', () => {
  it('refuses what is no function, by name', () => {
    expect(() => checkHooks({ beforeCapture: 'drain' as never })).toThrow(
      /beforeCapture is drain, but must be a function/,
    );
    expect(() => checkHooks({ beforeCapture: undefined, afterCapture: () => {} })).not.toThrow();
  });
});
