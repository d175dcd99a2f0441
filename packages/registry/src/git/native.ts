// The adapter for the git program: `for-each-ref` lists the tags, and one `cat-file` process reads all objects.

import { CatFile, type CatFileDialect, catFileArguments } from "./cat-file.js";
import { MissingObjects, type OnFetch } from "./missing-objects.js";
import {
  findMergeBase,
  listBranches,
  listChanges,
  listFileCommits,
  listFirstParents,
  outsideFinder,
} from "./native-history.js";
import type { RepositoryFacts } from "./preflight.js";
import { type GitObject, type GitReader, RepositoryUnreadable, type TagList, type TagRef } from "./reader.js";
import { explainFailure, runGit, spawnGit, tryGit } from "./run.js";
import { verifyObject } from "./verify-object.js";

/** Opens a repository with the git program. The process for objects starts with the first object. */
export function openNative(facts: RepositoryFacts, onFetch?: OnFetch): GitReader {
  const missing = facts.partial && onFetch !== undefined ? new MissingObjects(facts, onFetch) : undefined;
  let objects: Promise<CatFile> | undefined;
  let present: Promise<ReadonlySet<string>> | undefined;

  async function readObject(oid: string): Promise<GitObject | undefined> {
    // git would fetch the missing objects of a partial clone one by one, and might wait for the network or a password.
    if (facts.partial) {
      present ??= listPresentObjects(facts);
      const listing = present;
      if (!(await listing).has(oid)) {
        if (!(await missing?.fetch(oid))) return undefined;
        // Folders come with their subfolders, so all is listed again.
        if (present === listing) present = undefined;
      }
    }
    return missing === undefined ? readPresent(oid) : missing.whileReading(() => readPresent(oid));
  }

  async function fetchTogether(oid: string, others: readonly string[]): Promise<void> {
    present ??= listPresentObjects(facts);
    const here = await present;
    if (here.has(oid)) return;
    for (const other of others) if (!here.has(other)) void missing?.fetch(other);
  }

  async function readPresent(oid: string): Promise<GitObject | undefined> {
    objects ??= startCatFile(facts);
    return verifyObject(oid, await (await objects).read(oid));
  }

  let outside = outsideFinder(facts, { readObject });
  const firstParents = new Map<string, Promise<ReadonlySet<string>>>();

  return {
    adapter: "native",
    prefix: facts.prefix,
    shallow: facts.shallow,
    // More would not be faster, and each request keeps its text in memory. But what is missing is fetched together.
    concurrency: missing === undefined ? 64 : 10_000,
    listTags: (names, ignoresCase) => listTags(facts, names, ignoresCase),
    hasTags: async () => (await runGit(facts, ["for-each-ref", "--count=1", "refs/tags"])).text !== "",
    resolveCommit: (name) => resolveCommit(facts, name),
    listBranches: () => listBranches(facts),
    findOutside: (commits, heads) => outside(commits, heads),
    listFirstParents(heads) {
      const key = heads.join();
      const known = firstParents.get(key) ?? listFirstParents(facts, { readObject }, heads);
      firstParents.set(key, known);
      return known;
    },
    findMergeBase: (one, other) => findMergeBase(facts, one, other),
    // In a partial clone, git would fetch folders one by one.
    listFileCommits: facts.partial ? undefined : (from, paths, limit) => listFileCommits(facts, from, paths, limit),
    listChanges: (heads, folder) => listChanges(facts, heads, folder),
    readObject,
    async readLargeText(oid) {
      const { code, text } = await tryGit(facts, ["cat-file", "blob", oid]);
      return code === 0 ? text : undefined;
    },
    fetchTogether: missing === undefined ? undefined : fetchTogether,
    fetchProblem: () => missing?.problem,
    forgetMissing() {
      present = undefined;
      outside = outsideFinder(facts, { readObject });
      firstParents.clear();
    },
    // If the process did not start, there is nothing to end, and the caller of `readObject` has got the error.
    close: async () => (await objects?.catch(() => undefined))?.close(),
  };
}

async function startCatFile(facts: RepositoryFacts): Promise<CatFile> {
  const dialect = await readDialect(facts);
  return new CatFile(spawnGit(facts, catFileArguments(dialect)), facts.top, dialect);
}

/** What the git program on a PATH understands: asked once in a process. */
const dialects = new Map<string, CatFileDialect>();

