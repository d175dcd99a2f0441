// The command that makes versions.

import type { Command } from "commander";
import type { ReleaseCommandOptions } from "../commands/release.js";
import type { ActionMaker } from "./action.js";
import { collect } from "./collect.js";
import { plans } from "./plans.js";

export function declareRelease(program: Command, action: ActionMaker): void {
  plans(
    program
      .command("release")
      .summary("make the next version of every prompt that changed")
      .description(
        "Make the next version, an annotated tag, of every prompt whose content (its partials included) differs from its latest version at a commit.",
      )
      .argument("[names...]", "prompts to release; all that changed when none is named")
      .option("-m, --message <notes>", "the notes, instead of the commits' messages (repeatable: paragraphs)", collect)
      .option("--edit", "write each version's notes in your editor")
      .option("--commit <commit>", "release what is committed there (HEAD)")
      .option("--push", "push the tags, all or none")
      .option("--remote <remote>", "where to push them (origin)")
      .option("--sign", "sign the tags, as git is set up to")
      .option("--identity <person>", 'who makes the tags, as "Name <mail>", where git does not know'),
  ).action(
    action<ReleaseCommandOptions>(async (context, options, args) =>
      (await import("../commands/release.js")).release(context, options, args),
    ),
  );
}
