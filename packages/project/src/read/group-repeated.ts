// Reports one cause once. A shallow clone lacks the commits of many versions: one diagnostic with a count replaces one for each.

import { compareVersions, type Diagnostic, diagnose, hasCode, sortDiagnostics, versionTag } from "@cuecard/model";

/** How many diagnostics with the same cause are still reported one by one. */
const SINGLY = 3;

/** Makes one diagnostic of those with the same cause, and keeps all others. */
export function groupRepeated(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const causes = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const cause = causeOf(diagnostic);
    if (cause !== undefined) causes.set(cause, [...(causes.get(cause) ?? []), diagnostic]);
  }
  const groups = [...causes.values()].filter((group) => group.length > SINGLY);
  if (groups.length === 0) return diagnostics;
  const grouped = new Set(groups.flat());
  const others = diagnostics.filter((diagnostic) => !grouped.has(diagnostic));
  return sortDiagnostics([...others, ...groups.map(merge).filter((diagnostic) => diagnostic !== undefined)]);
}

/** Diagnostics with the same text here have the same cause. `undefined`: each one needs its own fix. */
function causeOf(diagnostic: Diagnostic): string | undefined {
  const { code } = diagnostic;
  switch (code) {
    case "lock/commit-missing":
    case "lock/missing-line":
    case "tag/object-missing":
    case "tag/not-here":
    case "tag/unsigned":
    case "alias/unusable-version":
      return code;
    default:
      return undefined;
  }
}

function merge(group: readonly Diagnostic[]): Diagnostic | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const versions = group.flatMap(({ subject }) =>
    subject?.version === undefined ? [] : [{ name: subject.name, version: subject.version }],
  );
  const tags = [...new Set(versions.sort(compareVersions).map(versionTag))];
  const files = new Set(group.map(({ file }) => file));
  // A tag without a line is reported at the prompt's file: several of them are about no file.
  const place = { file: files.size === 1 ? first.file : "." };
  if (hasCode(first, "lock/commit-missing")) return diagnose("lock/commit-missing", { ...first.args, tags }, place);
  if (hasCode(first, "lock/missing-line")) return diagnose("lock/missing-line", { ...first.args, tags }, place);
  if (hasCode(first, "tag/object-missing")) return diagnose("tag/object-missing", { ...first.args, tags }, place);
  if (hasCode(first, "tag/not-here")) return diagnose("tag/not-here", { ...first.args, tags }, place);
  if (hasCode(first, "tag/unsigned")) return diagnose("tag/unsigned", { ...first.args, tags }, place);
  if (hasCode(first, "alias/unusable-version"))
    return diagnose("alias/unusable-version", { ...first.args, tags }, place);
  return undefined;
}
