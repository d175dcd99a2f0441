// Chooses who reads a repository: the git program where it is there and works, isomorphic-git otherwise.

import { type Arguments, type Code, diagnose } from "@cuecard/model";
import { openIsomorphic } from "./isomorphic.js";
import { openNative } from "./native.js";
import { inspectRepository, type RepositoryFacts, unsupportedByIsomorphic } from "./preflight.js";
import { type GitReader, RepositoryUnreadable, type TagRef } from "./reader.js";
import { GitUnavailable } from "./run.js";

/** Who reads git: `auto` takes the git program where there is one. */
export type GitChoice = "auto" | "native" | "isomorphic";

export interface OpenRepository {
  readonly reader: GitReader;
  readonly tags: readonly TagRef[];
}

/**
 * Opens the repository of a folder and lists its tags (only that shows whether git works here).
 *
 * @throws {RepositoryUnreadable} with the diagnostic that names the way out.
 */
export async function openRepository(dir: string, choice: GitChoice): Promise<OpenRepository> {
  const facts = inspectRepository(dir);
  if (facts === undefined) throw unreadable("git/not-a-repository", { dir });
  if (choice !== "isomorphic") {
    try {
      return await listed(openNative(facts));
    } catch (error) {
      if (!(error instanceof GitUnavailable)) throw error;
      if (choice === "native") throw unreadable("git/not-installed", {});
    }
  }
  return openEmbedded(facts);
}

/** The choice that the environment makes (`CUECARD_GIT`); anything unknown is `auto`. */
export function gitChoiceOf(environment: NodeJS.ProcessEnv): GitChoice {
  const value = environment["CUECARD_GIT"];
  return value === "native" || value === "isomorphic" ? value : "auto";
}

async function openEmbedded(facts: RepositoryFacts): Promise<OpenRepository> {
  const feature = unsupportedByIsomorphic(facts);
  if (feature !== undefined) throw unreadable("git/unsupported", { feature, adapter: "isomorphic" });
  return listed(openIsomorphic(facts));
}

async function listed(reader: GitReader): Promise<OpenRepository> {
  return { reader, tags: await reader.listTags() };
}

function unreadable<C extends Code>(code: C, args: Arguments<C>): RepositoryUnreadable {
  return new RepositoryUnreadable(diagnose(code, args, { file: "." }));
}
