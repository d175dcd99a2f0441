import { expect, it } from "vitest";
import { countTests } from "./count-tests.js";

const file = (status: string, tests: number) => ({ status, assertionResults: new Array(tests).fill({}) });
const report = (numPassedTests: number, numFailedTests: number, ...testResults: unknown[]) =>
  JSON.stringify({ numPassedTests, numFailedTests, testResults });

it.each([
  ["all pass", [[report(7, 0, file("passed", 7)), 0]], 0, "7 passed, 0 failed"],
  ["tests fail", [[report(5, 2, file("failed", 7)), 1]], 0, "5 passed, 2 failed"],
  ["a file cannot be loaded", [[report(5, 0, file("passed", 5), file("failed", 0)), 1]], 0, "5 passed, 1 failed"],
  ["an error outside of any test", [[report(5, 0, file("passed", 5)), 1]], 0, "5 passed, 1 failed"],
  ["other steps fail", [[report(5, 1, file("failed", 6)), 1]], 2, "5 passed, 3 failed"],
  ["the tests did not start", [[undefined, 1]], 0, "0 passed, 1 failed"],
  ["the tests ended well and left no report", [[undefined, 0]], 0, "0 passed, 1 failed"],
  [
    "of two runs, one fails",
    [
      [report(5, 0, file("passed", 5)), 0],
      [report(2, 1, file("failed", 3)), 1],
    ],
    1,
    "7 passed, 2 failed",
  ],
  [
    "of two runs, one did not start",
    [
      [report(5, 0, file("passed", 5)), 0],
      [undefined, 1],
    ],
    0,
    "5 passed, 1 failed",
  ],
] as const)("%s", (_, runs, failedSteps, line) => {
  const testRuns = runs.map(([text, exitCode]) => ({ report: text, exitCode }));
  expect(countTests(testRuns, failedSteps)).toBe(line);
});
