// Runs the git program for writing, with the user's hooks, settings and identity. Where a killed command must not leave
// half of git's work, git gets a process group of its own.

import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RepositoryFacts } from "./preflight.js";
import type { GitOutput } from "./run.js";

/** The variables that point git at another repository; see `git rev-parse --local-env-vars`. */
const POINTERS = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_QUARANTINE_PATH",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

export interface WritingOptions {
  /** What git reads on its standard input. */
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Whether git keeps running if this process and its group are killed. It has no terminal then, and cannot ask for a
   * password.
   */
  readonly detached?: boolean;
  /** Another repository to work in, with the settings and hooks that the arguments name. */
  readonly gitDir?: string;
}

/** Runs git and returns its output, even if it fails. */
export async function runWriting(
  facts: RepositoryFacts,
  args: readonly string[],
  options: WritingOptions = {},
): Promise<GitOutput> {
  const gitDir = options.gitDir ?? (facts.bare ? facts.gitDir : undefined);
  const where = gitDir === undefined ? ["-C", facts.top] : [`--git-dir=${gitDir}`];
  const command = ["--no-pager", ...where, "-c", "safe.bareRepository=explicit", ...args];
  // Files instead of pipes: a process that outlives ours must still be able to read its input and write its output.
  const folder = await mkdtemp(join(tmpdir(), "cuecard-git-"));
  try {
    const [input, stdout, stderr] = ["input", "stdout", "stderr"].map((name) => join(folder, name)) as Streams;
    writeFileSync(input, options.input ?? "");
    const streams = [openSync(input, "r"), openSync(stdout, "w"), openSync(stderr, "w")];
    let code: number;
    try {
      code = await new Promise<number>((done) => {
        const child = spawn("git", command, {
          env: { ...writingEnvironment(process.env), ...options.environment },
          detached: options.detached ?? false,
          windowsHide: true,
          stdio: streams,
        });
        child.on("error", (error) => {
          writeFileSync(stderr, `fatal: ${error.message}`);
          done(127);
        });
        child.on("exit", (exit) => done(exit ?? 1));
      });
    } finally {
      for (const stream of streams) closeSync(stream);
    }
    return { code, text: readFileSync(stdout, "utf8"), messages: readFileSync(stderr, "utf8") };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Streams = [input: string, stdout: string, stderr: string];

/** The message of git or a hook, line by line, without git's prefixes and its hints. */
export function complaintOf({ messages, code }: GitOutput): string {
  const lines = messages
    .split(/[\r\n]+/)
    .map((line) => line.replace(/^(?:fatal|error): /, "").trimEnd())
    .filter((line) => !/^(?:remote:)?$|^(?:hint|To): |^To /.test(line));
  return lines.length === 0 ? `it ended with code ${code} and no message` : [...new Set(lines)].join("\n");
}

/** Without the variables that redirect git; with messages in English, because some of them are parsed. */
function writingEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !POINTERS.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_NO_REPLACE_OBJECTS: "1" };
}
