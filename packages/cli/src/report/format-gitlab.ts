// Findings as a code quality report, which GitLab shows in merge requests.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

import { type Diagnostic, formatPlace, type Severity } from "@cuecard/model";
import { fingerprints, inRepository } from "./in-repository.js";
import { toJson } from "./json.js";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

/** @param folder The project's folder, relative to the top of the repository; empty if it is the top. */
export function formatGitlab(diagnostics: readonly Diagnostic[], folder: string): string {
  const keys = fingerprints(diagnostics);
  const issues = diagnostics.map((diagnostic, index) => ({
    description:
      diagnostic.ref === undefined ? diagnostic.message : `${formatPlace(diagnostic)}: ${diagnostic.message}`,
    check_name: diagnostic.code,
    fingerprint: keys[index],
    severity: SEVERITIES[diagnostic.severity],
    location: {
      path: inRepository(diagnostic.file, folder),
      // GitLab wants a line. A version's lines are not those of the file in the working tree.
      lines: { begin: (diagnostic.ref === undefined ? diagnostic.range?.start.line : undefined) ?? 1 },
    },
  }));
  return `${toJson(issues)}\n`;
}
