// Lists what can be written in a reference: the names of prompts, their versions and aliases. It reads no prompt and no
// object of git, so that a shell can ask at each press of the Tab key.

import { classifyPath, compareText, parseGitTag, promptNameProblem } from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { readProjectFile } from "../git/project-file.js";
import { LOCK_FILE, parseLock } from "../lock/lock-file.js";
import { openIfReadable, type Repository } from "../repository/repository.js";
import { listPromptFiles } from "./list-prompt-files.js";
import { listSkippedFiles } from "./skipped-files.js";

/** A prompt, and what can follow its name in a reference. */
export interface PromptReferences {
  readonly name: string;
  /** Whether its file exists, so that `greet@working` is a reference. */
  readonly hasFile: boolean;
  /** Ascending. */
  readonly versions: readonly number[];
  /** As in aliases.json. */
  readonly aliases: readonly string[];
}

/**
 * Lists every prompt that has a file, a version or an alias, sorted by name. Nothing is verified: a version may be damaged, and
 * an alias may point at nothing. Files that cannot be read add nothing.
 */
export async function listReferences(repository: Repository): Promise<readonly PromptReferences[]> {
  const { dir, tagPrefix = "" } = repository;
  const [opened, lock, aliases] = await Promise.all([
    openIfReadable(repository),
    readProjectFile(dir, LOCK_FILE),
    readProjectFile(dir, ALIASES_FILE),
  ]);
  const found = new Map<string, { hasFile: boolean; versions: Set<number>; aliases: string[] }>();
  const of = (name: string) => {
    const known = found.get(name) ?? { hasFile: false, versions: new Set(), aliases: [] };
    found.set(name, known);
    return known;
  };
  const skipped = await listSkippedFiles(dir, repository.promptsDir, async () => undefined);
  for (const path of [...listPromptFiles(repository, []), ...skipped.keys()]) {
    const file = classifyPath(path);
    if (file.kind === "prompt" && !repository.isIgnored(path)) of(file.name).hasFile = true;
  }
  for (const { name, version } of parseLock(lock?.text ?? "", { resolvesConflicts: true }).lines.values())
    of(name).versions.add(version);
  for (const { name, pointers } of parseAliases(aliases?.text ?? "{}").prompts)
    if (promptNameProblem(name) === undefined) of(name).aliases.push(...pointers.map(({ alias }) => alias));
  for (const tag of opened?.tags.names() ?? []) {
    const id = parseGitTag(tag, tagPrefix);
    // Tags of names that this project does not have usually belong to another project of the repository.
    if (id !== undefined) found.get(id.name)?.versions.add(id.version);
  }
  return [...found]
    .map(([name, { versions, ...rest }]) => ({ name, versions: [...versions].sort((a, b) => a - b), ...rest }))
    .sort((a, b) => compareText(a.name, b.name));
}
