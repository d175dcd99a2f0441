// `cuecard diff <ref> [<ref>]`

import { UsageError } from "@cuecard/model";
import type { Compared, LoadedVersion, RenderedExample } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { formatBoard } from "../report/format-board.js";
import { formatChange, formatWords } from "../report/format-changes.js";
import { writeJson } from "../report/json.js";
import type { TableOptions } from "../report/table.js";
import { type DeclareCommand, examples, KEY_HELP, PROMPT_REFERENCE } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { knownPrompts } from "../support/known-prompts.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import type { Paint } from "../terminal/paint.js";
import { proseWidth } from "../terminal/terminal.js";
import { printableLine } from "../terminal/text.js";

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
    if (options.json === true) writeJson(stdout, describe(compared));
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

function isDifferent({ comparison }: Compared): boolean {
  return comparison.changes.length > 0 || comparison.texts.length > 0;
}

const ITSELF = "no version has been released, so the working file was compared with itself";

/** Whether both references mean the working file, because there is nothing else. */
function isUnreleased({ before, after }: Compared): boolean {
  return before.compiled.name === after.compiled.name && before.versions.length === 0;
}

/** What `--json` prints. */
function describe({ before, after, comparison, rendered }: Compared) {
  const side = ({ compiled, ref }: LoadedVersion) => {
    const { name, version, digest, scores } = compiled;
    const values = scores.map(({ metric, value, dataset }) => ({ metric, value, dataset: dataset ?? null }));
    return { name, version, ref, digest, scores: values };
  };
  return {
    before: side(before),
    after: side(after),
    ...comparison,
    ...(rendered === undefined ? {} : { rendered }),
  };
}

function formatComparison(compared: Compared, paint: Paint, width: number): string {
  const { before, after, comparison, rendered } = compared;
  const verdict = comparison.breaking ? `  ${paint.red("breaks callers")}` : "";
  const parts = [`${paint.bold(`${label(before)} → ${label(after)}`)}${verdict}\n`];
  const isOtherText = before.compiled.digest !== after.compiled.digest;
  if (comparison.layoutOnly || (!isDifferent(compared) && isOtherText)) parts.push("  only layout differs\n");
  else if (!isDifferent(compared)) parts.push(`  ${isUnreleased(compared) ? ITSELF : "no differences"}\n`);
  const style = { paint, width, indent: "  " };
  for (const isBreaking of [true, false])
    for (const { message, breaking } of comparison.changes)
      if (breaking === isBreaking) parts.push(formatChange(message, breaking, style));
  const scored = formatScores(before, after, { paint, width });
  if (scored !== "") parts.push(`\n${paint.bold("Scores")}\n${scored}`);
  for (const { path, change, words } of comparison.texts) {
    const title = path === "" ? "Template" : `${path}${change === "changed" ? "" : ` (${change})`}`;
    parts.push(`\n${paint.bold(title)}\n${formatWords(words, paint)}`);
  }
  if (rendered !== undefined) parts.push(...formatExamples(rendered, label(before), label(after), paint));
  return parts.join("");
}

/** The scores of both versions; empty if there are none. */
function formatScores(before: LoadedVersion, after: LoadedVersion, options: TableOptions): string {
  const sides = new Map([before, after].map(({ compiled }) => [`${compiled.name}@${compiled.version}`, compiled]));
  const columns = [...sides.values()].flatMap(({ version, scores }) =>
    version === "working" ? [] : [{ version, share: undefined, scores }],
  );
  if (columns.every(({ scores }) => scores.length === 0)) return "";
  return formatBoard({ name: before.compiled.name, alias: undefined, columns }, options).replace(/^(?=.)/gm, "  ");
}

function formatExamples(
  rendered: readonly RenderedExample[],
  before: string,
  after: string,
  paint: Paint,
): readonly string[] {
  if (rendered.length === 0) return ["\nNeither version has an example to render.\n"];
  return rendered.map((example) => {
    const title = `\n${paint.bold(`Example: ${printableLine(example.name)}`)}\n`;
    const refused = [
      [before, example.before],
      [after, example.after],
    ] as const;
    const problems = refused.flatMap(([side, rendering]) =>
      "refused" in rendering ? [`  ${side} rejects it: ${printableLine(rendering.refused)}\n`] : [],
    );
    if (problems.length > 0) return title + problems.join("");
    const isSame = example.words.every(({ kind }) => kind === "same");
    return title + (isSame ? "  no differences\n" : formatWords(example.words, paint));
  });
}

function label({ compiled: { name, version } }: LoadedVersion): string {
  return `${name}@${version === "working" ? "working" : `v${version}`}`;
}
