// Ends a run: prints `N passed, N failed` from vitest's JSON reports, and the steps besides them that failed.
//
// count-tests.ts <number of other steps that failed> (<report.json> <exit code of its tests>)…

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What is read of vitest's JSON report, whose format is Jest's. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** One run of vitest. */
export interface TestRun {
  /** The text of its JSON report; `undefined` if the tests did not come to write one. */
  readonly report: string | undefined;
  readonly exitCode: number;
}

/** The line that sums up test runs and other steps. */
export function countTests(runs: readonly TestRun[], failedSteps: number): string {
  const counts = runs.map(countRun);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, failedSteps);
  return `${passed} passed, ${failed} failed`;
}

function countRun({ report, exitCode }: TestRun): { passed: number; failed: number } {
  if (report === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(report) as Report;
  // A file that cannot be loaded has no tests to count.
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const failed = numFailedTests + brokenFiles;
  return { passed: numPassedTests, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [failedSteps, ...rest] = process.argv.slice(2);
  const runs: TestRun[] = [];
  for (let at = 0; at < rest.length; at += 2)
    runs.push({ report: readText(rest[at] ?? ""), exitCode: Number(rest[at + 1]) });
  console.log(countTests(runs, Number(failedSteps)));
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
