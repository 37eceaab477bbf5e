/** What a holder is called: a property, a dictionary, what grew in place. */
import { describe, expect, it } from 'vitest';
import { describeHolder, element } from '../../support/describe-holder';
import { diffPrograms, findSuspectsIn, LARGE, MODULE, times } from '../../support/program-heap';

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
