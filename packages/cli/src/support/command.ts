// How a command is declared, and how help shows it: the types, and what several declarations share.

import { type Command, Help } from "commander";
import { wrap } from "../terminal/text.js";
import type { CommandContext } from "./command-context.js";

/** Runs a command and returns its exit code. `args` are the arguments given, variadic ones spread out. */
export type Run<O> = (context: CommandContext, options: O, args: readonly string[]) => Promise<number>;

/**
 * Turns a run function into the handler that commander calls.
 *
 * @param searchParents Whether to look for the project in the folders above as well. Default: true.
 */
export type ActionMaker = <O>(run: Run<O>, searchParents?: boolean) => (...given: unknown[]) => Promise<void>;

/**
 * Declares one command on the program and returns it. Help loads every declaration, so a command's file imports only what
 * is light at its top; everything that works on a project (`@cuecard/project` and below) is imported inside its run function.
 */
export type DeclareCommand = (program: Command, action: ActionMaker) => Command;

/** Help for an argument that names one version. */
export const PROMPT_REFERENCE = "name, name@alias, name@v3, prompts:/name@alias or the path of its file";

/** The same, for commands in which a plain name means the latest version. */
export const VERSION_REFERENCE =
  "name (its latest version), name@alias, name@v3, name@working, prompts:/name@alias or the path of its file";

/** Help for `--key`. */
export const KEY_HELP = "caller key that selects the version of a weighted alias";

/** Help for `--allow-breaking`. */
export const ALLOW_BREAKING_HELP = "proceed even if existing callers break";

/** The subcommand of `cuecard alias` that runs if none is named. */
export const DEFAULT_OF_ALIAS = "set";

/** Collects the values of an option that may be repeated. */
export function collect(text: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), text];
}

/** Command lines at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\n${lines.length === 1 ? "Example" : "Examples"}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

/** What is printed for a command that does not exist. */
export function unknownCommand(name: string, near: string | undefined): string {
  return `error: unknown command '${name}'${orNear(near)}`;
}

/** What is printed for an option that does not exist. */
export function unknownOption(flag: string, near: string | undefined): string {
  return `error: unknown option '${flag}'${orNear(near)}`;
}

function orNear(near: string | undefined): string {
  return near === undefined ? "" : `\n(Did you mean ${near}?)`;
}

/** The end of the program's help. */
export function helpFooter(homepage: string | undefined): string {
  const address = homepage === undefined ? "" : `\nDocumentation: ${homepage}`;
  return `\nRun \`cuecard help <command>\` for the options and examples of a command.${address}`;
}

/**
 * The options of every command that shows a plan before it changes anything.
 *
 * @param asks Whether the command may ask for confirmation.
 */
export function withPlanOptions(command: Command, asks: boolean): Command {
  return command
    .option("--dry-run", "print the plan without changing anything")
    .option("-y, --yes", asks ? "do not ask for confirmation" : "accepted for scripts; this command never asks")
    .option("--json", "print the plan and its result as JSON");
}

const INDENT = "  ";
const DEEPER = "      ";
/** The fewest columns that a description beside its term can be read in. */
const NARROWEST = 24;

/** How help is laid out: as commander does it, and readable in narrow terminals. */
export const helpLayout: Partial<Help> = {
  minWidthToWrap: NARROWEST,
  /** Repeatable options default to an empty list, which help does not show. */
  optionDescription(option) {
    return Array.isArray(option.defaultValue) ? option.description : Help.prototype.optionDescription(option);
  },
  /** In a narrow terminal, the description goes below its term. */
  formatItem(term, termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    if (description === "" || width - termWidth - 2 * INDENT.length >= NARROWEST)
      return Help.prototype.formatItem.call(helper, term, termWidth, description, helper);
    return `${INDENT}${term}\n${DEEPER}${wrap(description, width - DEEPER.length, DEEPER)}`;
  },
};
