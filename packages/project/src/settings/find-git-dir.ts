// Where a folder's repository keeps its refs, without asking git: `.git` may be a file (worktrees, submodules).

import { readFile, stat } from "node:fs/promises";
import path from "node:path";

export interface GitPlace {
  /** The top of the working tree. */
  readonly root: string;
  /** The folder that holds the refs, shared by all worktrees. */
  readonly commonDir: string;
}

export async function findGitDir(from: string): Promise<GitPlace | undefined> {
  for (let root = path.resolve(from); ; root = path.dirname(root)) {
    const dotGit = path.join(root, ".git");
    const kind = await stat(dotGit).catch(() => undefined);
    if (kind?.isDirectory()) return { root, commonDir: dotGit };
    if (kind?.isFile()) {
      const gitDir = (await firstLine(dotGit))?.replace(/^gitdir:\s*/, "");
      if (gitDir !== undefined) {
        const own = path.resolve(root, gitDir);
        const common = await firstLine(path.join(own, "commondir"));
        return { root, commonDir: common === undefined ? own : path.resolve(own, common) };
      }
    }
    if (root === path.dirname(root)) return undefined;
  }
}

async function firstLine(file: string): Promise<string | undefined> {
  return (await readFile(file, "utf8").catch(() => undefined))?.split("\n", 1)[0]?.trim();
}
