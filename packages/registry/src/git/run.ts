// Runs the git program for reading, in a clean environment: neither the caller's hooks nor a repository's settings can
// make it write, prompt, fetch or run anything.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { RepositoryFacts } from "./preflight.js";
import { unreadable } from "./reader.js";

/** git is not on the PATH, or the program with this name is not git. */
export class GitUnavailable extends Error {}

export interface ReadingOptions {
  /** Another repository to work in; see scratch-repository.ts. */
  readonly gitDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What git reads from its standard input. */
  readonly input?: string;
}

/** Switches off the programs that git runs by itself. */
export const RUNS_NOTHING: readonly string[] = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];

/** Starts git in a repository. */
export function spawnGit(
  facts: RepositoryFacts,
  args: readonly string[],
  options: ReadingOptions = {},
): ChildProcessWithoutNullStreams {
  // A bare repository is passed explicitly, because git must not discover one. All others are left to git's discovery,
  // which checks their owner.
  const gitDir = options.gitDir ?? (facts.bare ? facts.gitDir : undefined);
  const where = gitDir === undefined ? ["-C", facts.top] : [`--git-dir=${gitDir}`];
  const safe = ["-c", "safe.bareRepository=explicit", ...RUNS_NOTHING];
  return spawn("git", ["--no-pager", ...where, ...safe, ...args], {
    env: { ...cleanEnvironment(process.env), ...options.environment },
    windowsHide: true,
    stdio: "pipe",
  });
}

/** Runs git and returns its output; if it fails, throws an error that explains the problem to the user. */
export async function runGit(facts: RepositoryFacts, args: readonly string[]): Promise<GitOutput> {
  const output = await tryGit(facts, args);
  if (output.code !== 0) throw explainFailure(output.messages, facts.top);
  return output;
}

/** Runs git and returns its output, even if it fails. */
export async function tryGit(
  facts: RepositoryFacts,
  args: readonly string[],
  options: ReadingOptions = {},
): Promise<GitOutput> {
  const child = spawnGit(facts, args, options);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const code = await new Promise<number>((done, fail) => {
    child.on("error", (error) => fail(new GitUnavailable(error.message)));
    child.on("close", (exit) => done(exit ?? 1));
  });
  return { code, text: Buffer.concat(stdout).toString("utf8"), messages: Buffer.concat(stderr).toString("utf8") };
}

export interface GitOutput {
  /** The exit code. */
  readonly code: number;
  readonly text: string;
  /** What git wrote to its standard error: warnings. */
  readonly messages: string;
}

/** Turns git's error message into one for the user. */
export function explainFailure(messages: string, dir: string): Error {
  const line = /^(?:fatal|error): (.*)$/m.exec(messages)?.[1];
  if (line === undefined) return new GitUnavailable(messages);
  if (line.includes("dubious ownership")) return unreadable("git/dubious-ownership", { dir });
  if (line.includes("not a git repository")) return unreadable("git/not-a-repository", { dir, released: false });
  const extension = /unknown repository extension|repository extension|unknown object format|unknown ref storage/i;
  if (extension.test(line)) {
    const names = messages.split("\n").slice(1).join(" ").trim();
    const feature = names === "" ? line : `the extension ${names}`;
    return unreadable("git/unsupported", { feature, adapter: "native" });
  }
  return unreadable("git/failed", { problem: line });
}

/** Where the settings of the user and of the machine are. */
const SETTINGS = new Set(["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"]);

/** The environment without the variables that redirect git. (A hook that runs Cuecard sets GIT_DIR and others.) */
function cleanEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isKept = (name: string) => SETTINGS.has(name) || !name.startsWith("GIT_");
  const kept = Object.entries(environment).filter(([name]) => isKept(name.toUpperCase()));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    // Before 2.45, git fetches the missing objects of a partial clone although it must not: with a program that the
    // repository's settings name. It refuses transports that are not listed here.
    GIT_ALLOW_PROTOCOL: "none",
  };
}
