// Finds the repository of a folder from the files on disk, without asking git.
// Layout: https://git-scm.com/docs/gitrepository-layout

import { existsSync, readFileSync, type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export interface GitDir {
  /** The top of the working tree. */
  readonly root: string;
  /** The folder that holds HEAD of this working tree. */
  readonly gitDir: string;
  /** The folder that holds refs and objects. In a linked worktree it differs from `gitDir`. */
  readonly commonDir: string;
}

/**
 * The nearest repository at or above a folder, whose path is taken as it is (symbolic links are not resolved).
 * `undefined` if there is none, and for a bare repository.
 */
export function findGitDir(from: string): GitDir | undefined {
  for (let root = resolve(from); ; root = dirname(root)) {
    const gitDir = resolveGitDir(join(root, ".git"));
    if (gitDir !== undefined) return { root, gitDir, commonDir: commonDirOf(gitDir) };
    if (dirname(root) === root) return undefined;
  }
}

/** Whether a folder has what git requires of a repository. */
export function looksLikeGitDir(dir: string): boolean {
  return ["HEAD", "objects", "refs"].every((name) => existsSync(join(dir, name)));
}

/**
 * `.git` is a folder or, in linked worktrees and submodules, a file that names one. As in git, such a file counts even if
 * it leads nowhere: the repository above is another one.
 */
function resolveGitDir(dotGit: string): string | undefined {
  const kind = statOf(dotGit);
  if (kind === undefined) return undefined;
  if (kind.isDirectory()) return looksLikeGitDir(dotGit) ? dotGit : undefined;
  const target = /^gitdir: (.+?)\s*$/.exec(readText(dotGit) ?? "")?.[1];
  return target === undefined ? dotGit : resolve(dirname(dotGit), target);
}

/** `undefined` also for a path below a file. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

function commonDirOf(gitDir: string): string {
  const pointer = readText(join(gitDir, "commondir"));
  return pointer === undefined ? gitDir : resolve(gitDir, pointer.trim());
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
