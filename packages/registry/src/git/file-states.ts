// The states that git reports for the files of a folder in the working tree: unchanged, edited, untracked or ignored.

import { withoutOwnFilters } from "./named-programs.js";
import type { RepositoryFacts } from "./preflight.js";
import type { GitReader } from "./reader.js";
import { tryGit } from "./run.js";

/** The part of an open repository that these functions need. */
export interface Opened {
  readonly facts: RepositoryFacts;
  readonly reader: GitReader;
}

/** `staged`: only git's index differs from the commit. */
export type FileState = "staged" | "edited" | "untracked" | "ignored";

/** By path relative to the repository's top. Unchanged files have no state. */
export type FileStates = ReadonlyMap<string, FileState>;

/**
 * The states of the files below a folder, which starts one git process. `undefined` with the embedded reader, and where git fails.
 *
 * @param folder Relative to the repository's top, with `/` at the end.
 */
export async function readFileStates({ facts, reader }: Opened, folder: string): Promise<FileStates | undefined> {
  if (reader.adapter !== "native") return undefined;
  const noFilters = await withoutOwnFilters(facts);
  if (noFilters === undefined) return undefined;
  // In a submodule, git would obey the settings of that repository.
  const listed = ["--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored", "--ignore-submodules=all"];
  const { code, text } = await tryGit(facts, [...noFilters, "status", ...listed, "--", `:(top,literal)${folder}`]);
  if (code !== 0) return undefined;
  return new Map(text.split("\0").map((line) => [line.slice(3), stateOf(line.slice(0, 2))]));
}

/** https://git-scm.com/docs/git-status#_short_format */
function stateOf(letters: string): FileState {
  if (letters === "!!") return "ignored";
  if (letters === "??") return "untracked";
  return letters.endsWith(" ") ? "staged" : "edited";
}

/** The rule for which git ignores a file, such as `.gitignore:3`; `undefined` if it is not known. */
export async function findIgnoreRule({ facts }: Pick<Opened, "facts">, path: string): Promise<string | undefined> {
  const { code, text } = await tryGit(facts, ["check-ignore", "--verbose", "--", path]);
  const [, rule] = /^(.+:\d+):[^\t]*\t/.exec(text) ?? [];
  return code === 0 ? rule : undefined;
}
