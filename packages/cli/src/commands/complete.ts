// `cuecard complete -- <words…>`: what the scripts of `cuecard completion` ask. It is not listed in help.

import path from "node:path";
import type { Command } from "commander";
import { readBashLine } from "../completion/bash-line.js";
import { complete as completeWords } from "../completion/complete.js";
import { readWords } from "../completion/read-words.js";
import { exitCode } from "../exit.js";
import type { DeclareCommand } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { knownPrompts } from "../support/known-prompts.js";

export const complete: DeclareCommand = (program, action) =>
  program
    .command("complete", { hidden: true })
    .description("Print what can follow on a command line.")
    .argument("[words...]", "the words after cuecard; the last one is being typed")
    .option("--line <line>", "instead of words: the line up to the cursor, from bash")
    .option("--breaks <characters>", "with --line: the characters at which bash splits words")
    .action(
      action<CompleteOptions>(
        (context, options, words) =>
          options.line === undefined ? run(program, context, words) : runBash(program, context, options),
        false,
      ),
    );

interface CompleteOptions {
  readonly line?: string;
  readonly breaks?: string;
}

/** Prints `word<Tab>description` a line. */
async function run(program: Command, context: CommandContext, words: readonly string[]): Promise<number> {
  const { candidates, paths } = await find(program, context, words);
  const lines = candidates.map(({ word, about }) => (about === "" ? word : `${word}\t${about}`));
  context.terminal.stdout.write(asLines(paths ? [PATHS] : lines));
  return exitCode.clean;
}

/** Prints only what bash puts in place of its last word. */
async function runBash(program: Command, context: CommandContext, options: CompleteOptions): Promise<number> {
  const { words, kept } = readBashLine(options.line ?? "", options.breaks ?? "");
  const { candidates, paths } = await find(program, context, words);
  context.terminal.stdout.write(asLines(paths ? [PATHS] : candidates.map(({ word }) => word.slice(kept))));
  return exitCode.clean;
}

/** A line that makes the script leave paths to the shell. */
const PATHS = ":paths";

function asLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

async function find(program: Command, { terminal }: CommandContext, words: readonly string[]) {
  const unfinished = readWords(program, words);
  return completeWords(unfinished, async (versionsOf) => {
    const { findProject } = await import("@cuecard/project/references");
    const { cwd } = unfinished;
    return knownPrompts(
      terminal,
      cwd === undefined ? await findProject(terminal.cwd) : path.resolve(terminal.cwd, cwd),
      versionsOf,
    );
  });
}
