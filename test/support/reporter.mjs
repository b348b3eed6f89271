import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/** Names every test that did not run before jest's own summary, and leaves the counts in the file that `TEST_COUNTS` names. */
export default class Reporter {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap(({ testFilePath, testResults }) =>
      testResults
        .filter(({ status }) => status === 'pending' || status === 'todo')
        .map(({ fullName }) => `  ${relative(process.cwd(), testFilePath)} › ${fullName}`),
    );
    if (skipped.length > 0)
      process.stderr.write(`\nSkipped, because what they need is not here:\n${skipped.join('\n')}\n\n`);
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending } = results;
    const suites = results.numRuntimeErrorTestSuites + (failed === 0 ? results.numFailedTestSuites : 0);
    const counts = { passed, failed: Math.max(failed, suites), skipped: pending };
    if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
  }
}
