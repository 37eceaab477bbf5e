import vm from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeapInspector } from '../../src/agent/heap-inspector';

let inspector: HeapInspector;
beforeEach(() => {
  inspector = new HeapInspector();
});
afterEach(() => inspector.close());

function loadScript(filename: string, sourceMapUrl: string): vm.Script {
  const script = new vm.Script(`(function () {});\n//# sourceMappingURL=${sourceMapUrl}\n`, { filename });
  // Before it runs a script belongs to no context, and the inspector does not know it.
  script.runInThisContext();
  return script;
}

describe('HeapInspector', () => {
  it('lists scripts with their source maps, but no map written out as a long URL, and none of Node itself', () => {
    const kept = [
      loadScript('/app/short.js', 'short.js.map'),
      loadScript('/app/long.js', `data:application/json;base64,${'A'.repeat(5000)}`),
    ];
    const scripts = inspector.listScripts();
    expect(scripts.find(({ url }) => url.endsWith('/app/short.js'))).toMatchObject({ sourceMapUrl: 'short.js.map' });
    expect(scripts.find(({ url }) => url.endsWith('/app/long.js'))).not.toHaveProperty('sourceMapUrl');
    expect(scripts.some(({ url }) => url.endsWith('/app/long.js'))).toBe(true);
    expect(scripts.filter(({ url }) => url === '' || url.startsWith('node:'))).toEqual([]);
    expect(kept).toHaveLength(2);
  });

  it('samples what is allocated and kept, and says that it does', () => {
    expect(inspector.isSampling()).toBe(false);
    inspector.startSampling(1024);
    expect(inspector.isSampling()).toBe(true);
    const kept = Array.from({ length: 2000 }, function allocateKept(_, id) {
      return { id, more: [id] };
    });
    const profile = inspector.stopSampling();
    expect(inspector.isSampling()).toBe(false);
    expect(JSON.stringify(profile.head)).toContain('allocateKept');
    expect(profile.samples.length).toBeGreaterThan(10);
    expect(kept).toHaveLength(2000);
  });

  it('throws what the inspector answers', () => {
    expect(() => inspector.stopSampling()).toThrow(/not started/);
  });

  it('ends sampling when it is closed', () => {
    const other = new HeapInspector();
    other.startSampling(65_536);
    expect(inspector.isSampling()).toBe(true);
    other.close();
    expect(inspector.isSampling()).toBe(false);
  });
});
