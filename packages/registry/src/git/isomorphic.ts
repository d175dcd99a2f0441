// The adapter for isomorphic-git, which needs no git program. Refs are read by refs.ts, because the time of
// isomorphic-git's own listing grows with the square of the number of tags. Objects are read by id, with one shared
// cache.

import { BLOB_LIMIT } from "../disk/text.js";
import { keepDeltaBases } from "./delta-bases.js";
import { createObjectFiles } from "./object-files.js";
import { parseTagObject } from "./objects.js";
import type { RepositoryFacts } from "./preflight.js";
import { type GitObject, type GitObjectType, type GitReader, unreadable } from "./reader.js";
import { readBranchRefs, readRef, readTagRefs } from "./refs.js";
import { verifyObject } from "./verify-object.js";
import { walkFirstParents, walkOutside, walkToMergeBase } from "./walk-history.js";

/** Opens a repository with isomorphic-git. The caller must check that it can be read (see preflight.ts). */
export function openIsomorphic(facts: RepositoryFacts): GitReader {
  let loaded: Promise<typeof import("isomorphic-git")> | undefined;
  const look = () => ({ cache: {}, fs: createObjectFiles(facts.commonDir) });
  let view = look();

  async function readOnce(oid: string): Promise<GitObject | undefined> {
    loaded ??= import("isomorphic-git");
    const git = await loaded;
    const { fs, cache } = view;
    try {
      const { type, object } = await git.readObject({ fs, gitdir: facts.commonDir, oid, format: "content", cache });
      await keepDeltaBases(cache);
      const data = object as Buffer; // `content` is always bytes
      const skipped = type === "blob" && data.length > BLOB_LIMIT;
      return verifyObject(oid, {
        type: type as GitObjectType,
        size: data.length,
        data: skipped ? Buffer.alloc(0) : data,
      });
    } catch (error) {
      if (error instanceof git.Errors.NotFoundError) return undefined;
      throw error;
    }
  }

  async function readObject(oid: string): Promise<GitObject | undefined> {
    const used = view;
    try {
      const object = await readOnce(oid);
      if (object !== undefined || !(await used.fs.packsChanged())) return object;
    } catch {
      // It is tried again below. The message is not shown, because it may contain file contents.
    }
    // A concurrent `gc` may have moved objects into packs that this view does not know.
    if (view === used) view = look();
    try {
      return await readOnce(oid);
    } catch {
      const problem = `object ${oid} cannot be read`;
      throw unreadable("git/failed", { problem });
    }
  }

  async function resolveCommit(name: string): Promise<string | undefined> {
    let oid = (await readRef(facts, name)) ?? (await expandId(name));
    for (let depth = 0; oid !== undefined && depth < 16; depth++) {
      const object = await readObject(oid);
      if (object?.type === "commit") return oid;
      oid = object?.type === "tag" ? parseTagObject(object.data)?.target : undefined;
    }
    return undefined;
  }

  async function expandId(id: string): Promise<string | undefined> {
    if (!/^[0-9a-f]{4,40}$/.test(id)) return undefined;
    if (id.length === 40) return id;
    loaded ??= import("isomorphic-git");
    const git = await loaded;
    const { fs, cache } = view;
    return git.expandOid({ fs, gitdir: facts.commonDir, oid: id, cache }).catch(() => undefined);
  }

  return {
    adapter: "isomorphic",
    prefix: facts.prefix,
    shallow: facts.shallow,
    concurrency: 16,
    async listTags(names, ignoresCase = false) {
      const all = await readTagRefs(facts.commonDir);
      const fold = (name: string) => (ignoresCase ? name.toLowerCase() : name);
      const wanted = names && new Set(names.map(fold));
      const tags = wanted === undefined ? all : all.filter(({ name }) => wanted.has(fold(name.replace(/@.*$/, ""))));
      // Tags that are new since the last listing may lead to objects that are new as well.
      view = look();
      return { text: JSON.stringify(tags), names: () => tags.map(({ name }) => name), refs: async () => tags };
    },
    hasTags: async () => (await readTagRefs(facts.commonDir)).length > 0,
    resolveCommit,
    listBranches: () => readBranchRefs(facts.commonDir),
    findOutside: (commits, heads) => walkOutside({ readObject }, commits, heads),
    listFirstParents: (heads) => walkFirstParents({ readObject }, heads),
    findMergeBase: (one, other) => walkToMergeBase({ readObject }, one, other),
    listFileCommits: undefined,
    listChanges: undefined,
    readObject,
    async readLargeText(oid) {
      loaded ??= import("isomorphic-git");
      const git = await loaded;
      const { fs, cache } = view;
      const read = await git.readBlob({ fs, gitdir: facts.commonDir, oid, cache }).catch(() => undefined);
      return read && Buffer.from(read.blob).toString("utf8");
    },
    fetchTogether: undefined,
    fetchProblem: () => undefined,
    forgetMissing() {
      view = look();
    },
    close: async () => {},
  };
}
