// Ends a run: prints `N passed, N failed` from vitest's JSON report, and the steps besides it that failed.
//
// count-tests.ts <report.json> <exit code of the tests> <number of other steps that failed>

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What is read of vitest's JSON report, whose format is Jest's. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/**
 * @param report The report's text; `undefined` when the tests did not come to write one.
 * @param testsCode The exit code of the test run.
 */
export function countTests(report: string | undefined, testsCode: number, failedSteps: number): string {
  const { numPassedTests, numFailedTests, testResults } =
    report === undefined ? { numPassedTests: 0, numFailedTests: 0, testResults: [] } : (JSON.parse(report) as Report);
  // A file that cannot be loaded has no tests to count.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const counted = numFailedTests + brokenFiles;
  const unexplained = (testsCode !== 0 && counted === 0) || report === undefined ? 1 : 0;
  return `${numPassedTests} passed, ${counted + unexplained + failedSteps} failed`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file = "", testsCode, failedSteps] = process.argv.slice(2);
  console.log(countTests(readText(file), Number(testsCode), Number(failedSteps)));
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
