import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { ROOT, runCli } from '../support/run-cli';

const version = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')).version;

describe('--help', () => {
  it.each([
    [['--help']],
    [['compare', '--help']],
    [['summary', '--help']],
    [['verify', '--help']],
    [['ps', '--help']],
    [['capture', '--help']],
  ])('%j prints usage and examples to stdout in 80 columns', (args) => {
    const { status, stdout, stderr } = runCli(args);
    expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: '' });
    expect(stdout).toMatch(/^Usage: heapdiff/);
    expect(stdout).toMatch(/Examples?:\n {2}heapdiff/);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('lists every command and every exit status', () => {
    const { stdout } = runCli(['--help']);
    for (const command of ['compare', 'summary', 'verify', 'ps', 'capture'])
      expect(stdout).toContain(`\n  ${command} `);
    for (const status of Object.values(EXIT).filter((value) => value < 100))
      expect(stdout).toMatch(new RegExp(`\\b${status} [a-z]`));
  });
});

it('--version', () => {
  expect(runCli(['--version'])).toEqual({ status: EXIT.done, stdout: `${version}\n`, stderr: '' });
});

it('loads neither the heap engine nor the tables for --help', () => {
  const { stdout } = runCli(['--help'], { env: { NODE_DEBUG: 'module' } });
  expect(stdout).toMatch(/^Usage/);
  const loaded = runCli(['--help'], { env: { NODE_DEBUG: 'module' } }).stderr.match(/load "[^"]+"/g) ?? [];
  expect(loaded.some((line) => line.includes('/commander/'))).toBe(true);
  expect(loaded.filter((line) => /\/(heap|diff|agent|cli-table3)\//.test(line))).toEqual([]);
});
