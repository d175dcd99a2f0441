// Runs git independently of the machine's settings. The identity and the dates are fixed, so that the same commands create
// the same objects.

import { execFileSync } from "node:child_process";
import os from "node:os";

/** Settings that save time: nothing in a temporary folder has to survive a power failure. */
const SETTINGS = {
  "core.fsync": "none",
  "gc.auto": "0",
  "maintenance.auto": "false",
  "protocol.file.allow": "always",
};

/** Who commits and when, and no settings but {@link SETTINGS}. */
export const gitEnvironment: Readonly<Record<string, string>> = {
  HOME: os.tmpdir(),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_AUTHOR_DATE: "2026-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
  GIT_COMMITTER_DATE: "2026-01-01T00:00:00Z",
  ...settingsAsVariables(SETTINGS),
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

/** See GIT_CONFIG_COUNT in https://git-scm.com/docs/git-config#ENVIRONMENT. */
function settingsAsVariables(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings);
  const variables = entries.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(variables) };
}
