// Finds a `--with` whose version or alias does not exist: it would replay nothing, and a check in CI would pass because of a typing mistake.

import type { Snapshot } from "@cuecard/model";
import { nearestVersion } from "@cuecard/registry";
import { nearest } from "@cuecard/runtime";
import { loadVersion } from "../compile/load-version.js";
import type { Unknown } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import type { UnresolvedReference } from "../read/resolve-reference.js";
import type { Rule } from "./candidates.js";

export async function findUnknownCandidate(
  project: Project,
  snapshot: Snapshot,
  rules: readonly Rule[],
): Promise<Unknown | undefined> {
  for (const { written, name, ref } of rules) {
    const unknown = name === undefined ? findUnknownRef(snapshot, ref) : await findUnknownVersion(project, name, ref);
    if (unknown === undefined) continue;
    return { kind: "unknown", problem: `--with ${written}: ${unknown.problem}`, hint: unknown.hint, diagnostics: [] };
  }
  return undefined;
}

async function findUnknownVersion(
  project: Project,
  name: string,
  ref: string,
): Promise<UnresolvedReference | undefined> {
  const outcome = await loadVersion(project, `${name}@${ref}`, undefined);
  return outcome.kind === "unknown" ? outcome : undefined;
}

/** A candidate for calls of all prompts has to exist for one of them. */
function findUnknownRef({ versions, aliases }: Snapshot, ref: string): UnresolvedReference | undefined {
  const numbers = [...new Set(versions.map(({ version }) => version))].sort((a, b) => a - b);
  const names = ["working", "latest", ...aliases.map(({ alias }) => alias)];
  const isVersion = /^v\d+$/.test(ref);
  if (isVersion ? numbers.includes(Number(ref.slice(1))) : names.includes(ref)) return undefined;
  const near = isVersion
    ? nearestVersion(Number(ref.slice(1)), numbers)
    : nearest(ref, [...names, ...numbers.map((version) => `v${version}`)]);
  return {
    problem: isVersion ? `no prompt has a version ${ref}` : `no prompt has a version or alias "${ref}"`,
    hint: near === undefined ? "run `cuecard list` to see versions and aliases" : `did you mean "${near}"?`,
  };
}
