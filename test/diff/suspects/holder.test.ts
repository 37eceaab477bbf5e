/** What a holder is called: a variable. */
import { describe, expect, it } from 'vitest';
import { describeHolder, element } from '../../support/describe-holder';
import { LARGE } from '../../support/program-heap';

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
