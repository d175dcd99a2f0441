// A temporary repository without settings, hooks or refs of its own, whose commands read and write the objects of another one:
// git then obeys the settings of the user and the machine, and none that came with the repository.

import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RepositoryFacts } from "./preflight.js";

/** @returns Its folder. The caller removes it. */
export async function createScratch(facts: RepositoryFacts): Promise<string> {
  const gitDir = await mkdtemp(join(tmpdir(), "cuecard-tags-"));
  const format = facts.objectFormat === "sha1" ? "" : `[extensions]\n\tobjectformat = ${facts.objectFormat}\n`;
  const version = format === "" ? 0 : 1;
  await Promise.all([
    mkdir(join(gitDir, "objects")),
    mkdir(join(gitDir, "refs")),
    writeFile(join(gitDir, "HEAD"), "ref: refs/heads/none\n"),
    writeFile(join(gitDir, "config"), `[core]\n\trepositoryformatversion = ${version}\n\tbare = true\n${format}`),
  ]);
  return gitDir;
}

/** The variables that make git use a repository's objects, whatever repository it works in. */
export function objectsOf(facts: RepositoryFacts): Readonly<Record<string, string>> {
  return { GIT_OBJECT_DIRECTORY: join(facts.commonDir, "objects") };
}
