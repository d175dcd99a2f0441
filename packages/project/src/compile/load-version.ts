// Compiles one version of one prompt, for `show` and `render`.

import type { CompiledVersion, ProjectHelpers } from "@cuecard/build";
import { hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import { describeAliases } from "../read/describe-aliases.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { type ResolvedReference, resolveReference } from "../read/resolve-reference.js";
import { compileVersions } from "./compile.js";
import { explainUnresolved } from "./explain-unresolved.js";
import { findContentProblems } from "./find-reasons.js";

export interface LoadedVersion {
  readonly compiled: CompiledVersion;
  /** What was asked for: an alias, `latest`, `working` or `v3`. */
  readonly ref: string;
  /** All versions of the prompt. */
  readonly versions: readonly number[];
  /** The prompt's aliases with what they point at, in words. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Whether the working file differs from this version. */
  readonly differsFromWorking: boolean;
  /** Whether the prompt's file was deleted. */
  readonly deleted: boolean;
  /** The project's helpers, which the version may call; `undefined` if it has none. */
  readonly helpers: ProjectHelpers | undefined;
}

/**
 * Reads only the prompt that the reference names. What cannot be loaded is explained by the whole project.
 *
 * @param key Identifies the caller, and selects the version of a weighted alias.
 */
export async function loadVersion(
  project: Project,
  reference: string,
  key: string | undefined,
): Promise<Outcome<LoadedVersion>> {
  const name = parseRef(reference)?.name;
  const outcome = name === undefined ? undefined : await loadFrom(project.about([name]), reference, key);
  return outcome?.kind === "found" ? outcome : loadFrom(project, reference, key);
}

/** @param project All of it, or the part that is about the prompt. */
export async function loadFrom(
  project: Project,
  reference: string,
  key: string | undefined,
): Promise<Outcome<LoadedVersion>> {
  let resolved: ReturnType<typeof resolveReference> | undefined;
  let all: Snapshot | undefined;
  const asked = parseRef(reference)?.name;
  const { result, diagnostics, brokenAliases, unlocked, helpers } = await compileVersions(project, {
    needs: ({ name }) => name === asked,
    select(snapshot) {
      all = snapshot;
      resolved = resolveReference(snapshot, reference, key);
      return "problem" in resolved ? selectNothing(snapshot) : selectVersion(snapshot, resolved);
    },
  });
  if (all === undefined || resolved === undefined) return { kind: "broken", diagnostics };
  const problems = { snapshot: all, brokenAliases, unlocked, diagnostics };
  if ("problem" in resolved) return explainUnresolved(reference, resolved, problems);
  const { name, version, ref } = resolved;
  const compiled = result?.prompts
    .find((prompt) => prompt.name === name)
    ?.versions.find((candidate) => candidate.version === version);
  if (compiled === undefined) {
    const content = { name, version: version === "working" ? undefined : version };
    const own = findContentProblems(content, problems);
    return { kind: "broken", diagnostics: hasErrors(own) ? own : diagnostics };
  }
  const working = all.working.find((prompt) => prompt.name === name);
  return {
    kind: "found",
    diagnostics: sortDiagnostics(diagnostics),
    value: {
      compiled,
      ref,
      versions: all.versions.filter((candidate) => candidate.name === name).map((candidate) => candidate.version),
      aliases: describeAliases(all.aliases).get(name) ?? {},
      differsFromWorking: version !== "working" && working !== undefined && working.digest !== compiled.digest,
      deleted: !all.workingNames.includes(name),
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
    // Targeted: problems of this version are errors, not only a reason to leave it out.
    versions: snapshot.versions
      .filter((candidate) => candidate.name === name && candidate.version === version)
      .map((found) => ({ ...found, targeted: true })),
  };
}
