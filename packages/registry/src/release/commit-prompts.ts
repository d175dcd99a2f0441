// Reads the prompts of a commit, as they would be released.

import { classifyPath, compareText, type Diagnostic, PROMPT_EXTENSION } from "@cuecard/model";
import { mapLimited } from "../disk/map-limited.js";
import { treeOfCommit } from "../git/objects.js";
import { ObjectMissing, TreeReader } from "../git/tree-reader.js";
import type { OpenRepository } from "../repository/repository.js";
import { digestOf } from "../versions/digest.js";
import type { ReleaseCandidate } from "./release-plan.js";

/**
 * The names of the prompts of a commit, sorted.
 *
 * @param isEntered Whether to look into a folder, by its path within the prompts folder. Default: into all.
 */
export async function listCommitPrompts(
  { reader, promptsDir, isIgnored }: OpenRepository,
  commit: string,
  isEntered?: (folder: string) => boolean,
): Promise<string[]> {
  const object = await reader.readObject(commit);
  const root = object === undefined ? undefined : treeOfCommit(object.data);
  if (root === undefined) return [];
  const trees = new TreeReader(reader);
  const folder = await trees.findFolder(root, `${reader.prefix}${promptsDir}`);
  if (folder === undefined) return [];
  const names = (await trees.list(folder, "", isEntered)).flatMap(({ name }) => {
    if (name.split("/").some((segment) => segment.startsWith("."))) return [];
    const kind = classifyPath(name);
    return kind.kind === "prompt" && !isIgnored(name) ? [kind.name] : [];
  });
  return names.sort(compareText);
}

/**
 * The folders on the paths of prompts. What the prompts use can be in any other.
 *
 * @returns Whether a folder is one of them, by its path within the prompts folder.
 */
export function foldersOnPaths(names: Iterable<string>): (folder: string) => boolean {
  const folders = new Set<string>();
  for (const name of names)
    for (let at = name.lastIndexOf("/"); at > 0; at = name.lastIndexOf("/", at - 1)) folders.add(name.slice(0, at));
  return (folder) => folders.has(folder);
}

export interface CommitPrompts {
  readonly candidates: readonly ReleaseCandidate[];
  /** Why some of them cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the content of prompts at a commit. */
export async function readCommitPrompts(
  { reader, contents, promptsDir }: OpenRepository,
  commit: string,
  names: readonly string[],
): Promise<CommitPrompts> {
  const diagnostics: Diagnostic[] = [];
  const candidates = await mapLimited(names, reader.concurrency, async (name) => {
    const result = await contents.readUnderSettings({ name, commit });
    if (result.kind === "content")
      return { name, digest: digestOf(result.content, promptsDir), content: result.content };
    if (result.kind === "invalid") diagnostics.push(...result.diagnostics);
    else if (result.kind !== "prompt-missing") throw new ObjectMissing(`${name}${PROMPT_EXTENSION}`);
    return undefined;
  });
  return { candidates: candidates.filter((candidate) => candidate !== undefined), diagnostics };
}
