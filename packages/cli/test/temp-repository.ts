// Real git repositories for tests, in folders for temporary files.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export interface TempRepository {
  readonly dir: string;
  write(files: Readonly<Record<string, string>>): void;
  /** Commits everything; returns the commit. */
  commit(message?: string): string;
  tag(name: string, notes?: string): void;
  git(...args: string[]): string;
}

const environment = {
  PATH: process.env["PATH"],
  HOME: os.tmpdir(),
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
};

/** A folder that is gone after the test. */
export function tempFolder(): string {
  const dir = realpathSync(mkdtempSync(path.join(os.tmpdir(), "cuecard-test-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  // A place for caches, so that tests do not meet each other's.
  mkdirSync(path.join(dir, "node_modules"));
  return dir;
}

export function tempRepository(files: Readonly<Record<string, string>> = {}): TempRepository {
  const dir = tempFolder();
  const repository: TempRepository = {
    dir,
    write(written) {
      for (const [file, text] of Object.entries(written)) {
        mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
        writeFileSync(path.join(dir, file), text);
      }
    },
    commit(message = "Change") {
      repository.git("add", "-A");
      repository.git("commit", "--quiet", "--allow-empty", "-m", message);
      return repository.git("rev-parse", "HEAD").trim();
    },
    tag(name, notes) {
      if (notes === undefined) repository.git("tag", name);
      else repository.git("tag", "-a", name, "-m", notes);
    },
    git: (...args) => execFileSync("git", args, { cwd: dir, env: environment, encoding: "utf8" }),
  };
  repository.git("init", "--quiet", "-b", "main");
  repository.write({ ".gitignore": "node_modules/\ndist*/\n", ...files });
  return repository;
}

/** Two versions of one prompt; production points at the first. */
export function greetRepository(): TempRepository {
  const repository = tempRepository({
    "prompts/greet.md": "Hello {{name}}!",
    "packages/prompts/package.json": '{ "type": "module" }',
  });
  repository.commit();
  repository.tag("greet@v1", "First version");
  repository.write({ "prompts/greet.md": "---\ndescription: Greets\n---\nHi {{name}}, welcome to {{place}}!" });
  repository.commit();
  repository.tag("greet@v2");
  repository.write({
    "aliases.json": '{\n  "greet": { "production": "v1", "staging": { "v1": 1, "v2": 1 }, "dev": "working" }\n}\n',
  });
  repository.commit();
  return repository;
}
