// Inspects the files of a repository before an adapter opens it: its features decide which adapter can read it.
// Layout: https://git-scm.com/docs/gitrepository-layout, settings: https://git-scm.com/docs/git-config (extensions.*)

import { existsSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { readIfPresent } from "../disk/read-if-present.js";
import { findGitDir, type GitDir, looksLikeGitDir } from "./find-git-dir.js";
import { unreadable, unreadableFile } from "./reader.js";

export interface RepositoryFacts {
  /** The folder that holds HEAD of this working tree. */
  readonly gitDir: string;
  /** The folder that holds refs and objects. In a linked worktree it differs from `gitDir`. */
  readonly commonDir: string;
  readonly bare: boolean;
  /** The top of the working tree; for a bare repository, the repository itself. */
  readonly top: string;
  /**
   * The project's folder below the top of the working tree, ending in `/`; empty at the top and in bare repositories.
   */
  readonly prefix: string;
  readonly shallow: boolean;
  /** Some objects are only fetched on demand (`git clone --filter`). */
  readonly partial: boolean;
  /** The remote that has them. */
  readonly promisor: string | undefined;
  /** Some objects are borrowed from other repositories. */
  readonly alternates: boolean;
  /** `sha1` or `sha256`. */
  readonly objectFormat: string;
  /** `files` or `reftable`. */
  readonly refStorage: string;
}

/**
 * Inspects the repository that a folder belongs to; `undefined` if there is none.
 *
 * @throws {RepositoryUnreadable} if its files cannot be read: they would otherwise look like an empty repository.
 */
export function inspectRepository(dir: string): RepositoryFacts | undefined {
  if (!existsSync(dir)) return undefined;
  const start = realpathSync(dir);
  const found = findGitDir(start);
  if (found !== undefined) {
    const missing = findMissingFolder(found);
    if (missing !== undefined) throw unreadable("git/broken-link", { file: join(found.root, ".git"), ...missing });
    return describe(found, start);
  }
  // A bare repository is read only if it is the given folder itself: one inside a checkout is untrusted content.
  return looksLikeGitDir(start) ? describe({ root: start, gitDir: start, commonDir: start }, start) : undefined;
}

/** The feature that isomorphic-git would silently misread; `undefined` if it can read the repository. */
export function unsupportedByIsomorphic(facts: RepositoryFacts): string | undefined {
  if (facts.objectFormat !== "sha1") return `${facts.objectFormat} object ids`;
  if (facts.refStorage !== "files") return `${facts.refStorage} ref storage`;
  if (facts.alternates) return "objects borrowed from another repository (alternates)";
  return undefined;
}

function describe({ root: top, gitDir, commonDir }: GitDir, start: string): RepositoryFacts {
  const config = parseConfig(readText(join(commonDir, "config")) ?? "");
  const shallow = readText(join(commonDir, "shallow")) ?? "";
  return {
    gitDir,
    commonDir,
    bare: gitDir === top,
    top,
    prefix: start === top ? "" : `${relative(top, start).split(sep).join("/")}/`,
    shallow: shallow.trim() !== "",
    partial: config.some(
      ({ key, value }) =>
        key === "extensions.partialclone" || (/^remote\..*\.promisor$/.test(key) && value !== "false"),
    ),
    promisor:
      config.findLast(({ key }) => key === "extensions.partialclone")?.value ??
      config.flatMap(({ key, value }) =>
        value === "false" ? [] : (/^remote\.(.*)\.promisor$/.exec(key)?.[1] ?? []),
      )[0],
    alternates: (readText(join(commonDir, "objects/info/alternates")) ?? "").trim() !== "",
    objectFormat: last(config, "extensions.objectformat") ?? "sha1",
    refStorage: last(config, "extensions.refstorage") ?? "files",
  };
}

/** What the `.git` file of a worktree or submodule leads to, if that is not there. */
function findMissingFolder({ root, gitDir, commonDir }: GitDir): { readonly target: string } | undefined {
  if (gitDir === join(root, ".git") && statSync(gitDir).isDirectory()) return undefined;
  if (!existsSync(join(gitDir, "HEAD"))) return { target: gitDir };
  return ["objects", "refs"].every((name) => existsSync(join(commonDir, name))) ? undefined : { target: commonDir };
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

/**
 * Parses enough of git's config format for flags: `[section "sub"]` and `key = value`, returned as `section.sub.key`.
 */
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

/** A file that cannot be read is not an absent one. */
function readText(path: string): string | undefined {
  try {
    return readIfPresent(path)?.toString("utf8");
  } catch (error) {
    throw unreadableFile(path, error);
  }
}
