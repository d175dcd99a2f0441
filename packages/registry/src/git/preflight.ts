// Looks at a repository's files before any adapter opens it: what kind it is decides who can read it.
// Layout: https://git-scm.com/docs/gitrepository-layout, settings: https://git-scm.com/docs/git-config (extensions.*)

import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

export interface RepositoryFacts {
  /** The folder that holds HEAD of this working tree. */
  readonly gitDir: string;
  /** The folder that holds refs and objects; another one than `gitDir` in a linked worktree. */
  readonly commonDir: string;
  readonly bare: boolean;
  /** The project's folder below the top of the working tree, ending in `/`; empty at the top and in bare repositories. */
  readonly prefix: string;
  readonly shallow: boolean;
  /** Objects may be left out, to be fetched when asked for (`git clone --filter`). */
  readonly partial: boolean;
  /** Objects are borrowed from other repositories. */
  readonly alternates: boolean;
  /** `sha1` or `sha256`. */
  readonly objectFormat: string;
  /** `files` or `reftable`. */
  readonly refStorage: string;
}

/** Finds the repository that a folder belongs to; `undefined` when there is none. */
export async function inspectRepository(dir: string): Promise<RepositoryFacts | undefined> {
  const start = await realpath(dir).catch(() => undefined);
  if (start === undefined) return undefined;
  for (let top = start; ; top = dirname(top)) {
    const gitDir = await resolveGitDir(join(top, ".git"));
    if (gitDir !== undefined) return describe(gitDir, false, start === top ? "" : `${relative(top, start)}/`);
    if (dirname(top) === top) break;
  }
  // A bare repository is read only where the folder named is one: one embedded in a checkout is somebody else's content.
  return (await looksLikeGitDir(start)) ? describe(start, true, "") : undefined;
}

/** What isomorphic-git would silently misread; `undefined` when it can read the repository. */
export function unsupportedByIsomorphic(facts: RepositoryFacts): string | undefined {
  if (facts.objectFormat !== "sha1") return `${facts.objectFormat} object ids`;
  if (facts.refStorage !== "files") return `${facts.refStorage} ref storage`;
  if (facts.alternates) return "objects borrowed from another repository (alternates)";
  return undefined;
}

async function describe(gitDir: string, bare: boolean, prefix: string): Promise<RepositoryFacts> {
  const pointer = await readText(join(gitDir, "commondir"));
  const commonDir = pointer === undefined ? gitDir : resolve(gitDir, pointer.trim());
  const config = parseConfig((await readText(join(commonDir, "config"))) ?? "");
  const shallow = (await readText(join(commonDir, "shallow"))) ?? "";
  return {
    gitDir,
    commonDir,
    bare,
    prefix: prefix.split(sep).join("/"),
    shallow: shallow.trim() !== "",
    partial: config.some(
      ({ key, value }) =>
        key === "extensions.partialclone" || (/^remote\..*\.promisor$/.test(key) && value !== "false"),
    ),
    alternates: ((await readText(join(commonDir, "objects/info/alternates"))) ?? "").trim() !== "",
    objectFormat: last(config, "extensions.objectformat") ?? "sha1",
    refStorage: last(config, "extensions.refstorage") ?? "files",
  };
}

/** `.git` is a folder, or in linked worktrees and submodules a file that names one. */
async function resolveGitDir(dotGit: string): Promise<string | undefined> {
  const kind = await stat(dotGit).catch(() => undefined);
  if (kind === undefined) return undefined;
  if (kind.isDirectory()) return (await looksLikeGitDir(dotGit)) ? dotGit : undefined;
  const target = /^gitdir: (.+?)\s*$/.exec((await readText(dotGit)) ?? "")?.[1];
  return target === undefined ? undefined : resolve(dirname(dotGit), target);
}

async function looksLikeGitDir(dir: string): Promise<boolean> {
  const exists = (name: string) =>
    stat(join(dir, name)).then(
      () => true,
      () => false,
    );
  return (await exists("HEAD")) && (await exists("objects")) && (await exists("refs"));
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

/** Enough of git's config format for flags: `[section "sub"]` and `key = value`; keys come back as `section.sub.key`. */
export function parseConfig(text: string): Setting[] {
  const settings: Setting[] = [];
  let section = "";
  for (const raw of text.split("\n")) {
    const header = /^\s*\[\s*([^\s"\]]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(raw);
    if (header !== null) section = [header[1]?.toLowerCase(), header[2]].filter((part) => part !== undefined).join(".");
    const line = (header?.[3] ?? raw).trim();
    const pair = /^([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/.exec(line);
    if (pair === null || section === "") continue;
    const value = (pair[2] ?? "true").replace(/\s*[#;].*$/, "").replace(/^"(.*)"$/, "$1");
    settings.push({ key: `${section}.${pair[1]?.toLowerCase()}`, value });
  }
  return settings;
}

function last(config: readonly Setting[], key: string): string | undefined {
  return config.findLast((setting) => setting.key === key)?.value.toLowerCase();
}

function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}
