// What the step passes to the scripts about the pull request, and the files through which they pass their results on.
import { readFileSync } from "node:fs";

export const {
  GITHUB_SERVER_URL: server = "https://github.com",
  GITHUB_REPOSITORY: repository = "",
  GITHUB_RUN_ID: run,
  GITHUB_OUTPUT: outputs,
  GITHUB_STEP_SUMMARY: summary,
  CUECARD_ALIAS: alias = "",
  CUECARD_BASE: base = "main",
  CUECARD_BRANCH: branch = "",
  CUECARD_PLAN: planPath = "",
  CUECARD_STATE: statePath = "",
  CUECARD_RECORDED: recordedPath = "",
  CUECARD_REPORT: report = "",
  CUECARD_RECORDING: recordingPath = "",
} = process.env;

export const readPlan = () => JSON.parse(readFileSync(planPath, "utf8")).plan;
export const readState = () => JSON.parse(readFileSync(statePath, "utf8"));
export const readRecorded = () => readFileSync(recordedPath, "utf8").split("\n").filter(Boolean);
