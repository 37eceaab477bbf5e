/** What a holder is called. */
import { describe, expect, it } from 'vitest';
import { diffPrograms, findSuspectsIn, LARGE, MODULE, type Program, times } from '../../support/program-heap';

/** The text of the only suspect's holder, and what it holds: none before, a dozen after. */
async function describeHolder(way: string, members: (index: number) => string, nodes: Program['nodes'] = {}) {
  const before = `${MODULE}${way}`;
  const suspects = await findSuspectsIn(before, `${before}\n${times(12, members)}`, nodes);
  expect(suspects).toHaveLength(1);
  const [suspect] = suspects;
  return { text: suspect!.holder.text, label: suspect!.holder.label, path: suspect!.holder.path, suspect: suspect! };
}

const element = (index: number) => `table #${index} -> session${index}`;

describe('a variable', () => {
  it('of a module is called by name, with the module', async () => {
    const { text, label, suspect } = await describeHolder('context $sessions -> map\nmap {table} -> table', element);
    expect(text).toBe('`sessions` (Map), a variable in module scope of /srv/shop/src/store.js');
    expect(label).toBe('sessions');
    expect(suspect).toMatchObject({
      ...{ rank: 1, growthCount: 12, growthBytes: 12 * LARGE },
      constructor: {
        name: 'Session',
        function: null,
        location: { file: '/srv/shop/src/store.js', line: 12, column: 8 },
      },
    });
  });

  it.each([
    ["in its module's scope", 'innerContext {previous} -> context'],
    ['where the module has no scope of its own', ''],
  ])('of a function is called by name, with the function, %s', async (_, scope) => {
    // serve's own scope info tells whose the scope is.
    const way = `
      context $serve -> serve
      serve {context} -> context
      serve {shared} -> sharedServe
      sharedServe {name_or_scope_info} -> scopeInfo
      context $inner -> keeper
      keeper {context} -> innerContext
      innerContext {scope_info} -> scopeInfo
      ${scope}
      innerContext $pending -> map
      map {table} -> table`;
    const nodes = {
      serve: { type: 'closure', name: 'serve', at: '20:1' },
      keeper: { type: 'closure', name: 'keep', at: '22:3' },
      sharedServe: { type: 'code', name: 'serve' },
      scopeInfo: { type: 'code', name: 'system / ScopeInfo' },
      innerContext: { name: 'system / Context' },
    };
    const { text } = await describeHolder(way, element, nodes);
    expect(text).toBe('`pending` (Map), a variable of serve() at /srv/shop/src/store.js:20');
  });

  it('of a function in a minified file is told by the column, too', async () => {
    const nodes = { load: { type: 'closure', name: 'load', at: '1:17510' }, cache: { name: 'e', at: '1:18051' } };
    const { text } = await describeHolder(
      'load {shared} -> shared\nshared {name_or_scope_info} -> info\ncontext {scope_info} -> info\ncontext $c -> cache\ncache .t -> map\nmap {table} -> table',
      element,
      { ...nodes, info: { type: 'code', name: 'system / ScopeInfo' } },
    );
    const file = '/srv/shop/src/store.js';
    expect(text).toBe(`\`t\` (Map) of e (${file}:1:18051), reached through \`c\` of load() at ${file}:1:17510`);
  });

  it('of a function that ran once and is gone is told by the file alone, not by a line of a closure in it', async () => {
    const way = `
      context $format -> format
      format {context} -> factoryContext
      format {shared} -> shared
      factoryContext {previous} -> context
      factoryContext $locales -> map
      map {table} -> table`;
    const nodes = {
      format: { type: 'closure', name: '', at: '2746:5' },
      factoryContext: { name: 'system / Context' },
    };
    const { text } = await describeHolder(way, element, nodes);
    expect(text).toBe('`locales` (Map), a variable of a function in /srv/shop/src/store.js');
  });

  it('that an ES module exports is called by its name there, with the module', async () => {
    const way = `
      context $shop -> namespace
      context $wrap -> wrap
      wrap .url -> url
      wrap {2} -> esModule
      namespace {1} -> esModule
      esModule {0} -> exports
      exports {3} -> exportName
      exports {4} -> cell
      cell {value} -> map
      map {table} -> table`;
    const nodes = {
      namespace: { name: 'Module' },
      wrap: { name: 'ModuleWrap' },
      url: { type: 'string', name: 'file:///srv/shop/src/carts.mjs' },
      esModule: { type: 'hidden', name: 'system / SourceTextModule' },
      exports: { type: 'array', name: '' },
      exportName: { type: 'string', name: 'openCarts' },
      cell: { type: 'hidden', name: 'system / Cell' },
    };
    const { text } = await describeHolder(way, element, nodes);
    expect(text).toBe('`openCarts` (Map), exported by file:///srv/shop/src/carts.mjs');
  });

  describe('that several hold', () => {
    const nodes = {
      bus: { name: 'Bus' },
      module: { name: 'Module' },
      index: { name: 'Module' },
      children: { name: 'Array' },
      filename: { type: 'string', name: '/srv/shop/src/bus.js' },
      indexName: { type: 'string', name: '/srv/shop/src/index.js' },
      onTimer: { type: 'closure', name: 'setTimer', at: '59:3' },
      timerContext: { name: 'system / Context' },
      sharedTimer: { type: 'code', name: 'setTimer' },
      scopeInfo: { type: 'code', name: 'system / ScopeInfo' },
    };
    const holds = 'bus .jobs -> map\nmap {table} -> table';
    /** A module nearer to the root than the one that exports. */
    const exporter = (file: string, module: string, exported: string) => `
      context $cache -> ways
      ways .${module} -> ${module}
      ${module} .filename -> ${file}
      ${module} .exports -> ${exported}`;

    it('is told by the module that exports it, not by one that imports it', async () => {
      const way = `context $bus -> bus\n${holds}\n${exporter('filename', 'module', 'object')}\nobject .shared -> bus`;
      const { text } = await describeHolder(way, element, nodes);
      expect(text).toBe('`jobs` (Map) of Bus, reached through `shared` exported by /srv/shop/src/bus.js');
    });

    it('is told by the module that it comes from, not by one that passes it on', async () => {
      const way = `context $bus -> bus
        ${holds}
        ${exporter('indexName', 'index', 'bus')}
        index .children -> children
        children [0] -> module
        ${exporter('filename', 'module', 'bus')}`;
      const { text } = await describeHolder(way, element, nodes);
      expect(text).toBe('`jobs` (Map) of Bus, reached through `bus` exported by /srv/shop/src/bus.js');
    });

    it('is told by a variable of a module rather than by one of a function that got it', async () => {
      const way = `
        root !timer -> onTimer
        onTimer {context} -> timerContext
        onTimer {shared} -> sharedTimer
        sharedTimer {script} -> script
        sharedTimer {name_or_scope_info} -> scopeInfo
        timerContext {scope_info} -> scopeInfo
        timerContext $this -> bus
        global .deep -> deep
        deep .load -> load
        context $bus -> bus
        ${holds}`;
      const { text } = await describeHolder(way, element, nodes);
      expect(text).toBe('`jobs` (Map) of Bus, reached through `bus` in module scope of /srv/shop/src/store.js');
    });
  });

  it('of a WeakMap is told by the WeakMap and its key', async () => {
    const way = `
      context $state -> key
      context $memo -> weakMap
      weakMap {table} -> entries
      entries {7 / part of key (Object @11) -> value (Map @13) pair in WeakMap (table @4001)} -> map
      key {9 / part of key (Object @11) -> value (Map @13) pair in WeakMap (table @4001)} -> map
      map {table} -> table`;
    const nodes = {
      key: { name: 'Object' },
      weakMap: { name: 'WeakMap' },
      entries: { type: 'array', name: '', id: 4001 },
    };
    const { text } = await describeHolder(way, element, nodes);
    expect(text).toBe(
      'Map, the value in `memo` (WeakMap) for `state` (Object), a variable in module scope of /srv/shop/src/store.js',
    );
  });

  it('of a WeakMap is told by the class of a key that is an entry itself, and by no name where none has one', async () => {
    const way = `
      context $importer -> importer
      importer {9 / part of key (Importer @11) -> value (Map @13) pair in WeakMap (table @4001)} -> locks
      locks {table} -> lockTable
      lockTable #1 -> lock
      lock {9 / part of key (Lock @15) -> value (Map @17) pair in WeakMap (table @4003)} -> map
      map {table} -> table
      context $waiting -> weakMap
      weakMap {table} -> entries`;
    const nodes = {
      importer: { name: 'Importer' },
      locks: { name: 'Map' },
      lock: { name: 'Lock' },
      lockTable: { type: 'array', name: '' },
      weakMap: { name: 'WeakMap' },
      entries: { type: 'array', name: '', id: 4003 },
    };
    const { text } = await describeHolder(way, element, nodes);
    expect(text).toBe(
      'Map, the value in `waiting` (WeakMap) for a Lock, the value in a WeakMap for `importer` (Importer), a variable in module scope of /srv/shop/src/store.js',
    );
  });

  it('that a Proxy stands for is called by the name of the Proxy', async () => {
    const way = `
      context $sessions -> proxy
      proxy {1} -> map
      proxy {2} -> handler
      map {table} -> table`;
    const nodes = { proxy: { type: 'hidden', name: 'system / JSProxy' }, handler: { name: 'Object' } };
    const { text, path } = await describeHolder(way, element, nodes);
    expect(text).toBe('`sessions` (Map), a variable in module scope of /srv/shop/src/store.js');
    expect(path.map((step) => step.constructor)).toContain('Proxy');
  });

  it('of a function that waits is local to it: V8 keeps no name', async () => {
    const way = `
      context $timers -> timer
      timer ._onTimeout -> promise
      promise {reactions_or_result} -> generator
      generator {function} -> consume
      generator {parameters_and_registers} -> registers
      registers {3} -> map
      map {table} -> table`;
    const nodes = {
      timer: { name: 'Timeout' },
      promise: { name: 'Promise' },
      generator: { name: 'Generator' },
      consume: { type: 'closure', name: 'consume', at: '7:1' },
      registers: { type: 'array', name: 'registers' },
    };
    const { text } = await describeHolder(way, element, nodes);
    expect(text).toBe('Map, a local variable of consume() at /srv/shop/src/store.js:7, which waits');
  });
});

