// Which findings of a released version a build reports, and how severe they are. A release cannot be edited, so only its
// errors matter. They stop the build only if an alias or `latest` needs the version and there is no code for it.

import { type Diagnostic, diagnose, inRevision, type VersionSnapshot, versionTag } from "@cuecard/model";
import type { CompiledResult } from "./compile-content.js";

export function releaseFindings(version: VersionSnapshot, { value, diagnostics }: CompiledResult): Diagnostic[] {
  const errors = diagnostics
    .filter(({ severity }) => severity === "error")
    .map((error) => inRevision(error, { version: version.version }, version));
  if (version.targeted) return value === undefined ? errors : errors.map(asWarning);
  return value === undefined ? [leftOut(version, errors)] : [];
}

function asWarning(error: Diagnostic): Diagnostic {
  return { ...error, severity: "warning" };
}

/** The package lacks a version that nothing points at: one warning, at the first of its errors. */
function leftOut(version: VersionSnapshot, [first, ...others]: readonly Diagnostic[]): Diagnostic {
  if (first === undefined) throw new Error(`${versionTag(version)} did not compile, and no diagnostic explains why`);
  const args = { tag: versionTag(version), first: first.message, others: others.length };
  return diagnose("version/left-out", args, first, version);
}
