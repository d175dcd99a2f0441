// For tests: makes real git repositories from a script of files, commits and tags. Everything is deterministic: the same
// script gives the same object ids.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TestRepository {
  /** The top of the working tree. */
  readonly dir: string;
  /** Runs git here and gives its output, trimmed. */
  git(...args: string[]): string;
  /** Writes a file of the working tree. */
  write(path: string, text: string | Uint8Array): TestRepository;
  /** Removes a file or folder of the working tree. */
  remove(path: string): TestRepository;
  /** Commits the whole working tree; gives the commit's id. */
  commit(message?: string): string;
  /** Tags HEAD: annotated where there is a message. */
  tag(
    name: string,
    options?: { readonly message?: string; readonly force?: boolean; readonly at?: string },
  ): TestRepository;
  /** Writes, commits and tags one version of a prompt; gives the commit's id. */
  release(name: string, version: number, text: string, message?: string): string;
}

const made: string[] = [];

/** A folder that {@link removeRepositories} removes. */
export function createFolder(name = "folder"): string {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), "cuecard-")));
  made.push(parent);
  const dir = join(parent, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** A new repository in a temporary folder, without commits. */
export function createRepository(
  options: { readonly name?: string; readonly init?: readonly string[] } = {},
): TestRepository {
  const dir = createFolder(options.name ?? "project");
  runGit(dir, ["init", "--quiet", "--initial-branch=main", ...(options.init ?? [])]);
  return openRepository(dir);
}

/** The same operations on a repository that is there already (a clone, a worktree). */
export function openRepository(dir: string): TestRepository {
  const repository: TestRepository = {
    dir,
    git: (...args) => runGit(dir, args),
    write(path, text) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
      return repository;
    },
    remove(path) {
      rmSync(join(dir, path), { recursive: true });
      return repository;
    },
    commit(message = "A commit") {
      runGit(dir, ["add", "--all"]);
      runGit(dir, ["commit", "--quiet", "--allow-empty", "-m", message]);
      return runGit(dir, ["rev-parse", "HEAD"]);
    },
    tag(name, { message, force, at } = {}) {
      const kind = message === undefined ? [] : ["-a", "-m", message];
      runGit(dir, ["tag", ...(force ? ["-f"] : []), ...kind, name, at ?? "HEAD"]);
      return repository;
    },
    release(name, version, text, message) {
      const commit = repository.write(`prompts/${name}.md`, text).commit(`${name} v${version}`);
      repository.tag(`${name}@v${version}`, message === undefined ? {} : { message });
      return commit;
    },
  };
  return repository;
}

/** Removes every folder made so far; for `afterAll`. */
export function removeRepositories(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** Runs git in a folder, whatever the machine's own settings are. */
export function runGit(dir: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  const date = "2026-01-01T00:00:00Z";
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return execFileSync("git", ["-c", "protocol.file.allow=always", ...args], {
    cwd: dir,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...Object.fromEntries(inherited),
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      GIT_AUTHOR_NAME: "Test",
      GIT_AUTHOR_EMAIL: "test@example.com",
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: "Test",
      GIT_COMMITTER_EMAIL: "test@example.com",
      GIT_COMMITTER_DATE: date,
      ...environment,
    },
  }).trim();
}
