// Chooses the git adapter of a repository: the git program if it is installed and works, isomorphic-git otherwise.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { LOCK_FILE } from "@cuecard/model";
import { openIsomorphic } from "./isomorphic.js";
import type { KnownTags } from "./known-tags.js";
import type { OnFetch } from "./missing-objects.js";
import { openNative } from "./native.js";
import { inspectRepository, type RepositoryFacts, unsupportedByIsomorphic } from "./preflight.js";
import { type GitReader, type TagList, unreadable } from "./reader.js";
import { GitUnavailable } from "./run.js";

/** Which adapter reads git: `auto` uses the git program if it is installed. */
export type GitChoice = "auto" | "native" | "isomorphic";

export interface OpenGit {
  readonly facts: RepositoryFacts;
  readonly reader: GitReader;
  readonly tagList: TagList;
}

export interface OpenGitOptions {
  readonly choice: GitChoice;
  /** Allows fetching what a partial clone left out. */
  readonly onFetch?: OnFetch | undefined;
  /** See {@link GitReader.listTags}. */
  readonly tagNames?: readonly string[] | undefined;
  /** What the process knows of the tags. Default: nothing. */
  readonly knownTags?: KnownTags | undefined;
}

/**
 * Opens the repository of a folder and lists its tags. (Only listing them shows whether git works here.)
 *
 * @throws {RepositoryUnreadable} with a diagnostic that names the remedy.
 */
export async function openGit(dir: string, options: OpenGitOptions): Promise<OpenGit> {
  const { choice, onFetch } = options;
  const facts = inspectRepository(dir);
  if (facts === undefined)
    throw unreadable("git/not-a-repository", { dir, released: existsSync(join(dir, LOCK_FILE)) });
  if (choice !== "isomorphic") {
    try {
      return await listed(facts, openNative(facts, onFetch), options);
    } catch (error) {
      if (!(error instanceof GitUnavailable)) throw error;
      if (choice === "native") throw unreadable("git/not-installed", {});
    }
  }
  const feature = unsupportedByIsomorphic(facts);
  if (feature !== undefined) throw unreadable("git/unsupported", { feature, adapter: "isomorphic" });
  return listed(facts, openIsomorphic(facts), options);
}

async function listed(
  facts: RepositoryFacts,
  reader: GitReader,
  { tagNames, knownTags }: OpenGitOptions,
): Promise<OpenGit> {
  const list = () => reader.listTags(tagNames);
  const isKnown = knownTags !== undefined && tagNames === undefined && reader.adapter === "native";
  return { facts, reader, tagList: await (isKnown ? knownTags.list(facts, list) : list()) };
}
