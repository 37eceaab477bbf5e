/** A comparison made by hand, with everything in it that a report can show. */
import type { ConstructorGrowth, HeapDiff, SiteGrowth, Suspect } from '../../src/diff/types';

export const SAMPLE_CWD = '/srv/shop';

const STORE = '/srv/shop/src/store.js';

function row(name: string, numbers: readonly number[], more: Partial<ConstructorGrowth> = {}): ConstructorGrowth {
  const [countBefore, countAfter, shallowDelta, retainedBefore, retainedAfter] = numbers as [number, ...number[]];
  const countDelta = countAfter! - countBefore;
  return {
    name,
    function: null,
    location: null,
    ...{ countBefore, countAfter: countAfter!, countDelta, addedCount: null, removedCount: null },
    ...{ shallowDelta: shallowDelta!, retainedBefore: retainedBefore!, retainedAfter: retainedAfter! },
    retainedDelta: retainedAfter! - retainedBefore!,
    internal: false,
    ...more,
  };
}

const CONSTRUCTORS: readonly ConstructorGrowth[] = [
  row('global', [2, 2, 0, 5_400_000, 32_600_000]),
  row('Map', [27, 27, 430_080, 3_160_976, 30_328_544]),
  row('Session', [1_000, 11_000, 640_000, 2_544_176, 29_024_176], { location: { file: STORE, line: 12, column: 8 } }),
  row('Array', [2_131, 22_149, 4_244_504, 2_169_968, 24_038_888]),
  row('(string)', [37_531, 297_570, 8_180_096, 1_113_632, 9_293_728]),
  row('(compiled code)', [9_000, 9_120, 3_400_000, 900_000, 4_300_000], { internal: true }),
  row('{name, roles, email, createdAt, lastSeenAt, preferences}', [1_001, 11_001, 480_000, 160_056, 1_840_056]),
  row('Function', [1_000, 11_000, 560_000, 90_000, 1_050_000], {
    function: 'onClose',
    location: { file: STORE, line: 31, column: 22 },
  }),
  row('system / Context', [1_000, 11_000, 480_000, 48_000, 528_000], {
    function: 'createSession',
    location: { file: STORE, line: 14, column: 10 },
  }),
  row('Layer', [40, 41, 120, 9_000, 9_400], {
    location: {
      file: '/srv/shop/node_modules/.pnpm/express@4.19.2/node_modules/express/lib/router/layer.js',
      line: 33,
      column: 1,
    },
  }),
  row('evil\u001b[31m\nname', [0, 1, 300, 0, 300]),
  row('Buffer', [10, 4, -600, 9_000, 2_000]),
];

const SITES: readonly SiteGrowth[] = [
  {
    ...{ function: 'createSession', file: STORE, line: 14, column: 10 },
    stack: [
      'set',
      `createSession ${STORE}:14:10`,
      'handleLogin /srv/shop/src/routes/login.js:8:3',
      '(anonymous) /srv/shop/node_modules/express/lib/router/layer.js:95:5',
    ],
    ...{ bytesDelta: 21_000_000, countDelta: 9_000, source: 'sampled' },
  },
  {
    ...{ function: 'parse', file: 'node:internal/url', line: 790, column: 3 },
    ...{ stack: ['parse node:internal/url:790:3'], bytesDelta: 2_100_000, countDelta: 900, source: 'sampled' },
  },
];

const SUSPECTS: readonly Suspect[] = [
  {
    ...{ rank: 1, growthBytes: 26_480_000, growthShare: 0.97, growthCount: 10_000 },
    constructor: { name: 'Session', function: null, location: { file: STORE, line: 12, column: 8 } },
    holder: {
      ...{ name: 'Map', label: 'sessions' },
      path: [
        { edge: 'property', name: 'mainModule', constructor: 'Module' },
        { edge: 'property', name: 'children', constructor: 'Array' },
        { edge: 'element', name: '0', constructor: 'Module' },
        { edge: 'property', name: 'next', constructor: 'Node', repeats: 120 },
        { edge: 'property', name: 'exports', constructor: 'Object' },
        { edge: 'property', name: 'createSession', constructor: 'Function' },
        { edge: 'internal', name: 'context', constructor: 'system / Context' },
        { edge: 'context', name: 'sessions', constructor: 'Map' },
      ],
      text: `\`sessions\` (Map), a variable in module scope of ${STORE}`,
    },
    allocationSites: [
      {
        function: 'createSession',
        file: STORE,
        line: 14,
        column: 10,
        bytes: 21_000_000,
        share: 0.79,
        source: 'sampled',
      },
    ],
  },
  {
    ...{ rank: 2, growthBytes: 400_000, growthShare: 0.015, growthCount: 0 },
    constructor: { name: 'ArrayBuffer', function: null, location: null },
    holder: { name: 'Pool', label: 'pool', path: [], text: '`pool` (Pool), a property of Uploader' },
    allocationSites: [],
  },
];

