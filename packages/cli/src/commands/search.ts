// `cuecard search [query…]`

import { UsageError } from "@cuecard/model";
import { plural } from "../report/count.js";
import { formatQueryError, formatResults, isPartOfFilter } from "../report/format-search.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { collect, type DeclareCommand, examples } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { reportHiddenErrors, unwrapOutcome, warnNoPrompts } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";

export const search: DeclareCommand = (program, action) =>
  program
    .command("search")
    .summary("find prompts by text, name, tags, alias, model or variables")
    .description(
      "Find the versions that match every filter. Searches the versions in use: the latest, and those that aliases point at.",
    )
    .argument("[query...]", "words to find, or a filter, such as: name LIKE 'a%' AND tags.team = 'finops'")
    .option("--text <text>", "text in the template or a partial (repeatable)", collect, [])
    .option("--name <pattern>", "part of the name, or a pattern with *")
    .option("--tag <key=value>", "a tag; without a value, any value matches (repeatable)", collect, [])
    .option("--alias <alias>", "an alias that points at the version, or latest")
    .option("--model <pattern>", "part of the model, or a pattern with *")
    .option("--variable <variable>", "an input variable, or a pattern with * (repeatable)", collect, [])
    .option("--partial <partial>", "a partial that the prompt uses, or a pattern with * (repeatable)", collect, [])
    .option("--all-versions", "search all versions and working files")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      examples("cuecard search refund", "cuecard search \"tags.team = 'finops' AND text LIKE '%dollars%'\""),
    )
    .action(action(run));

interface SearchOptions {
  readonly text: readonly string[];
  readonly name?: string;
  readonly tag: readonly string[];
  readonly alias?: string;
  readonly model?: string;
  readonly variable: readonly string[];
  readonly partial: readonly string[];
  readonly allVersions?: boolean;
  readonly json?: boolean;
}

async function run(context: CommandContext, options: SearchOptions, args: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const { text, name, tag, alias, model, variable, partial, allVersions } = options;
    const isFilter = args.some(isPartOfFilter);
    const query = isFilter ? args.join(" ") : undefined;
    const outcome = await registry.search({
      query,
      words: isFilter ? [] : args,
      text,
      name,
      tags: tag.map(readTag),
      alias,
      model,
      variables: variable,
      partials: partial,
      allVersions,
    });
    if (outcome.kind === "invalid") throw new UsageError(formatQueryError(query ?? "", outcome.error));
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    const { results, searched } = found.value;
    if (options.json === true) writeJson(stdout, undefinedToNull({ results }));
    else if (results.length > 0) stdout.write(formatResults(results, context.paint, stdout.columns));
    else if (searched === 0) warnNoPrompts(context, registry);
    else stderr.write(`No match in ${plural(searched, "version")}${allVersions === true ? "" : " in use"}.\n`);
    return reportHiddenErrors(context, found.diagnostics);
  });
}

function readTag(written: string): readonly [key: string, value: string | undefined] {
  const at = written.indexOf("=");
  return at === -1 ? [written, undefined] : [written.slice(0, at), written.slice(at + 1)];
}
