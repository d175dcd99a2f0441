// Whether a repository is on GitHub, and its default branch there: from the files of the clone, without asking git or the network.

import { readFileSync } from "node:fs";
import path from "node:path";
import { findGitDir } from "@cuecard/project";

export interface GitHubRepository {
  readonly defaultBranch: string;
}

/** @returns `undefined` if the remote `origin` is not on GitHub (github.com, or a server whose name has "github"). */
export function findGitHub(dir: string): GitHubRepository | undefined {
  const found = findGitDir(dir);
  if (found === undefined) return undefined;
  const read = (folder: string, file: string) => readIfThere(path.join(folder, file)) ?? "";
  const url = originOf(read(found.commonDir, "config"));
  if (url === undefined || !/^(?:\w+:\/\/)?(?:[^@/]*@)?[^/:]*github[^/:]*[/:]/i.test(url)) return undefined;
  const remote = /^ref: refs\/remotes\/origin\/(\S+)/.exec(read(found.commonDir, "refs/remotes/origin/HEAD"))?.[1];
  const own = /^ref: refs\/heads\/(main|master|trunk)\s*$/.exec(read(found.gitDir, "HEAD"))?.[1];
  return { defaultBranch: remote ?? own ?? "main" };
}

function originOf(config: string): string | undefined {
  const section = /^\s*\[remote "origin"\]\s*$([^[]*)/m.exec(config)?.[1];
  return section === undefined ? undefined : /^\s*url\s*=\s*(\S+)/m.exec(section)?.[1];
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
