// Reads an unfinished command line: which command it is about, which arguments it has so far, and what is being typed.

import type { Command, Option } from "commander";
import { DEFAULT_OF_ALIAS } from "../support/command.js";

export interface Unfinished {
  readonly command: Command;
  /** The arguments before the word that is being typed. */
  readonly args: readonly string[];
  /** The option whose value is being typed. */
  readonly option: Option | undefined;
  /** Whether `--` was typed: what follows is not an option. */
  readonly onlyArguments: boolean;
  /** The value of `--cwd`. */
  readonly cwd: string | undefined;
  /** The word that is being typed; empty after a space. */
  readonly typed: string;
  /** What `typed` has before the value: `--format=`. */
  readonly before: string;
}

/** @param words The words after `cuecard`; the last one is being typed. */
export function readWords(program: Command, words: readonly string[]): Unfinished {
  let command = program;
  let option: Option | undefined;
  let onlyArguments = false;
  let cwd: string | undefined;
  const args: string[] = [];
  for (const word of words.slice(0, -1)) {
    if (option !== undefined) {
      if (option.long === "--cwd") cwd = word;
      option = undefined;
    } else if (!onlyArguments && word === "--") onlyArguments = true;
    else if (!onlyArguments && word.startsWith("-")) {
      const [flag = "", value] = splitFlag(word);
      const found = findOption(command, flag);
      if (value === undefined && takesValue(found)) option = found;
      else if (found?.long === "--cwd") cwd = value;
    } else {
      const next = args.length === 0 ? findCommand(command, word) : undefined;
      if (next !== undefined) command = next.command;
      if (next === undefined || next.isDefault) args.push(word);
    }
  }
  const last = words.at(-1) ?? "";
  const [flag = "", value] = splitFlag(last);
  if (option === undefined && !onlyArguments && value !== undefined) option = findOption(command, flag);
  const before = option !== undefined && value !== undefined && last.startsWith("-") ? `${flag}=` : "";
  return { command, args, option, onlyArguments, cwd, typed: last.slice(before.length), before };
}

/** The options that can be written after a command: its own, and those of the program. */
export function optionsOf(command: Command): readonly Option[] {
  const own = command.createHelp().visibleOptions(command);
  return command.parent === null ? own : [...own, ...optionsOf(command.parent).filter(isNewIn(own))];
}

function isNewIn(own: readonly Option[]): (option: Option) => boolean {
  return ({ long }) => !own.some((known) => known.long === long);
}

/** The subcommand of a name or, if the command has one for everything else, that one. */
function findCommand(command: Command, word: string): { command: Command; isDefault: boolean } | undefined {
  const named = command.commands.find((candidate) => candidate.name() === word);
  if (named !== undefined) return { command: named, isDefault: false };
  const fallback = defaultCommand(command);
  return fallback === undefined ? undefined : { command: fallback, isDefault: true };
}

/** The subcommand that runs if none is named: `set` for `cuecard alias`. */
export function defaultCommand(command: Command): Command | undefined {
  return command.name() === "alias" ? command.commands.find((child) => child.name() === DEFAULT_OF_ALIAS) : undefined;
}

function findOption(command: Command, flag: string): Option | undefined {
  return optionsOf(command).find(({ long, short }) => flag === long || flag === short);
}

function takesValue(option: Option | undefined): boolean {
  return option !== undefined && (option.required || option.optional);
}

function splitFlag(word: string): readonly string[] {
  return word.startsWith("--") ? (/^([^=]+)=(.*)$/s.exec(word)?.slice(1) ?? [word]) : [word];
}
