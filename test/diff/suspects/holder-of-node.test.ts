/** What a holder is called where it is Node or V8 itself. */
import { describe, expect, it } from 'vitest';
import { describeHolder, element } from '../../support/describe-holder';
import { findSuspectsIn, LARGE, MODULE, times } from '../../support/program-heap';

describe('what Node holds', () => {
  it('open handles are called by themselves, with the application on their value side', async () => {
    const nodes = {
      native: { type: 'native', name: 'Node / TCPSocketWrap', selfSize: 64 },
      tcp: { name: 'TCP', selfSize: LARGE },
      onRead: { type: 'closure', name: 'onRead', at: '40:5' },
    };
    const open = (i: number) => `roots #${i + 1} -> native${i}
      native${i} {native_to_javascript} -> tcp${i}
      tcp${i} .onread -> onRead${i}
      onRead${i} {shared} -> shared`;
    const { text, label } = await describeHolder('context $nothing -> object', open, nodes);
    expect(label).not.toContain('synthetic');
    expect(text).toMatch(/^Node or V8 itself, which keeps each/);
    expect(text).toContain('each keeps onRead of /srv/shop/src/store.js:40');
  });

  it('native objects that it keeps have their own names, and are found by their JavaScript objects', async () => {
    const nodes = {
      blob: { type: 'synthetic', name: 'Node / Blob', selfSize: 88 },
      queue: { type: 'native', name: 'Node / DataQueue', selfSize: LARGE },
      wrapper: { name: 'Blob', selfSize: 24 },
    };
    const keep = (i: number) => `root #${i + 10} -> blob${i}
      blob${i} {data_queue_} -> queue${i}
      blob${i} {native_to_javascript} -> wrapper${i}
      roots #${i + 1} -> wrapper${i}
      wrapper${i} {javascript_to_native} -> blob${i}`;
    const { text, suspect } = await describeHolder('context $nothing -> object', keep, nodes);
    expect(suspect).toMatchObject({ growthCount: 12, constructor: { name: 'Node / Blob' } });
    expect(text).toBe('Node or V8 itself, which keeps each Blob alive');
  });

  it('native objects and their JavaScript objects are one suspect', async () => {
    const nodes = {
      native: { type: 'synthetic', name: 'Node / MessagePort', selfSize: LARGE },
      port: { name: 'MessagePort', selfSize: LARGE + 1 },
    };
    const open = (i: number) => `root #${i + 10} -> native${i}
      native${i} {native_to_javascript} -> port${i}
      roots #${i + 1} -> port${i}
      port${i} {javascript_to_native} -> native${i}`;
    const { suspect } = await describeHolder('context $nothing -> object', open, nodes);
    expect(suspect).toMatchObject({ growthCount: 12, constructor: { name: 'MessagePort' } });
    expect(suspect.growthBytes).toBe(12 * (2 * LARGE + 1));
  });

  it('what hangs from a realm of V8 is no property of the function that the path leads through', async () => {
    const nodes = {
      encode: { type: 'closure', name: 'encodeURI' },
      realm: { type: 'hidden', name: 'system / NativeContext' },
    };
    const way = `global .encodeURI -> encode
      encode {context} -> realm
      realm {atomics_waitasync_promises} -> table`;
    const { text, path } = await describeHolder(way, element, nodes);
    expect(text).toBe('Node or V8 itself, which keeps each Session alive, through atomics_waitasync_promises');
    expect(JSON.stringify(path)).not.toContain('encodeURI');
  });

  it('a function that half of them keep is said to be kept by some', async () => {
    const nodes = {
      native: { type: 'native', name: 'Node / MessagePort', selfSize: 64 },
      port: { name: 'MessagePort', selfSize: LARGE },
      onMessage: { type: 'closure', name: 'onMessage', at: '40:5' },
    };
    const open = (i: number) => `roots #${i + 1} -> native${i}
      native${i} {native_to_javascript} -> port${i}
      ${i % 2 === 0 ? `port${i} .onmessage -> onMessage${i}\nonMessage${i} {shared} -> shared` : ''}`;
    const { text } = await describeHolder('context $nothing -> object', open, nodes);
    expect(text).toContain('; some of them keep onMessage of /srv/shop/src/store.js:40');
  });

  it('a function that only some of them keep is none that each keeps', async () => {
    const nodes = {
      native: { type: 'native', name: 'Node / TCPSocketWrap', selfSize: 64 },
      tcp: { name: 'TCP', selfSize: LARGE },
      onRead: { type: 'closure', name: 'onRead', at: '40:5' },
      onData: { type: 'closure', name: 'onData', at: '50:5' },
    };
    const open = (i: number) => `roots #${i + 1} -> native${i}
      native${i} {native_to_javascript} -> tcp${i}
      tcp${i} .onread -> ${i % 3 === 0 ? 'onData' : 'onRead'}${i}`;
    const { text } = await describeHolder('context $nothing -> object', open, nodes);
    expect(text).toMatch(/^Node or V8 itself, which keeps each/);
    expect(text).not.toContain('; each keeps');
  });

  it('what lies behind things that all share is none that each keeps', async () => {
    const nodes = {
      native: { type: 'native', name: 'Node / TCPSocketWrap', selfSize: 64 },
      tcp: { name: 'TCP', selfSize: LARGE },
      server: { name: 'Server' },
      onRequest: { type: 'closure', name: 'onRequest', at: '40:5' },
    };
    const open = (i: number) => `roots #${i + 1} -> native${i}
      native${i} {native_to_javascript} -> tcp${i}
      tcp${i} .server -> server
      server .handler -> onRequest
      onRequest {shared} -> shared`;
    const { text } = await describeHolder('context $nothing -> object', open, nodes);
    expect(text).toMatch(/^Node or V8 itself, which keeps each/);
    expect(text).not.toContain('; each keeps');
  });

  it('closures keep none besides themselves', async () => {
    const way =
      'roots #1 -> process\nprocess ._events -> object\nobject .SIGTERM -> array\narray {elements} -> elements';
    const nodes = { onExit: { type: 'closure', name: 'onExit', at: '60:5', selfSize: LARGE } };
    const listen = (i: number) => `elements #${i} -> onExit${i}\nonExit${i} {shared} -> shared`;
    const { text } = await describeHolder(way, listen, nodes);
    expect(text).toMatch(/^`_events.SIGTERM` \(Array\)/);
    expect(text).not.toContain('; each keeps');
  });

  it('what V8 numbers and names is called by the name: an inspector that keeps what it was shown', async () => {
    const show = (i: number) => `roots {${i + 1} / DevTools console} -> session${i}`;
    const { text } = await describeHolder('context $nothing -> object', show);
    expect(text).toContain('which keeps each Session alive, through DevTools console');
  });
});

