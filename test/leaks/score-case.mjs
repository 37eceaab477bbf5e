/** One case, one way: run it in a process of its own, ask heapdiff, judge the answer. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { judge } from './judge.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.resolve(here, '../..');
const runFile = promisify(execFile);
const MOST_OUTPUT = 256 * 1024 * 1024;
const LONGEST_MS = 120_000;

export const casesFolder = path.join(here, 'cases');

/** Ids of all cases, sorted. */
export function listCases() {
  const isCase = (id) => fs.existsSync(path.join(casesFolder, id, 'case.json'));
  return fs.readdirSync(casesFolder).filter(isCase).sort();
}

export function readCase(id) {
  return JSON.parse(fs.readFileSync(path.join(casesFolder, id, 'case.json'), 'utf8'));
}

/** Whether a case needs packages from the registry. */
export function needsPackages(id) {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(casesFolder, id, 'package.json'), 'utf8'));
  return dependencies !== undefined;
}

/**
 * Scores a case. Its app runs where it lies, unless `folder` names a copy that has its packages installed. `heapdiff` is
 * the command line's main file.
 */
export async function scoreCase(id, way, { folder = path.join(casesFolder, id), heapdiff } = {}) {
  const spec = readCase(id);
  const out = fs.mkdtempSync(path.join(os.tmpdir(), `heapdiff-leak-${id}-`));
  try {
    const inputs = await makeInputs(spec, way, folder, out);
    const cli = heapdiff ?? path.join(project, 'dist/cli/main.js');
    const { stdout } = await node([cli, ...inputs, '--json'], process.env);
    return { spec, ...judge(spec, JSON.parse(stdout), way) };
  } finally {
    fs.rmSync(out, { recursive: true, force: true });
  }
}

async function makeInputs(spec, way, folder, out) {
  const { LEAK_FIXED: _, ...env } = process.env;
  if (way === 'control') env.LEAK_FIXED = '1';
  const caseFile = path.join(casesFolder, spec.id, 'case.json');
  const flags = ['--expose-gc', ...(spec.nodeFlags ?? [])];
  const { stdout } = await node([...flags, path.join(here, 'run-case.cjs'), folder, caseFile, out, way, project], env);
  return JSON.parse(stdout.trim().split('\n').at(-1)).inputs;
}

function node(args, env) {
  return runFile(process.execPath, args, { env, maxBuffer: MOST_OUTPUT, timeout: LONGEST_MS });
}
