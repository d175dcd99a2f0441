// Finds why a version or alias cannot be used: the findings about it, and about the files that name it.

import {
  type Diagnostic,
  diagnose,
  PROMPT_EXTENSION,
  parseVersionNumber,
  type Snapshot,
  type VersionId,
  versionsOf,
  versionTag,
} from "@cuecard/model";
import { ALIASES_FILE, LOCK_FILE, parseRef, type ReadResult } from "@cuecard/registry";

/** What was read of a project. */
export interface FoundProblems {
  readonly snapshot: Snapshot;
  readonly brokenAliases: ReadResult["brokenAliases"];
  /** Tags of versions that a frozen lock does not have. */
  readonly unlocked: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The findings that explain why a reference cannot be resolved; empty if it names something that never existed. */
export function findReasons(reference: string, problems: FoundProblems): Diagnostic[] {
  const parsed = parseRef(reference);
  if (parsed === undefined) return [];
  const { name, ref = "latest" } = parsed;
  const own = problems.diagnostics.filter(isReason).filter(({ subject }) => subject?.name === name);
  const isOfFile = ({ subject, file }: Diagnostic) =>
    subject?.version === undefined && file === `${problems.snapshot.promptsDir}/${name}${PROMPT_EXTENSION}`;
  if (ref === "working") return own.filter(isOfFile);
  const ofVersions = own.filter(({ subject }) => subject?.version !== undefined && subject.alias === undefined);
  const version = parseVersionNumber(ref);
  if (ref === "latest" || version !== undefined) {
    const asked = ofVersions.filter(({ subject }) => version === undefined || subject?.version === version);
    const found = parsed.ref === undefined ? [...asked, ...own.filter(isOfFile)] : asked;
    if (found.length === 0 && version !== undefined) found.push(...ofUnlocked({ name, version }, problems));
    return found.length > 0 || !isKnown(name, problems.snapshot) ? found : ofWholeFile(problems, LOCK_FILE);
  }
  const ofAlias = own.filter(({ subject }) => subject?.alias === ref);
  const pointer = problems.brokenAliases.find((entry) => entry.name === name && entry.alias === ref);
  if (pointer !== undefined) {
    const versions = versionsOf(pointer.target);
    return [...ofAlias, ...ofVersions.filter(({ subject }) => versions.includes(subject?.version ?? 0))];
  }
  if (ofAlias.length > 0 || !isKnown(name, problems.snapshot)) return ofAlias;
  const ofPrompt = own.filter(({ file, subject }) => file === ALIASES_FILE && subject?.alias === undefined);
  return [...ofPrompt, ...ofWholeFile(problems, ALIASES_FILE)];
}

/** The findings that explain why a version does not compile, or the working file if the version is `undefined`. */
export function findContentProblems(
  { name, version }: { readonly name: string; readonly version: number | undefined },
  { snapshot, diagnostics }: FoundProblems,
): Diagnostic[] {
  return diagnostics.filter(({ subject, stage, file, revision }) => {
    if (subject !== undefined)
      return subject.name === name && subject.version === version && subject.alias === undefined;
    if (revision !== undefined) return false;
    // The working tree's partials concern working files only; the project's helpers concern released versions as well.
    const isInPrompts = file.startsWith(`${snapshot.promptsDir}/`);
    if (version === undefined && isInPrompts) return true;
    return stage === "compile" && !(isInPrompts && file.endsWith(PROMPT_EXTENSION));
  });
}

/** Errors; and the warnings that a tag's commit has no such prompt, and that an alias waits for a release. */
function isReason({ code, severity }: Diagnostic): boolean {
  return severity === "error" || code === "tag/prompt-missing" || code === "alias/nothing-released";
}

function ofUnlocked(id: VersionId, { unlocked }: FoundProblems): Diagnostic[] {
  const tag = versionTag(id);
  if (!unlocked.includes(tag)) return [];
  return [diagnose("lock/missing-line", { tag, pointer: undefined }, { file: LOCK_FILE }, id)];
}

/** Errors in a file that are not about one of its entries: the unreadable part may concern any entry. */
function ofWholeFile({ diagnostics }: FoundProblems, file: string): Diagnostic[] {
  return diagnostics.filter((one) => one.file === file && one.severity === "error" && one.subject === undefined);
}

function isKnown(name: string, { workingNames, versions }: Snapshot): boolean {
  return workingNames.includes(name) || versions.some((version) => version.name === name);
}
