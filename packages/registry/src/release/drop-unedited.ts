// Working files can differ from the commit without an edit: git's attributes change text at a checkout (`ident`,
// a filter), and files that git ignores are in no commit. What git calls clean is not reported as edited.

import { PROMPT_EXTENSION, schemaName } from "@cuecard/model";
import { readFileStates } from "../git/file-states.js";
import type { OpenRepository } from "../repository/repository.js";
import type { ReleaseCandidate } from "./release-plan.js";

/**
 * The digests of working files, where those of unedited files are the commit's; without files that git ignores.
 *
 * @param working By name. git is asked only if one differs.
 */
export async function dropUnedited(
  repository: OpenRepository,
  working: ReadonlyMap<string, string>,
  candidates: readonly ReleaseCandidate[],
): Promise<ReadonlyMap<string, string>> {
  const { reader, promptsDir } = repository;
  const committed = new Map(candidates.map(({ name, digest }) => [name, digest]));
  const differing = [...working].filter(([name, digest]) => committed.get(name) !== digest);
  if (differing.length === 0) return working;
  const folder = `${reader.prefix}${promptsDir}/`;
  const states = await readFileStates(repository, folder);
  if (states === undefined) return working;
  const isShared = (path: string) =>
    path.split("/").at(-1)?.startsWith("_") === true || schemaName(path.slice(folder.length)) !== undefined;
  const hasEditedShared = [...states.keys()].some(isShared);
  const kept = new Map(working);
  for (const [name] of differing) {
    const state = states.get(`${folder}${name}${PROMPT_EXTENSION}`);
    const digest = committed.get(name);
    if (state === "ignored") kept.delete(name);
    else if (state === undefined && digest !== undefined && !hasEditedShared) kept.set(name, digest);
  }
  return kept;
}
