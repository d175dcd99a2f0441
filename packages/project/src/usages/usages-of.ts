// Lists where the code of the monorepo loads prompts, with the versions that are loaded now.

import { hasErrors, parseVersionNumber } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import type { Outcome } from "../read/outcome.js";
import { NO_TEXTS, type Project } from "../read/project.js";
import { unknownName } from "../read/resolve-reference.js";
import { mayLoad } from "./resolve-usages.js";
import { searchCodeFor } from "./search-code.js";
import type { ResolvedUsage } from "./usage.js";

/**
 * @param reference A prompt or one of its versions, for its certain and possible usages. Default: all.
 * @returns Sorted by file and place.
 */
export async function usagesOf(
  project: Project,
  reference: string | undefined,
): Promise<Outcome<readonly ResolvedUsage[]>> {
  const { snapshot, diagnostics: found } = await project.snapshot({ texts: NO_TEXTS });
  if (snapshot === undefined) return { kind: "broken", diagnostics: found };
  const { usages: all, diagnostics: unsearched } = await searchCodeFor(snapshot, project, true);
  const diagnostics = [...found, ...unsearched];
  if (hasErrors(unsearched)) return { kind: "broken", diagnostics };
  if (reference === undefined) return { kind: "found", value: all, diagnostics };
  const { name, ref } = parseRef(reference) ?? { name: reference, ref: undefined };
  const prompts = [...snapshot.working, ...snapshot.versions].map((prompt) => prompt.name);
  const names = new Set([...prompts, ...all.map((usage) => usage.name ?? "")]);
  if (!names.has(name)) {
    const { problem, hint } = unknownName(name, names);
    return { kind: "unknown", problem: `${problem}, and no code loads one of this name`, hint, diagnostics };
  }
  const isNamed = (usage: ResolvedUsage) => usage.name === undefined || usage.name === name;
  const number = ref === undefined ? undefined : parseVersionNumber(ref);
  const isAsked = (usage: ResolvedUsage) =>
    ref === undefined ||
    (usage.dynamic && (number === undefined || mayLoad(snapshot, usage, name, number))) ||
    usage.ref === ref ||
    usage.versions.some((version) => `v${version}` === ref);
  return { kind: "found", value: all.filter((usage) => isNamed(usage) && isAsked(usage)), diagnostics };
}
