// `cuecard diff <ref> [<ref>]`

import { UsageError } from "@cuecard/model";
import { exitCode } from "../exit.js";
import { comparisonJson, formatComparison, isDifferent } from "../report/format-comparison.js";
import { writeJson } from "../report/json.js";
import { type DeclareCommand, examples, KEY_HELP, PROMPT_REFERENCE } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { knownPrompts } from "../support/known-prompts.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import { proseWidth } from "../terminal/terminal.js";

export const diff: DeclareCommand = (program, action) =>
  program
    .command("diff")
    .summary("compare two versions: inputs, model, schemas and text")
    .description(
      "Compare two versions of a prompt: first the changes that break callers, then other changes, then the text, word by word.",
    )
    .argument("<ref>", `${PROMPT_REFERENCE}; or name@v1..v2 for both versions`)
    .argument("[others...]", "one or two versions to compare (default: the working file)")
    .option("--rendered", "render both versions with the examples of both, and compare the results")
    .option("--key <key>", KEY_HELP)
    .option("--exit-code", "exit with code 1 if the versions differ")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard diff greet production", "cuecard diff greet v1 v2 --rendered"))
    .action(action(run));

interface DiffOptions {
  readonly rendered?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
  readonly key?: string;
}

async function run(context: CommandContext, options: DiffOptions, args: readonly string[]): Promise<number> {
  const [first, second] = await readReferences(context, args);
  return withProject(context, {}, async (registry) => {
    const outcome = await registry.compare(first, second, {
      rendered: options.rendered === true,
      key: options.key,
    });
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    const compared = found.value;
    const { stdout } = context.terminal;
    const width = proseWidth(stdout);
    if (options.json === true) writeJson(stdout, comparisonJson(compared));
    else stdout.write(formatComparison(compared, context.paint, width));
    return options.exitCode === true && isDifferent(compared) ? exitCode.findings : exitCode.clean;
  });
}

/**
 * The two versions to compare, as references:
 *
 * - `greet@v1`, `greet v1`: that version and the working file
 * - `greet@v1..v2`, `greet v1 v2`, `greet@v1 v2`, `greet@v1 greet@v2`: both versions
 * - `greet hello`: both prompts, if there is a prompt `hello`
 */
async function readReferences(context: CommandContext, args: readonly string[]): Promise<[string, string]> {
  const [first = "", second, third, fourth] = args;
  if (fourth !== undefined) throw new UsageError("only two versions can be compared: `cuecard diff greet v1 v2`");
  const range = /^(.+)@([^@]+)\.\.([^@]+)$/.exec(first);
  if (range !== null) {
    if (second !== undefined) throw new UsageError(`${first} already names both versions`);
    return [`${range[1]}@${range[2]}`, `${range[1]}@${range[3]}`];
  }
  const { parseRef } = await import("@cuecard/project");
  const { name, ref } = parseRef(first) ?? { name: first, ref: undefined };
  const refers = (text: string) => (/[@:]/.test(text) ? text.replace(/^@/, `${name}@`) : `${name}@${text}`);
  if (third !== undefined) {
    if (ref !== undefined) throw new UsageError(`${first} and ${second} are two versions; leave out ${third}`);
    return [refers(second ?? ""), refers(third)];
  }
  if (second === undefined) return [first, `${name}@working`];
  if (/[@:]/.test(second)) return [first, refers(second)];
  const prompts = await knownPrompts(context.terminal, context.dir);
  if (prompts.some((prompt) => prompt.name === second)) return [first, second];
  return ref === undefined ? [refers(second), `${name}@working`] : [first, refers(second)];
}
