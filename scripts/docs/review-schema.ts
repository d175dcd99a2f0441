// packages/cli/schemas/review.schema.json, generated from the types of a review: what `cuecard review --format json` prints.

import { reportSchema } from "./report-schema.js";

/** The text of the file. */
export function reviewSchema(): string {
  return reportSchema({
    file: "packages/project/src/review/report.ts",
    type: "Review",
    title: "Cuecard reviews",
    command: "cuecard review --format json",
    diagnostics: "Problems of the project itself, as `cuecard check` prints them.",
  });
}
