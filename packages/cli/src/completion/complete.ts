// What can follow on an unfinished command line: commands, options, prompts, versions, aliases.

import type { PromptReferences } from "@cuecard/project";
import type { Argument, Command } from "commander";
import { optionValueKind, type ValueKind, valueKind } from "../support/value-kind.js";
import { defaultCommand, optionsOf, type Unfinished } from "./read-words.js";

export interface Candidate {
  /** The whole word. */
  readonly word: string;
  readonly about: string;
}

export interface Completions {
  readonly candidates: readonly Candidate[];
  /** Whether the shell should complete paths, because there is no candidate. */
  readonly paths: boolean;
}

/** Lists the prompts, and the versions of some of them. */
type ListPrompts = (versionsOf: ReadonlySet<string>) => Promise<readonly PromptReferences[]>;

/** @param list Called only if a prompt may be meant. */
export async function complete(unfinished: Unfinished, list: ListPrompts): Promise<Completions> {
  const { command, args, option, onlyArguments, typed, before } = unfinished;
  const fits = (found: readonly Candidate[], paths = false): Completions => {
    const candidates = found
      .filter(({ word }) => word.startsWith(typed))
      .map(({ word, about }) => ({ word: before + word, about }));
    return { candidates, paths: paths && candidates.length === 0 };
  };
  if (option !== undefined) {
    if (option.argChoices !== undefined) return fits(option.argChoices.map(plain));
    const kind = optionValueKind(option.flags) ?? "text";
    return fits(await valuesOf(kind, unfinished, list), kind === "path");
  }
  if (!onlyArguments && typed.startsWith("-"))
    return fits(optionsOf(command).map(({ long, short, description }) => asCandidate(long ?? short, description)));
  const commands = args.length === 0 ? command.createHelp().visibleCommands(command) : [];
  const argument = argumentAt(args.length === 0 ? (defaultCommand(command) ?? command) : command, args.length);
  const kind = argument === undefined ? "text" : valueKind(argument.name());
  const values = argument?.argChoices?.map(plain) ?? (await valuesOf(kind, unfinished, list));
  return fits(
    [...commands.map((child) => asCandidate(child.name(), child.summary())), ...values],
    commands.length === 0 && ["path", "prompt", "reference"].includes(kind),
  );
}

/** The argument that a command declares at a place; a variadic one takes all that follow. */
function argumentAt(command: Command, index: number): Argument | undefined {
  const { registeredArguments: declared } = command;
  const last = declared.at(-1);
  return declared[index] ?? (last?.variadic === true ? last : undefined);
}

async function valuesOf(
  kind: ValueKind,
  { args, typed }: Unfinished,
  list: ListPrompts,
): Promise<readonly Candidate[]> {
  if (kind === "text" || kind === "path") return [];
  const nameIn = (word: string) => word.replace(/@.*$/, "");
  const first = nameIn(args[0] ?? "");
  const prompts = await list(new Set([first, nameIn(typed)]));
  const prompt = prompts.find(({ name }) => name === first);
  switch (kind) {
    case "prompt":
      return prompts.map(({ name }) => plain(name));
    case "reference":
      return referencesTo(prompts, typed);
    case "other":
      return [...(prompt === undefined ? [] : refsOf(prompt)), ...referencesTo(prompts, typed)];
    case "alias":
      return [...new Set([...(prompt?.aliases ?? []), ...prompts.flatMap(({ aliases }) => aliases)])].map(plain);
    case "replacement":
      return [...new Set(prompts.flatMap(({ aliases }) => aliases))].map((alias) => plain(`${alias}=working`));
    case "version":
      return prompt === undefined ? [] : targetsOf(prompt);
  }
}

/** Names or, once a name is complete, what can follow it: `greet@production`, `greet@v1..v2`. */
function referencesTo(prompts: readonly PromptReferences[], typed: string): readonly Candidate[] {
  const [, range = ""] = /^([^@]+@.+\.\.)/.exec(typed) ?? [];
  const named = prompts.find(({ name }) => typed === name || typed.startsWith(`${name}@`));
  const start = range === "" ? `${named?.name}@` : range;
  const refs = named === undefined ? [] : refsOf(named).map(({ word, about }) => ({ word: start + word, about }));
  return [...prompts.map(({ name }) => plain(name)), ...refs];
}

/** What can follow the `@` of a reference, without `latest` if nothing is released. */
function refsOf(prompt: PromptReferences): readonly Candidate[] {
  return [
    ...prompt.aliases.map((alias) => asCandidate(alias, "alias")),
    ...(prompt.hasFile ? [asCandidate("working", "the file on disk")] : []),
    ...(prompt.versions.length === 0 ? [] : [asCandidate("latest", "the latest version")]),
    ...versionsOf(prompt),
  ];
}

/** What an alias can point at. */
function targetsOf(prompt: PromptReferences): readonly Candidate[] {
  return [
    ...versionsOf(prompt),
    asCandidate("latest", "follows releases"),
    ...(prompt.hasFile ? [plain("working")] : []),
  ];
}

/** The newest first. */
function versionsOf({ versions }: PromptReferences): readonly Candidate[] {
  return versions.toReversed().map((version) => plain(`v${version}`));
}

function plain(word: string): Candidate {
  return { word, about: "" };
}

function asCandidate(word: string | undefined, about: string): Candidate {
  return { word: word ?? "", about };
}