describe('a property', () => {
  it('of a class is called by the class', async () => {
    const way = 'context $Pool -> pool\npool .open -> array\narray {elements} -> elements';
    const nodes = { pool: { type: 'closure', name: 'Pool', at: '5:1' } };
    const { text } = await describeHolder(way, (i) => `elements #${i} -> session${i}`, nodes);
    expect(text).toBe(
      '`open` (Array), a property of Pool (/srv/shop/src/store.js:5), reached through `Pool` in module scope of /srv/shop/src/store.js',
    );
  });

  it('of an instance is called by its class, and by what leads there', async () => {
    const way = 'context $cache -> cache\ncache .byKey -> map\nmap {table} -> table';
    const { text } = await describeHolder(way, element, { cache: { name: 'Cache', at: '8:2' } });
    expect(text).toBe(
      '`byKey` (Map) of Cache (/srv/shop/src/store.js:8), reached through `cache` in module scope of /srv/shop/src/store.js',
    );
  });

  it('that a module exports is called by the module', async () => {
    const way = `
      global .modules -> modules
      modules ./srv/shop/src/jobs.js -> module
      module .exports -> object
      object .queue -> array
      array {elements} -> elements`;
    const nodes = { modules: { name: 'Object' }, module: { name: 'Module' } };
    const { text } = await describeHolder(way, (i) => `elements #${i} -> session${i}`, nodes);
    expect(text).toMatch(/^`(exports\.)?queue` \(Array\).*\/srv\/shop\/src\/jobs\.js$/);
  });

  it('is named by its file, too, where only the module that required it leads there', async () => {
    const way = `
      context $process -> process
      process .mainModule -> main
      main .children -> children
      children [0] -> module
      module .filename -> filename
      module .exports -> object
      object .queue -> array
      array {elements} -> elements`;
    const nodes = {
      main: { name: 'Module' },
      children: { name: 'Array' },
      module: { name: 'Module' },
      filename: { type: 'string', name: '/srv/shop/src/jobs.js' },
    };
    const { text } = await describeHolder(way, (i) => `elements #${i} -> session${i}`, nodes);
    expect(text).toMatch(/^`(exports\.)?queue` \(Array\).*, exported by \/srv\/shop\/src\/jobs\.js$/);
  });
});

