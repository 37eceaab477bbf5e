import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors';
import { runCli } from '../support/run-cli';

let folder: string;
const file = (name: string) => path.join(folder, name);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-bad-'));
  const write = (name: string, text: string) => fs.writeFileSync(file(name), text);
  write('empty.heapsnapshot', '');
  write('text.heapsnapshot', 'not a snapshot at all');
  write('other.json', '{"some": "thing"}');
  write('cut.heapsnapshot', '{"snapshot":{"meta":{"node_fields":["type","name"');
  write('noise.gz', '\u001f\u008bnoise');
  fs.mkdirSync(file('no-session'));
  fs.mkdirSync(file('no-end'));
  write('no-end/a.heapsnapshot', '{}');
  write('no-end/b.heapsnapshot.partial', '');
  fs.mkdirSync(file('sessions/shop-1-1'), { recursive: true });
  fs.writeFileSync(file('sessions/shop-1-1/record.json'), '{}');
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Two lines on stderr, what and what to do; nothing on stdout; never a stack. */
function expectFailure(args: readonly string[], status: number, message: RegExp): void {
  const result = runCli(args, { cwd: folder });
  expect(result.stdout).toBe('');
  expect(result.stderr).toMatch(/^heapdiff: .+\n.+\n$/);
  expect(result.stderr).toMatch(message);
  expect(result.stderr).not.toMatch(/^ {4}at /m);
  expect(result.status).toBe(status);
}

describe('bad input ends with status 2', () => {
  it.each([
    [['missing.heapsnapshot', 'missing.heapsnapshot'], /missing\.heapsnapshot does not exist/],
    [['missing-folder'], /missing-folder does not exist/],
    [['empty.heapsnapshot', 'empty.heapsnapshot'], /empty\.heapsnapshot is empty/],
    [['text.heapsnapshot', 'text.heapsnapshot'], /text\.heapsnapshot, byte 0: not a V8 heap snapshot/],
    [['summary', 'other.json'], /other\.json.*: not a V8 heap snapshot/],
    [['summary', 'cut.heapsnapshot'], /cut\.heapsnapshot, byte 49/],
    [['verify', 'cut.heapsnapshot'], /cut\.heapsnapshot, byte 49/],
    [['summary', 'noise.gz'], /noise\.gz/],
    [['summary', 'no-session'], /it is a folder/],
    [['no-session'], /not a heapdiff session folder: it holds no record\.json/],
    [['no-end'], /its second capture is still being written, or was cut off\.\nWait until/],
    [['sessions'], /it holds a session, name one \(newest first: shop-1-1\)/],
    [['sessions/shop-1-1'], /record\.json is not a valid session record/],
  ])('%j', (args, message) => expectFailure(args, EXIT.badInput, message));
});

describe('wrong usage ends with status 3', () => {
  it.each([
    [[], /nothing to compare/],
    [['-', 'a', '-'], /standard input/],
    [['a', 'b', '--values'], /--values needs --suspect/],
    [['a', 'b', '--suspect', '0'], /--suspect.*whole number/],
    [['path', 'a'], /missing required argument 'what'/],
    [['--nonsense', 'a', 'b'], /unknown option '--nonsense'/],
    [['a', 'b', '--jsn'], /unknown option '--jsn'.*--json/],
    [['a', 'b', '--top', '0'], /--top.*whole number/],
    [['a', 'b', '--width', '10'], /--width.*at least 60/],
    [['a', 'b', '--max-memory', '4 apples'], /--max-memory.*512M or 4G/],
    [['a', 'b', '--sort', 'size'], /--sort.*retained, shallow, count/],
    [['a', 'b', '--filter', '('], /--filter.*regular expression/],
    [['a', 'b', '--json', '--markdown'], /exclude each other/],
    [['-', '-'], /standard input/],
    [['text.heapsnapshot'], /a comparison needs two/],
    [['summary'], /missing required argument 'file'/],
    [['summary', 'a', '--node', 'x'], /--node.*id of a node/],
    [['verify', '-'], /standard input/],
  ])('%j', (args, message) => expectFailure(args, EXIT.usage, message));
});

it('--debug adds the stack', () => {
  const { status, stderr } = runCli(['missing', 'missing', '--debug']);
  expect(status).toBe(EXIT.badInput);
  expect(stderr).toMatch(/^heapdiff: missing does not exist/);
  expect(stderr).toMatch(/^ {4}at /m);
  expect(stderr).toMatch(/^caused by .*ENOENT/m);
});
