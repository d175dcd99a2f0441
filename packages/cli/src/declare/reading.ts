// The commands that look at a project, and those that compile it: check, build, lock, list, show, render.

import { type Command, InvalidArgumentError, Option } from "commander";
import type { BuildOptions } from "../commands/build.js";
import type { CheckOptions } from "../commands/check.js";
import type { ListOptions } from "../commands/list.js";
import type { LockOptions } from "../commands/lock.js";
import type { RenderOptions } from "../commands/render.js";
import type { ShowOptions } from "../commands/show.js";
import type { ActionMaker } from "./action.js";
import { REFERENCE } from "./reference.js";

export function declareReading(program: Command, action: ActionMaker): void {
  program
    .command("check")
    .summary("find what is wrong with prompts, versions and aliases")
    .description("Find what is wrong with prompts, versions and aliases. Changes nothing.")
    .addOption(new Option("--format <format>", "how to report").choices(["text", "json", "github"]).default("text"))
    .option("--json", "the same as --format json")
    .option("--strict", "fail on warnings, too")
    .option("--frozen", "take prompts.lock as it is (the default when CI is set)")
    .option("--no-frozen", "report versions that prompts.lock lacks as a warning")
    .option("--require-signed", "fail on versions whose tags carry no good signature")
    .option("--allowed-signers <file>", "who may sign, as ssh-keygen reads it (the setting allowedSigners)")
    .action(
      action<CheckOptions>(async (context, options) => (await import("../commands/check.js")).check(context, options)),
    );

  program
    .command("build")
    .summary("compile the prompts to the typed package")
    .description("Compile the prompts to the typed package, and bring prompts.lock up to date.")
    .option("--frozen", "take prompts.lock as it is (the default when CI is set)")
    .option("--no-frozen", "add new versions to prompts.lock")
    .option("-w, --watch", "build again whenever something changes")
    .option("--working", "build in every prompt's working file")
    .option("--no-working", "build in only the working files that an alias points at")
    .option("--out <dir>", "the folder of the generated package")
    .action(
      action<BuildOptions>(async (context, options) => (await import("../commands/build.js")).build(context, options)),
    );

  program
    .command("lock")
    .summary("bring prompts.lock up to date")
    .description("Record every version's commit and digest in prompts.lock.")
    .option("--check", "only tell whether it is up to date")
    .option("--frozen", "the same as --check")
    .action(
      action<LockOptions>(async (context, options) => (await import("../commands/lock.js")).lock(context, options)),
    );

  program
    .command("list")
    .summary("list prompts with their latest version and aliases")
    .description("List prompts with their latest version and aliases.")
    .option("--json", "print JSON")
    .action(
      action<ListOptions>(async (context, options) => (await import("../commands/list.js")).list(context, options)),
    );

  program
    .command("show")
    .summary("show a prompt: variables, template, aliases, notes")
    .description("Show one version of a prompt: variables, template, aliases, notes.")
    .argument("<ref>", REFERENCE)
    .option("--key <key>", "whom a weighted alias is asked for")
    .option("--json", "print JSON")
    .action(
      action<ShowOptions>(async (context, options, args) =>
        (await import("../commands/show.js")).show(context, options, args),
      ),
    );

  program
    .command("render")
    .summary("render a prompt with values")
    .description("Render one version of a prompt, by the same code that the package holds.")
    .argument("<ref>", REFERENCE)
    .option("--var <name=value>", "a variable; name:=value takes JSON (repeatable)", collectAssignments, [])
    .option("--input <file>", "a JSON file with the variables; - for standard input")
    .option("--key <key>", "whom a weighted alias is asked for")
    .option("--messages", "print the messages as a JSON array")
    .option("--json", "print what the prompt's format() returns, as JSON")
    .addHelpText("after", '\nExample:\n  cuecard render greet@production --var name=Ada --var "languages:=[\\"en\\"]"')
    .action(
      action<RenderOptions>(async (context, options, args) =>
        (await import("../commands/render.js")).render(context, options, args),
      ),
    );
}

function collectAssignments(text: string, earlier: readonly string[]): readonly string[] {
  if (!/^[^=]+=/.test(text)) throw new InvalidArgumentError("Write name=value, or name:=value for JSON.");
  return [...earlier, text];
}
