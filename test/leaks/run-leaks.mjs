#!/usr/bin/env node
/**
 * Scores heapdiff on all leak cases, those with packages included:
 *   node test/leaks/run-leaks.mjs [--only ID,ID] [--ways agent,bare,control] [--json FILE]
 * Needs a build. Exits with 1 when anything is missed.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { casesFolder, listCases, needsPackages, readCase, scoreCase } from './score-case.mjs';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    ways: { type: 'string', default: 'agent,bare,control' },
    json: { type: 'string' },
  },
});

/** Packages are installed in a copy: the repository stays as it is. Kept between runs. */
function installedCopy(id) {
  const copy = path.join(os.tmpdir(), 'heapdiff-leak-cases', id);
  fs.cpSync(path.join(casesFolder, id), copy, { recursive: true });
  if (!fs.existsSync(path.join(copy, 'node_modules'))) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: copy, stdio: 'ignore' });
  }
  return copy;
}

async function scoreRow(id, way) {
  try {
    const folder = needsPackages(id) ? installedCopy(id) : path.join(casesFolder, id);
    const { spec: _, ...judgement } = await scoreCase(id, way, { folder });
    return { id, way, ...judgement };
  } catch (error) {
    return { id, way, right: false, error: String(error.stderr || error.message).slice(-300) };
  }
}

const describe = ({ verdict, holder = '-', ctor = '-', site = '-', said }) =>
  `verdict=${verdict} holder=${holder} ctor=${ctor} site=${site} | ${said}`;

const only = values.only.split(',').filter(Boolean);
const rows = [];
for (const id of listCases()) {
  if (only.length > 0 && !only.includes(id)) continue;
  for (const way of values.ways.split(',')) {
    // A false alarm is its own control.
    if (way === 'control' && readCase(id).truth.kind === 'none') continue;
    const row = await scoreRow(id, way);
    rows.push(row);
    console.log(`${row.right ? 'ok  ' : 'MISS'} ${id.padEnd(32)} ${way.padEnd(8)} ${row.error ?? describe(row)}`);
  }
}

for (const way of values.ways.split(',')) {
  const own = rows.filter((row) => row.way === way);
  console.log(`${way}: ${own.filter(({ right }) => right).length}/${own.length}`);
}
if (values.json) fs.writeFileSync(values.json, JSON.stringify(rows, null, 1));
process.exitCode = rows.every(({ right }) => right) ? 0 : 1;
