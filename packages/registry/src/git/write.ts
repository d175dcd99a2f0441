// Runs the git program for writing, with the user's hooks, settings and identity. Where a killed command must not leave
// half of git's work, git gets a process group of its own. Everywhere else, git ends together with this process.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweepLeftovers, temporaryName } from "../disk/leftovers.js";
import { endTogether } from "./end-together.js";
import type { RepositoryFacts } from "./preflight.js";
import type { GitOutput } from "./run.js";

/** The variables that point git at another repository (see `git rev-parse --local-env-vars`), and those that give paths another meaning. */
const REDIRECTING = new Set([
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
  "GIT_LITERAL_PATHSPECS",
  "GIT_GLOB_PATHSPECS",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
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
  /** After how many seconds git is ended, because what it waits for does not answer. Default: never. */
  readonly seconds?: number;
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
  const folder = makeFolder();
  try {
    const [input, stdout, stderr] = ["input", "stdout", "stderr"].map((name) => join(folder, name)) as Streams;
    writeFileSync(input, options.input ?? "");
    const streams = [openSync(input, "r"), openSync(stdout, "w"), openSync(stderr, "w")];
    let code: number;
    try {
      const { detached = false } = options;
      const start = () =>
        spawn("git", command, {
          env: { ...writingEnvironment(process.env), ...options.environment },
          detached,
          windowsHide: true,
          stdio: streams,
        });
      const [child, release] = detached ? [start(), () => {}] : endTogether(start, folder);
      const fail = (problem: string) => writeFileSync(stderr, `fatal: ${problem}`);
      code = await untilEnd(child, options, fail);
      release();
    } finally {
      for (const stream of streams) closeSync(stream);
    }
    return { code, text: readFileSync(stdout, "utf8"), messages: readFileSync(stderr, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FOLDER = "cuecard-git-";
let isSwept = false;

function makeFolder(): string {
  if (!isSwept) sweepLeftovers(tmpdir(), FOLDER);
  isSwept = true;
  const folder = join(tmpdir(), temporaryName(FOLDER));
  mkdirSync(folder, { mode: 0o700 });
  return folder;
}

/** @returns The exit code. If git could not be started or was ended, `fail` has been called with the reason. */
async function untilEnd(
  child: ChildProcess,
  { seconds }: WritingOptions,
  fail: (problem: string) => void,
): Promise<number> {
  const ended = new Promise<number>((done) => {
    child.on("error", (error) => {
      fail(error.message);
      done(127);
    });
    child.on("exit", (exit) => done(exit ?? 1));
  });
  let isLate = false;
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => {
          isLate = true;
          child.kill();
        }, seconds * 1000);
  const code = await ended;
  clearTimeout(timer);
  if (isLate) fail(`there was no answer within ${seconds} seconds`);
  return code;
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
  const kept = Object.entries(environment).filter(([name]) => !REDIRECTING.has(name.toUpperCase()));
  return { ...Object.fromEntries(kept), LC_ALL: "C", GIT_NO_REPLACE_OBJECTS: "1" };
}
