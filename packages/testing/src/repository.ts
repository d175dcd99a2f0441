// Real git repositories, made from a script of files, commits and tags.

import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, onRemoval } from "./folders.js";
import { runGit } from "./run-git.js";

/** Texts, or bytes, by path. */
type Files = Readonly<Record<string, string | Uint8Array>>;

interface TagOptions {
  /** Replaces a tag of this name. */
  readonly force?: boolean;
  /** What is tagged; HEAD by default. */
  readonly at?: string;
}

export interface TestRepository {
  /** The top of the working tree. */
  readonly dir: string;
  /** Runs git in the working tree. Returns its output without trailing newlines. */
  git(...args: string[]): string;
  /** Writes files of the working tree. */
  write(files: Files): TestRepository;
  /** Writes one file of the working tree. */
  write(file: string, text: string | Uint8Array): TestRepository;
  /** Removes a file or folder from the working tree. */
  remove(file: string): TestRepository;
  /** Commits the whole working tree. Returns the commit's id. */
  commit(message?: string): string;
  /** Makes a tag, which is annotated if it has notes. */
  tag(name: string, notes?: string, options?: TagOptions): TestRepository;
  /** Sets who commits, for commands that do not have the environment of {@link git}. */
  identify(): TestRepository;
  /** Writes, commits and tags one version of a prompt. Returns the commit's id. */
  release(name: string, version: number, text: string, notes?: string): string;
}

interface RepositoryOptions {
  /** The name of the working tree's folder. */
  readonly name?: string;
  /** Further arguments of `git init`. */
  readonly init?: readonly string[];
}

/** A new repository in a temporary folder, without commits. */
export function createRepository({ name = "project", init = [] }: RepositoryOptions = {}): TestRepository {
  const dir = createFolder(name);
  if (init.length > 0) runGit(dir, ["init", "--quiet", "--initial-branch=main", ...init]);
  else initialize(dir);
  return openRepository(dir);
}

let initialized: string | undefined;
onRemoval(() => {
  initialized = undefined;
});

/** As `git init` does, which runs once in a test file; without its sample hooks. */
export function initialize(dir: string): void {
  if (initialized === undefined) {
    initialized = createFolder();
    runGit(initialized, ["init", "--quiet", "--initial-branch=main", "--template="]);
    for (const folder of ["hooks", "info"]) mkdirSync(path.join(initialized, ".git", folder));
  }
  cpSync(initialized, dir, { recursive: true });
}

/** The same operations on a repository that exists: a clone, a worktree. */
export function openRepository(dir: string): TestRepository {
  const repository: TestRepository = {
    dir,
    git: (...args) => runGit(dir, args),
    write(files: string | Files, text: string | Uint8Array = "") {
      for (const [file, content] of Object.entries(typeof files === "string" ? { [files]: text } : files)) {
        mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
        writeFileSync(path.join(dir, file), content);
      }
      return repository;
    },
    remove(file) {
      rmSync(path.join(dir, file), { recursive: true });
      return repository;
    },
    commit(message = "Change") {
      runGit(dir, ["add", "--all"]);
      runGit(dir, ["commit", "--quiet", "--allow-empty", "-m", message]);
      return headOf(dir) ?? runGit(dir, ["rev-parse", "HEAD"]);
    },
    tag(name, notes, { force = false, at = "HEAD" } = {}) {
      const kind = notes === undefined ? [] : ["-a", "-m", notes];
      runGit(dir, ["tag", ...(force ? ["-f"] : []), ...kind, name, at]);
      return repository;
    },
    identify() {
      appendFileSync(path.join(dir, ".git/config"), "[user]\n\tname = Ada\n\temail = ada@example.com\n");
      return repository;
    },
    release(name, version, text, notes) {
      const commit = repository.write(`prompts/${name}.md`, text).commit(`${name} v${version}`);
      repository.tag(`${name}@v${version}`, notes);
      return commit;
    },
  };
  return repository;
}

/** The commit of the current branch, read from its file: undefined where git keeps it elsewhere, as in a worktree. */
function headOf(dir: string): string | undefined {
  try {
    const head = readFileSync(path.join(dir, ".git/HEAD"), "utf8").trim();
    const id = head.startsWith("ref: ") ? readFileSync(path.join(dir, ".git", head.slice(5)), "utf8").trim() : head;
    return /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}
