// Adds up vitest's JSON reports in a folder. Prints three numbers, runs, tests passed and tests failed, and appends
// what failed, with the first lines of why, to the file given second.
import fs from 'node:fs';
import path from 'node:path';

/** Lines of a failure's message that say what happened and where. */
const LINES_SHOWN = 15;

const [folder, failures] = process.argv.slice(2);
const totals = { runs: 0, passed: 0, failed: 0 };
for (const name of fs.readdirSync(folder)) {
  const report = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  totals.runs += 1;
  totals.passed += report.numPassedTests;
  const failed = report.testResults.flatMap(listFailures);
  totals.failed += failed.length;
  fs.appendFileSync(failures, failed.map(describe).join(''));
}
console.log(totals.runs, totals.passed, totals.failed);

/** The failed tests of a file, or the file itself where it failed without any of its tests having run. */
function listFailures(file) {
  const name = path.relative(process.cwd(), file.name);
  const failed = file.assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && file.status === 'failed') return [{ name, why: file.message }];
  return failed.map((test) => ({ name: `${name} > ${test.fullName}`, why: test.failureMessages.join('\n') }));
}

function describe({ name, why }) {
  const lines = why.split('\n').slice(0, LINES_SHOWN);
  return `${name}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
