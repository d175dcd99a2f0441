// The command that makes a version of a text from elsewhere.

import type { Command } from "commander";
import type { RegisterCommandOptions } from "../commands/register.js";
import type { ActionMaker } from "./action.js";
import { plans } from "./plans.js";

export function declareRegister(program: Command, action: ActionMaker): void {
  plans(
    program
      .command("register")
      .summary("commit and release a prompt from a file or standard input")
      .description(
        "Write a prompt's file, commit it alone, and release it. Content that has a version, also an older one, gets no other, unless that one is retired.",
      )
      .argument("<name>", "the prompt: finance/forecast")
      .requiredOption("--from <file>", "the prompt's text, front matter and all; - for standard input")
      .option("-m, --message <text>", "the commit's message, and the version's notes")
      .option("--sign", "sign the tag, as git is set up to")
      .option("--identity <person>", 'who commits and tags, as "Name <mail>", where git does not know'),
    "nothing leaves this clone",
  ).action(
    action<RegisterCommandOptions>(async (context, options, args) =>
      (await import("../commands/register.js")).register(context, options, args),
    ),
  );
}
