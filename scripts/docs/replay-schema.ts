// packages/cli/schemas/replay.schema.json, generated from the types of a replay: what `cuecard replay --json` prints.

import { reportSchema } from "./report-schema.js";

/** The text of the file. */
export function replaySchema(): string {
  return reportSchema({
    file: "packages/project/src/replay/replay-report.ts",
    type: "ReplayReport",
    title: "Cuecard replay",
    command: "cuecard replay --json",
    diagnostics: "Lines that cannot be read, and candidates that are about no call.",
  });
}
