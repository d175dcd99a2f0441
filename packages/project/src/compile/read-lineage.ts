// Finds the names that a prompt had before, and the one that it has now, without reading all prompts.

import { findMentions } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { compileContents } from "./compile.js";
import { formerNames } from "./former-names.js";

/**
 * The part of a project that is about a prompt under all its names; `undefined` if the prompt has no file: any other prompt, also a
 * deleted one, may then have taken its place.
 */
export async function readLineage(project: Project, name: string): Promise<Project | undefined> {
  const names = new Set([name]);
  for (;;) {
    const part = project.about([...names]);
    const { snapshot, result } = await compileContents(part, { versions: "aliased", working: true });
    if (snapshot?.working.some((prompt) => prompt.name === name) !== true) return undefined;
    const found = formerNames(name, result?.prompts ?? []);
    // Those that name this prompt as one that they were renamed from.
    if (names.size === 1) found.push(...findMentions(project.repository, "renamed_from", name));
    if (found.every((one) => names.has(one))) return part;
    for (const one of found) names.add(one);
  }
}