async function readDialect(facts: RepositoryFacts): Promise<CatFileDialect> {
  const where = process.env["PATH"] ?? "";
  const known = dialects.get(where);
  if (known !== undefined) return known;
  const { text } = await runGit(facts, ["version"]);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const dialect = Number(major) * 1000 + Number(minor) >= 2036 ? "batch-command" : "batch";
  dialects.set(where, dialect);
  return dialect;
}

const FORMAT = "%(refname:strip=2)%00%(objectname)%00%(symref)";

/** Without a pattern, git would list all refs. No name begins with a dot. */
const NO_TAG: readonly string[] = ["refs/tags/.none"];

async function listTags(facts: RepositoryFacts, names?: readonly string[], ignoresCase = false): Promise<TagList> {
  // git finds these in its sorted list of refs, without reading the rest.
  const patterns = names?.length === 0 ? NO_TAG : (names?.map((name) => `refs/tags/${name}@*`) ?? ["refs/tags"]);
  const options = ignoresCase ? ["--ignore-case"] : [];
  const list = (format: string) => runGit(facts, ["for-each-ref", ...options, `--format=${format}`, ...patterns]);
  // Peeling reads objects, and git fails if one is missing. A list without peeled ids is better than the failure.
  const peels = names === undefined ? "" : "%00%(*objectname)";
  const { text, messages } = await list(`${FORMAT}${peels}`).catch((error: unknown) => {
    if (error instanceof RepositoryUnreadable && error.diagnostic.code === "git/failed") return list(FORMAT);
    throw error;
  });
  let refs: Promise<readonly TagRef[]> | undefined;
  return {
    text: `${text}\n${messages}`,
    names: () => [...text.split("\n").flatMap(nameIn), ...listBroken(messages)],
    // If the tags are the same as before, they are not asked for.
    refs() {
      const tags = parseTags(text, messages);
      refs ??= names === undefined ? peelTags(facts, tags) : Promise.resolve(tags);
      return refs;
    },
  };
}

/** `show-ref` knows from packed-refs what annotated tags peel to, where `for-each-ref` reads their objects. */
async function peelTags(facts: RepositoryFacts, tags: readonly TagRef[]): Promise<TagRef[]> {
  const { text } = await tryGit(facts, ["show-ref", "--tags", "--dereference"]);
  const peeled = new Map<string, string>();
  let last = "";
  for (const line of text.split("\n")) {
    const oid = line.slice(0, line.indexOf(" "));
    if (line.endsWith("^{}")) peeled.set(last, oid);
    last = oid;
  }
  return tags.map((tag) => {
    const own = peeled.get(tag.oid);
    return own === undefined ? tag : { ...tag, peeled: own };
  });
}

function parseTags(text: string, messages: string): TagRef[] {
  const tags = parseTagLines(text.split("\n"));
  for (const name of listBroken(messages)) tags.push({ name, oid: "", problem: "its ref is broken" });
  return tags;
}

function nameIn(line: string): string[] {
  return line === "" ? [] : [line.slice(0, line.indexOf("\0"))];
}

function listBroken(messages: string): string[] {
  const found = messages.matchAll(/^warning: ignoring (?:broken ref|dangling symref) refs\/tags\/(\S+)$/gm);
  return [...found].map(([, name = ""]) => name);
}

/** The tags of some lines of a {@link TagList.text}. Lines without a tag are skipped. */
export function parseTagLines(lines: readonly string[]): TagRef[] {
  return lines.flatMap((line): TagRef[] => {
    const [name, oid, target, peeled] = line.split("\0");
    if (name === undefined || oid === undefined) return [];
    if (target !== "") return [{ name, oid: "", problem: "it is a symbolic ref" }];
    return [peeled ? { name, oid, peeled } : { name, oid }];
  });
}

async function resolveCommit(facts: RepositoryFacts, name: string): Promise<string | undefined> {
  const verify = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const { code, text, messages } = await tryGit(facts, verify);
  if (code === 0) return text.trim();
  // Without a message, the name does not exist. Otherwise the message says why.
  if (messages.includes("dubious ownership")) throw explainFailure(messages, facts.top);
  return undefined;
}

/** The ids of all objects in this clone. Unlike a request for a missing object, the listing never fetches. */
async function listPresentObjects(facts: RepositoryFacts): Promise<ReadonlySet<string>> {
  const { text } = await runGit(facts, [
    "cat-file",
    "--batch-check=%(objectname)",
    "--batch-all-objects",
    "--unordered",
  ]);
  return new Set(text.split("\n"));
}
