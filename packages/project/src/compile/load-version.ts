// One version of one prompt, compiled alone: what `show` and `render` work on.

import type { CompiledVersion, ProjectHelpers } from "@cuecard/build";
import { hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import { describeAliases } from "../read/describe-aliases.js";
import type { Outcome } from "../read/outcome.js";
import type { RegistrySettings } from "../read/read-project.js";
import { type ResolvedReference, resolveReference } from "../read/resolve-reference.js";
import type { Project } from "../settings/open-project.js";
import { compileProject } from "./compile-project.js";
import { findContentProblems, findReasons } from "./find-reasons.js";

export interface LoadedVersion {
  readonly compiled: CompiledVersion;
  /** What was asked for: an alias, `latest`, `working` or `v3`. */
  readonly ref: string;
  /** Every version there is. */
  readonly versions: readonly number[];
  /** The prompt's aliases with what they point at, in words. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Whether the working file says something else than this version. */
  readonly differsFromWorking: boolean;
  /** Whether the prompt's file was deleted. */
  readonly deleted: boolean;
  /** The project's helpers, which the version may call; `undefined` where it has none. */
  readonly helpers: ProjectHelpers | undefined;
}

export interface LoadSettings extends RegistrySettings {
  /** Whom a weighted alias is asked for. */
  readonly key?: string | undefined;
}

export async function loadVersion(
  project: Project,
  reference: string,
  settings: LoadSettings,
): Promise<Outcome<LoadedVersion>> {
  const { key, ...reading } = settings;
  let resolved: ReturnType<typeof resolveReference> | undefined;
  let whole: Snapshot | undefined;
  const asked = parseRef(reference)?.name;
  const { result, diagnostics, brokenAliases, helpers } = await compileProject(project, {
    ...reading,
    wantsContent: ({ name, digest }) => name === asked && !settings.cache.hasCompiled(digest),
    versions: "all",
    working: true,
    select(snapshot) {
      whole = snapshot;
      resolved = resolveReference(snapshot, reference, key);
      return "problem" in resolved ? selectNothing(snapshot) : selectVersion(snapshot, resolved);
    },
  });
  if (whole === undefined || resolved === undefined) return { kind: "broken", diagnostics };
  if ("problem" in resolved) {
    const reasons = findReasons(reference, { snapshot: whole, brokenAliases, diagnostics });
    if (reasons.length > 0) return { kind: "broken", diagnostics: reasons };
    return { kind: "unknown", ...resolved, diagnostics };
  }
  const { name, version, ref } = resolved;
  const compiled = result?.prompts
    .find((prompt) => prompt.name === name)
    ?.versions.find((candidate) => candidate.version === version);
  if (compiled === undefined) {
    const content = { name, version: version === "working" ? undefined : version };
    const own = findContentProblems(content, { snapshot: whole, brokenAliases, diagnostics });
    return { kind: "broken", diagnostics: hasErrors(own) ? own : diagnostics };
  }
  const working = whole.working.find((prompt) => prompt.name === name);
  return {
    kind: "found",
    diagnostics: sortDiagnostics(diagnostics),
    value: {
      compiled,
      ref,
      versions: whole.versions.filter((candidate) => candidate.name === name).map((candidate) => candidate.version),
      aliases: describeAliases(whole.aliases).get(name) ?? {},
      differsFromWorking: version !== "working" && working !== undefined && working.digest !== compiled.digest,
      deleted: !whole.workingNames.includes(name),
      helpers: helpers.helpers,
    },
  };
}

function selectNothing(snapshot: Snapshot): Snapshot {
  return { ...snapshot, working: [], workingPartials: [], versions: [], aliases: [] };
}

function selectVersion(snapshot: Snapshot, { name, version }: ResolvedReference): Snapshot {
  if (version === "working")
    return {
      ...selectNothing(snapshot),
      working: snapshot.working.filter((prompt) => prompt.name === name),
      workingPartials: snapshot.workingPartials,
    };
  return {
    ...selectNothing(snapshot),
    // Targeted: what is wrong with it is an error, and not only a reason to leave it out.
    versions: snapshot.versions
      .filter((candidate) => candidate.name === name && candidate.version === version)
      .map((found) => ({ ...found, targeted: true })),
  };
}