export const LEAK: HeapDiff = {
  schema: 'heapdiff/report@1',
  before: side('/tmp/heapdiff/shop-4711-1/a.heapsnapshot', 120_146, 403_085, 5_987_163),
  after: side('/tmp/heapdiff/shop-4711-1/b.heapsnapshot', 881_237, 2_467_302, 33_278_443),
  identity: { comparable: false, agreement: 0.1226 },
  verdict: {
    ...{ kind: 'leak', confidence: 'high' },
    summary: `10,000 Session pile up in \`sessions\` (Map) of ${STORE}: 2.6 kB per request that is never given back.`,
  },
  growth: { totalBytes: 27_291_280, perUnit: { unit: 'request', bytes: 2_729, count: 10_000 } },
  suspects: SUSPECTS,
  constructors: CONSTRUCTORS,
  allocationSites: SITES,
  memory: {
    rssDelta: 77_467_648,
    explained: { jsHeapLive: 27_097_408, jsHeapFree: 26_060_480, arrayBuffers: 0, external: 5_949, native: -12_000 },
    unexplained: 24_315_811,
    ...{ rssBefore: 68_349_952, rssAfter: 145_817_600, grew: null },
    parts: [
      { name: 'jsHeapLive', before: 5_401_228, after: 32_400_636, delta: 26_999_408 },
      { name: 'code', before: 410_000, after: 508_000, delta: 98_000 },
      { name: 'jsHeapFree', before: 2_097_152, after: 28_157_632, delta: 26_060_480 },
      { name: 'arrayBuffers', before: 10_507, after: 10_507, delta: 0 },
      { name: 'external', before: 2_030_000, after: 2_035_949, delta: 5_949 },
      { name: 'native', before: 524_000, after: 512_000, delta: -12_000 },
      { name: 'unexplained', before: 57_877_065, after: 82_192_876, delta: 24_315_811 },
    ],
  },
  window: {
    ...{ app: 'shop', pid: 4711, workerId: 2, runMode: 'non-preload', captureMode: 'snapshot', seconds: 93.4 },
    ...{ units: { request: 10_000, job: 1 }, pauseMs: [337, 3_101], skipped: [] },
    floor: [7.2, 8.6, 9.9, 11.3, 12.6, 13.9, 15.4, 16.7, 18.1, 33].map((megabytes) => megabytes * 1e6),
  },
  notes: ['The header of b.heapsnapshot gives 597 trace functions, the file holds 600.'],
};

/** Two bare snapshots of nothing much: no record, no profile, no suspect. */
export const STEADY: HeapDiff = {
  ...LEAK,
  before: side('a.heapsnapshot', 120_146, 403_085, 5_987_163, null),
  after: side('b.heapsnapshot', 120_150, 403_100, 5_988_163, null),
  identity: { comparable: true, agreement: 0.9998 },
  verdict: { kind: 'steady', confidence: 'medium', summary: 'The heap did not grow beyond what any program does.' },
  growth: { totalBytes: 1_000, perUnit: null },
  suspects: [],
  constructors: [row('Layer', [40, 41, 120, 9_000, 9_400], { addedCount: 3, removedCount: 2 })],
  allocationSites: [],
  memory: null,
  window: null,
  notes: [],
};

function side(file: string, nodes: number, edges: number, totalBytes: number, nodeVersion: string | null = 'v20.20.2') {
  return { file, nodeVersion, nodes, edges, totalBytes };
}
