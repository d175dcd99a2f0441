// The commands that look back and around: history, search, blame, usages.

import type { Command } from "commander";
import type { BlameOptions } from "../commands/blame.js";
import type { HistoryOptions } from "../commands/history.js";
import type { SearchOptions } from "../commands/search.js";
import type { UsagesOptions } from "../commands/usages.js";
import type { ActionMaker } from "./action.js";
import { collect } from "./collect.js";
import { REFERENCE } from "./reference.js";

export function declareLooking(program: Command, action: ActionMaker): void {
  program
    .command("history")
    .summary("show a prompt's versions, and how its aliases moved")
    .description("Show who released each version of a prompt and when, what it scored, and how its aliases moved.")
    .argument("<name>", "the prompt; also one whose file is gone")
    .option("--alias <alias>", "show the moves of this alias only")
    .option("--json", "print JSON")
    .action(
      action<HistoryOptions>(async (context, options, args) =>
        (await import("../commands/history.js")).history(context, options, args),
      ),
    );

  program
    .command("search")
    .summary("find prompts by text, name, tags, alias, model, variables")
    .description(
      "Find the versions that fit all that is given. Versions in use are searched: latest, and where aliases point.",
    )
    .argument("[query]", "a filter: name LIKE 'a%' AND tags.team = 'finops'")
    .option("--text <text>", "it stands in the template or a partial (repeatable)", collect, [])
    .option("--name <pattern>", "a part of the name, or a pattern with *")
    .option("--tag <key=value>", "a tag; without a value, any (repeatable)", collect, [])
    .option("--alias <alias>", "the alias points there; also latest")
    .option("--model <pattern>", "a part of the model, or a pattern with *")
    .option("--variable <name>", "a variable of the input, or a pattern with * (repeatable)", collect, [])
    .option("--partial <name>", "a partial that it uses, or a pattern with * (repeatable)", collect, [])
    .option("--all-versions", "search every version, and working files")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  cuecard search \"tags.team = 'finops' AND text LIKE '%dollars%'\"")
    .action(
      action<SearchOptions>(async (context, options, args) =>
        (await import("../commands/search.js")).search(context, options, args),
      ),
    );

  program
    .command("blame")
    .summary("show which version brought each line of a prompt")
    .description("Show which version brought each line of a prompt's file, who wrote it and when.")
    .argument("<ref>", `${REFERENCE}; a name alone is its working file`)
    .option("--partials", "the lines of the partials that it reaches, too")
    .option("--json", "print JSON")
    .action(
      action<BlameOptions>(async (context, options, args) =>
        (await import("../commands/blame.js")).blame(context, options, args),
      ),
    );

  program
    .command("usages")
    .summary("show where the code loads which prompt")
    .description("Show where the TypeScript and JavaScript code of this repository loads which prompt and version.")
    .argument("[name]", "a prompt, or one of its versions (name@v3)")
    .option("--json", "print JSON")
    .action(
      action<UsagesOptions>(async (context, options, args) =>
        (await import("../commands/usages.js")).usages(context, options, args),
      ),
    );
}
