// Adds up vitest's JSON reports in a folder. Prints three numbers: runs, tests passed, tests failed.
import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const totals = { runs: 0, passed: 0, failed: 0 };
for (const name of fs.readdirSync(folder)) {
  const report = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  totals.runs += 1;
  totals.passed += report.numPassedTests;
  totals.failed += report.numFailedTests + countBrokenFiles(report);
}
console.log(totals.runs, totals.passed, totals.failed);

/** Files that could not be loaded: they failed without any of their tests having run. */
function countBrokenFiles({ testResults }) {
  const isBroken = (file) =>
    file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed');
  return testResults.filter(isBroken).length;
}
