// The adapter over isomorphic-git: no git program needed. Refs are read by refs.ts, because isomorphic-git's own listing
// grows with the square of the tags; objects are read by id with one shared cache.

import * as fs from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { diagnose } from "@cuecard/model";
import type { RepositoryFacts } from "./preflight.js";
import { BLOB_LIMIT, type GitObject, type GitObjectType, type GitReader, RepositoryUnreadable } from "./reader.js";
import { readTagRefs } from "./refs.js";

/** Opens a repository with isomorphic-git. The caller has made sure that it can be read (see preflight.ts). */
export function openIsomorphic(facts: RepositoryFacts): GitReader {
  let cache: object = {};
  let packs: string | undefined;

  async function readOnce(oid: string): Promise<GitObject | undefined> {
    const git = await import("isomorphic-git");
    try {
      const { type, object } = await git.readObject({ fs, gitdir: facts.commonDir, oid, format: "content", cache });
      const data = object as Buffer; // `content` is always bytes
      const skipped = type === "blob" && data.length > BLOB_LIMIT;
      return { type: type as GitObjectType, size: data.length, data: skipped ? Buffer.alloc(0) : data };
    } catch (error) {
      if (error instanceof git.Errors.NotFoundError) return undefined;
      throw error;
    }
  }

  async function readObject(oid: string): Promise<GitObject | undefined> {
    const used = cache;
    try {
      const object = await readOnce(oid);
      if (object !== undefined || !(await packsChanged())) return object;
    } catch {
      // Below: once more. The message may hold file contents, and is not shown.
    }
    // A `gc` meanwhile moved objects into packs that the cache does not know.
    if (cache === used) cache = {};
    try {
      return await readOnce(oid);
    } catch {
      const problem = `object ${oid} cannot be read`;
      throw new RepositoryUnreadable(diagnose("git/failed", { problem }, { file: "." }));
    }
  }

  /** Whether packs came or went since the last time this was asked. */
  async function packsChanged(): Promise<boolean> {
    const before = packs;
    packs = (await readdir(join(facts.commonDir, "objects/pack")).catch(() => [])).sort().join("\n");
    return packs !== before;
  }

  return {
    adapter: "isomorphic",
    prefix: facts.prefix,
    shallow: facts.shallow,
    concurrency: 16,
    listTags: () => readTagRefs(facts.commonDir),
    readObject,
    close: async () => {
      cache = {};
    },
  };
}
