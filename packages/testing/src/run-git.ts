// Runs git independently of the machine's settings. The identity and the dates are fixed, so that the same commands create
// the same objects.

import { execFileSync } from "node:child_process";
import os from "node:os";
import { gitSettings } from "./hide-machine.js";

/** Who commits and when, and no settings but those of all tests. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  HOME: os.tmpdir(),
  ...gitSettings,
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
  // Submodules are cloned from folders. https://git-scm.com/docs/git-config#ENVIRONMENT
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "protocol.file.allow",
  GIT_CONFIG_VALUE_0: "always",
};

/**
 * Runs git in a folder.
 *
 * @returns Its output without trailing newlines, as `$(git …)` in a shell.
 * @throws Error with what git printed, when it fails.
 */
export function runGit(dir: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): string {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const output = execFileSync("git", args, {
    cwd: dir,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...Object.fromEntries(inherited), ...gitEnvironment, ...environment },
  });
  return output.replace(/\n+$/, "");
}
