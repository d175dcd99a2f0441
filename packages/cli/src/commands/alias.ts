// `cuecard alias set`, `cuecard alias delete`, `cuecard alias list`

import { hasErrors, UsageError } from "@cuecard/model";
import type { ListedAlias } from "@cuecard/project";
import { nearest } from "@cuecard/runtime";
import { type Command, InvalidArgumentError } from "commander";
import { exitCode, RequestError } from "../exit.js";
import { writeJson } from "../report/json.js";
import { formatTable } from "../report/table.js";
import {
  type ActionMaker,
  ALLOW_BREAKING_HELP,
  DEFAULT_OF_ALIAS,
  type DeclareCommand,
  examples,
  unknownCommand,
  withPlanOptions,
} from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { knownPrompts } from "../support/known-prompts.js";
import { type MoveOptions, moveAliases } from "../support/move-aliases.js";
import { printDiagnostics, unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const alias: DeclareCommand = (program, action) => {
  const command = program
    .command("alias")
    .summary("point an alias at a version, delete it, or list aliases")
    .description(
      "Set, delete and list aliases. They are stored in aliases.json. `cuecard alias greet production v1` is short for `cuecard alias set …`.",
    )
    .helpCommand("help [command]", "print help for a command");
  declareSet(command, action);
  declareDelete(command, action);
  declareList(command, action);
  return command.hook("preSubcommand", (_command, subcommand) => refuseMisspelled(command, subcommand));
};

/** `cuecard alias lst`: without a subcommand's name, `set` runs, and would say that arguments are missing. */
function refuseMisspelled(command: Command, subcommand: Command): void {
  const [first] = command.args;
  if (first === undefined) command.help({ error: true });
  const near = first === subcommand.name() || command.args.length > 2 ? undefined : nearestSubcommand(first);
  if (near !== undefined) command.error(unknownCommand(first, near));
}

function nearestSubcommand(word: string): string | undefined {
  return nearest(word, [DEFAULT_OF_ALIAS, "delete", "list"]);
}

function declareSet(command: Command, action: ActionMaker): void {
  withPlanOptions(
    command
      .command(DEFAULT_OF_ALIAS, { isDefault: true })
      .summary("point an alias at a version")
      .description("Point an alias at one version, or at several versions by weight.")
      .argument("<name>", "the prompt")
      .argument("<alias>", "the alias, such as production")
      .argument(
        "[version]",
        "a version such as v3, latest (to follow releases), or working (the file on disk); omit it with --split",
      )
      .option("--split <weights>", "several versions by weight, such as v3=90,v4=10", readWeights)
      .option("--allow-breaking", ALLOW_BREAKING_HELP),
    true,
  )
    .addHelpText(
      "after",
      examples(
        "cuecard alias set greet production v3",
        "cuecard alias set greet staging latest",
        "cuecard alias set greet production --split v3=90,v4=10",
      ),
    )
    .action(action(runSet));
}

function declareDelete(command: Command, action: ActionMaker): void {
  withPlanOptions(
    command
      .command("delete")
      .summary("delete an alias")
      .description("Delete an alias. Code that loads it no longer compiles.")
      .argument("<name>", "the prompt")
      .argument("<alias>", "the alias"),
    true,
  )
    .addHelpText("after", examples("cuecard alias delete greet staging"))
    .action(action(runDelete));
}

function declareList(command: Command, action: ActionMaker): void {
  command
    .command("list")
    .summary("list aliases and who last moved them")
    .description("List aliases: where they point, and who moved them there and when.")
    .argument("[name]", "one prompt (default: all prompts)")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard alias list"))
    .action(action(runList));
}

interface SetOptions extends MoveOptions {
  /** Weights by version, read from `v3=90,v4=10`. */
  readonly split?: Readonly<Record<string, number>>;
}

function readWeights(text: string): Readonly<Record<string, number>> {
  const pairs = text.split(",").map((pair) => /^\s*(v[1-9]\d*)\s*=\s*(\d+)%?\s*$/.exec(pair));
  if (pairs.some((pair) => pair === null)) throw new InvalidArgumentError("Write weights such as v3=90,v4=10.");
  const weights = pairs.map((pair) => [pair?.[1] ?? "", Number(pair?.[2])] as const);
  if (new Set(weights.map(([version]) => version)).size < weights.length)
    throw new InvalidArgumentError("List each version only once.");
  return Object.fromEntries(weights);
}

async function runSet(
  context: CommandContext,
  options: SetOptions,
  [name = "", target = "", version]: readonly string[],
): Promise<number> {
  const { split } = options;
  if ((version === undefined) === (split === undefined))
    throw new UsageError("name a version, or use --split v3=90,v4=10");
  await refuseUnknown(context, name);
  return moveAliases(context, options, { kind: "set", name, alias: target, to: split ?? version ?? "" });
}

/** @throws RequestError when the name is not that of a prompt, but similar to a subcommand's. */
async function refuseUnknown({ dir, terminal }: CommandContext, name: string): Promise<void> {
  const near = nearestSubcommand(name);
  if (near === undefined) return;
  const prompts = await knownPrompts(terminal, dir);
  if (prompts.some((prompt) => prompt.name === name)) return;
  throw new RequestError(`the prompt "${name}" does not exist`, `did you mean \`cuecard alias ${near}\`?`);
}

async function runDelete(
  context: CommandContext,
  options: MoveOptions,
  [name = "", target = ""]: readonly string[],
): Promise<number> {
  return moveAliases(context, options, { kind: "delete", name, alias: target });
}

interface ListOptions {
  readonly json?: boolean;
}

async function runList(context: CommandContext, options: ListOptions, [name]: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const found = await unwrapOutcome(context, registry, await registry.aliases(name), options);
    if (typeof found === "number") return found;
    const { value: aliases, diagnostics } = found;
    if (options.json === true) writeJson(stdout, { aliases });
    else if (aliases.length > 0)
      stdout.write(
        formatTable(["NAME", "ALIAS", "TARGET", "MOVED", "BY"], aliases.map(row), {
          paint: context.paint,
          width: stdout.columns,
          dispensable: 2,
        }),
      );
    else if (!hasErrors(diagnostics))
      stderr.write(
        `${name === undefined ? "No prompt has an alias" : `${name} has no aliases`} yet. Set one with \`cuecard alias set\`.\n`,
      );
    await printDiagnostics(registry, diagnostics, { stream: stderr, paint: context.errorPaint });
    return hasErrors(diagnostics) ? exitCode.findings : exitCode.clean;
  });
}

function row({ name, alias: own, target, broken, moved }: ListedAlias): string[] {
  return [
    name,
    own,
    broken ? `${target} (broken)` : target,
    moved === "uncommitted" ? "not committed yet" : moved === "unknown" ? "-" : moved.date.slice(0, 10),
    typeof moved === "string" ? "" : moved.by.name,
  ];
}
