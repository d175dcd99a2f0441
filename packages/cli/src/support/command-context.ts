// What every command gets: the terminal, the chosen folder, and colors for both output streams.

import path from "node:path";
import { choosePaint, type Paint } from "../terminal/paint.js";
import type { Terminal } from "../terminal/terminal.js";

export interface GlobalOptions {
  readonly cwd?: string;
  readonly color?: boolean;
  readonly offline?: boolean;
}

export interface CommandContext {
  readonly terminal: Terminal;
  /** The folder the command works in, absolute. */
  readonly dir: string;
  /** Colors of standard output and of standard error. */
  readonly paint: Paint;
  readonly errorPaint: Paint;
  /** Whether this runs in CI, where prompts.lock is not changed unless an option allows it. */
  readonly automated: boolean;
  /** Whether the network must not be used. */
  readonly offline: boolean;
}

/** @param searchParents Whether to look for the project in the folders above as well. */
export async function commandContext(
  terminal: Terminal,
  options: GlobalOptions,
  searchParents = true,
): Promise<CommandContext> {
  const wanted = options.color === false ? false : undefined;
  const ci = terminal.env["CI"];
  return {
    terminal,
    dir: await chooseFolder(terminal.cwd, options.cwd, searchParents),
    paint: choosePaint(terminal, terminal.stdout, wanted),
    errorPaint: choosePaint(terminal, terminal.stderr, wanted),
    offline: options.offline ?? false,
    automated: ci !== undefined && ci !== "" && ci !== "0" && ci !== "false",
  };
}

async function chooseFolder(from: string, given: string | undefined, searchParents: boolean): Promise<string> {
  if (given !== undefined) return path.resolve(from, given);
  if (!searchParents) return from;
  const { findProject } = await import("@cuecard/project/references");
  return findProject(from);
}

/** The project's folder, relative to the user's; empty if they are the same. */
export function folderFromHere({ terminal, dir }: CommandContext): string {
  return path.relative(terminal.cwd, dir).split(path.sep).join("/");
}

/** The branch or commit that a pull request is to be merged into, as GitHub and GitLab name it. */
export function baseOfPullRequest(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const branch = env["GITHUB_BASE_REF"];
  if (branch) return `origin/${branch}`;
  return env["CI_MERGE_REQUEST_DIFF_BASE_SHA"] || undefined;
}
