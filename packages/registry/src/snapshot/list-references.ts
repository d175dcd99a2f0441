// Lists what can be written in a reference: the names of prompts, their versions and aliases. It reads no prompt and no
// object of git, so that a shell can ask at each press of the Tab key.

import { aliasNameProblem, classifyPath, compareText, promptNameProblem } from "@cuecard/model";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import { readProjectFile } from "../git/project-file.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import { openIfReadable, type Repository } from "../repository/repository.js";
import { listPromptFiles } from "./list-prompt-files.js";
import { listSkippedFiles } from "./skipped-files.js";

/** A prompt, and what can follow its name in a reference. */
export interface PromptReferences {
  readonly name: string;
  /** Whether its file exists, so that `greet@working` is a reference. */
  readonly hasFile: boolean;
  /** Ascending; not all, if the repository was opened for questions about other prompts. */
  readonly versions: readonly number[];
  /** As in aliases.json. */
  readonly aliases: readonly string[];
}

/**
 * Lists every prompt that has a file, a version or an alias, sorted by name. Nothing is verified: a version may be damaged, and
 * an alias may point at nothing. Files that cannot be read add nothing.
 */
export async function listReferences(repository: Repository): Promise<readonly PromptReferences[]> {
  const { dir, tagPrefix = "", only } = repository;
  const [opened, lock, aliases] = await Promise.all([
    only === undefined ? openIfReadable(repository) : undefined,
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
  // Names that are known need not be checked again, and most are.
  const isName = (name: string) => found.has(name) || promptNameProblem(name) === undefined;
  for (const [name, version] of lockedVersions(lock?.text ?? "", only))
    if (isName(name)) of(name).versions.add(version);
  for (const [name, own] of readEntries(aliases?.text ?? "{}")) if (isName(name)) of(name).aliases.push(...own);
  // Without one of the prompts that are asked about, git need not be started.
  const isAsked = [...(only ?? [])].some((name) => found.has(name));
  const tags = opened ?? (isAsked ? await openIfReadable(repository) : undefined);
  for (const tag of tags?.tags.names() ?? []) {
    const [, name = "", version] = tag.startsWith(tagPrefix) ? (TAG.exec(tag.slice(tagPrefix.length)) ?? []) : [];
    // Tags of names that this project does not have usually belong to another project of the repository.
    found.get(name)?.versions.add(Number(version));
  }
  return [...found]
    .map(([name, { versions, ...rest }]) => ({ name, versions: [...versions].sort((a, b) => a - b), ...rest }))
    .sort((a, b) => compareText(a.name, b.name));
}

/** The start of a line of prompts.lock. Merge conflicts have other lines between. */
const LOCK_LINE = /^(\S+)@v([1-9]\d{0,8}) [0-9a-f]{40}/;
const TAG = /^(.+)@v([1-9]\d{0,8})$/;

/** The lines of prompts.lock. Of prompts that are not asked about, the first is enough. */
function* lockedVersions(text: string, only: Repository["only"]): Iterable<[name: string, version: number]> {
  let skipped = "\n";
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    end = text.indexOf("\n", at);
    if (end === -1) end = text.length;
    if (text.startsWith(skipped, at)) continue;
    const [, name, version] = LOCK_LINE.exec(text.slice(at, end)) ?? [];
    if (name === undefined) continue;
    yield [name, Number(version)];
    if (only?.has(name) === false) skipped = `${name}@`;
  }
}

/** The aliases of each prompt, without their places; none if the text has mistakes. */
function readEntries(text: string): [name: string, aliases: string[]][] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return [];
  }
  if (typeof file !== "object" || file === null) return [];
  return Object.entries(file).flatMap(([name, own]): [string, string[]][] =>
    typeof own === "object" && own !== null
      ? [[name, Object.keys(own).filter((alias) => aliasNameProblem(alias) === undefined)]]
      : [],
  );
}