describe('timers', () => {
  it('are named by the list Node keeps them in, with the application on their value side', async () => {
    const way = `
      global .setTimeout -> setTimeout
      setTimeout {context} -> timersContext
      timersContext $timerListMap -> object
      object .1000 -> list`;
    const nodes = {
      setTimeout: { type: 'closure', name: 'setTimeout' },
      timersContext: { name: 'system / Context' },
      list: { name: 'TimersList' },
      timeout: { name: 'Timeout', selfSize: LARGE },
      retry: { type: 'closure', name: 'retry', at: '50:7' },
    };
    // A ring of timers: each leads to the next, the list to both ends.
    const ring = (i: number) => `
      ${i === 0 ? 'list' : `timeout${i - 1}`} ._idleNext -> timeout${i}
      timeout${i} ._onTimeout -> retry${i}
      retry${i} {shared} -> shared`;
    const before = `${MODULE}${way}`;
    const suspects = await findSuspectsIn(before, `${before}\n${times(40, ring)}`, nodes);
    expect(suspects[0]!.constructor.name).toBe('Timeout');
    expect(suspects[0]!.growthCount).toBeGreaterThan(35);
    expect(suspects[0]!.holder.text).toContain('timerListMap');
    expect(suspects[0]!.holder.text).toContain('retry of /srv/shop/src/store.js:50');
  });

  it('are not held by the globals, though those dominate a ring that two lead to', async () => {
    const way = `
      global .start -> start
      start {context} -> startContext
      startContext $ring -> list
      global .stop -> stop
      stop {context} -> stopContext
      stopContext $way -> step0
      ${times(20, (i) => `step${i} .next -> step${i + 1}`)}`;
    const nodes = {
      start: { type: 'closure', name: 'start' },
      stop: { type: 'closure', name: 'stop' },
      startContext: { name: 'system / Context' },
      stopContext: { name: 'system / Context' },
      list: { name: 'TimersList' },
      timeout: { name: 'Timeout', selfSize: LARGE },
    };
    const ring = (i: number) => `timeout${i} .next -> timeout${i + 1}\ntimeout${i + 1} .prev -> timeout${i}`;
    const ends = 'list .first -> timeout0\nstep20 .last -> timeout40';
    const before = `${MODULE}${way}`;
    const suspects = await findSuspectsIn(before, `${before}\n${times(40, ring)}\n${ends}`, nodes);
    expect(suspects[0]!.holder.text).toContain('`ring` (TimersList)');
  });
});
