// The tables of README.md and docs/performance.md, out of bench/results.json: `node bench/tables.mjs` writes them anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const ORACLE = 'heap-snapshot-toolkit';

/** What each page shows, between two comments that name it. */
const PAGES = [
  { file: '../README.md', name: 'summary', render: renderSummary },
  { file: '../docs/performance.md', name: 'all', render: renderAll },
];

/** Each page as it is and as it should be. */
export function renderPages() {
  const results = JSON.parse(readFileSync(at('results.json'), 'utf8'));
  return PAGES.map(({ file, name, render }) => {
    const text = readFileSync(at(file), 'utf8');
    const [begin, end] = [`<!-- bench: ${name} -->\n`, '<!-- end of bench -->'];
    const from = text.indexOf(begin) + begin.length;
    const to = text.indexOf(end, from);
    if (from < begin.length || to < 0) throw new Error(`${file} has no place for the table "${name}"`);
    return { file: at(file), text, wanted: `${text.slice(0, from)}${render(results)}${text.slice(to)}` };
  });
}

function renderSummary({ sizes }) {
  const rows = sizes.map(({ beforeMegabytes, afterMegabytes, tools }) => {
    const find = (name) => tools.find(({ job, tool }) => job === 'diff' && tool === name);
    const [own, oracle] = [find('heapdiff'), find(ORACLE)];
    const cells = [own, oracle].map(({ seconds, peakMegabytes }) => `${seconds.toFixed(1)} s, ${size(peakMegabytes)}`);
    return [
      `${beforeMegabytes} + ${afterMegabytes} MB`,
      ...cells,
      `${oracle.timeRatio.toFixed(1)}x`,
      oracle.memoryRatio,
    ];
  });
  return table(['pair', 'heapdiff', "DevTools' engine", 'faster by', 'memory'], rows);
}

function renderAll({ sizes }) {
  const head = [
    'files',
    'job',
    'tool',
    'runs',
    'wall clock',
    'fastest',
    'CPU',
    'peak RSS',
    'heapdiff is faster by',
    'memory',
  ];
  const rows = sizes.flatMap(({ beforeMegabytes, afterMegabytes, tools }) =>
    tools.map((row) => {
      const files = row.job === 'diff' ? `${beforeMegabytes} + ${afterMegabytes} MB` : `${beforeMegabytes} MB`;
      if (row.error) return [files, row.job, row.tool, '', `failed: ${row.error}`, '', '', '', '', ''];
      const ratios = row.timeRatio ? [`${row.timeRatio.toFixed(1)}x`, row.memoryRatio] : ['', ''];
      const seconds = [row.seconds, row.fastestSeconds].map((of) => `${of.toFixed(2)} s`);
      const figures = [...seconds, `${row.cpuSeconds.toFixed(2)} s`, size(row.peakMegabytes)];
      return [files, row.job, row.tool, row.runs, ...figures, ...ratios];
    }),
  );
  return table(head, rows);
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');

const size = (megabytes) => (megabytes < 1000 ? `${megabytes.toFixed(0)} MB` : `${(megabytes / 1000).toFixed(1)} GB`);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file, wanted } of renderPages()) writeFileSync(file, wanted);
}