describe('what holds by keys', () => {
  it('a module is no owner of what it exports: its file says it all', async () => {
    const way = `
      context $process -> process
      process .mainModule -> module
      module .filename -> filename
      module .exports -> pool
      pool .queue -> array
      array {elements} -> elements`;
    const nodes = {
      module: { name: 'Module', at: '297:16' },
      pool: { name: 'Object' },
      filename: { type: 'string', name: '/srv/shop/src/jobs.js' },
    };
    const { text } = await describeHolder(way, (i) => `elements #${i} -> session${i}`, nodes);
    expect(text).toBe('`queue` (Array), exported by /srv/shop/src/jobs.js');
  });

  it('what a module keeps besides its exports is not exported by it', async () => {
    const way = `
      context $process -> process
      process .mainModule -> module
      module .filename -> filename
      module .children -> array
      array {elements} -> elements`;
    const nodes = {
      module: { name: 'Module' },
      filename: { type: 'string', name: '/srv/shop/src/hot.js' },
    };
    const { text } = await describeHolder(way, (i) => `elements #${i} -> session${i}`, nodes);
    expect(text).toBe('`children` (Array) of the module /srv/shop/src/hot.js');
  });

  it('a dictionary is one holder, whatever its keys', async () => {
    const { text, suspect } = await describeHolder(
      'context $byToken -> object',
      (i) => `object .token-${i} -> session${i}`,
    );
    expect(text).toBe('`byToken` (Object), a variable in module scope of /srv/shop/src/store.js');
    expect(suspect.growthCount).toBe(12);
  });

  it('a list of listeners is called by the emitter it belongs to', async () => {
    const way = `
      context $bus -> emitter
      emitter ._events -> object
      object .close -> array
      array {elements} -> elements`;
    const nodes = {
      emitter: { name: 'EventEmitter' },
      onClose: { type: 'closure', name: 'onClose', at: '31:22', selfSize: LARGE },
    };
    const { text, suspect } = await describeHolder(way, (i) => `elements #${i} -> onClose${i}`, nodes);
    expect(text).toMatch(/^`_events\.close` \(Array\) of EventEmitter/);
    expect(suspect.constructor).toMatchObject({ name: 'Function', function: 'onClose' });
  });
});

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

describe('a chain', () => {
  it('is one suspect of as many links', async () => {
    const before = `${MODULE} context $head -> link0`;
    const after = `${before}\n${times(200, (i) => `link${i} .next -> link${i + 1}`)}`;
    const suspects = await findSuspectsIn(before, after, { link: { name: 'Link', selfSize: 512 } });
    expect(suspects).toHaveLength(1);
    expect(suspects[0]).toMatchObject({ constructor: { name: 'Link' } });
    expect(suspects[0]!.growthCount).toBeGreaterThan(190);
    expect(suspects[0]!.holder.text).toContain('head');
  });
});

describe('growth in place', () => {
  it('holds itself, and counts no object', async () => {
    const edges = `${MODULE} context $samples -> array\narray {elements} -> elements`;
    const small = { elements: { type: 'array', name: '', selfSize: 1024 } };
    const large = { elements: { type: 'array', name: '', selfSize: 400_000 } };
    const { suspects } = await diffPrograms({ edges, nodes: small }, { edges, nodes: large });
    expect(suspects[0]).toMatchObject({ growthCount: 0, constructor: { name: 'Array' } });
    expect(suspects[0]!.holder.text).toBe('`samples` (Array), a variable in module scope of /srv/shop/src/store.js');
  });
});
