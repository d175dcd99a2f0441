// `cuecard blame <ref>`

import type { Blame, BlamedLine } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { undefinedToNull, writeJson } from "../report/json.js";
import { type DeclareCommand, examples, PROMPT_REFERENCE } from "../support/command.js";
import type { CommandContext } from "../support/command-context.js";
import { unwrapOutcome } from "../support/print-diagnostics.js";
import { withProject } from "../support/with-project.js";
import type { Paint } from "../terminal/paint.js";
import { displayWidth, pad, printableLine } from "../terminal/text.js";

export const blame: DeclareCommand = (program, action) =>
  program
    .command("blame")
    .summary("show which version introduced each line of a prompt")
    .description("Show which version introduced each line of a prompt's file, who wrote it and when.")
    .argument("<ref>", `${PROMPT_REFERENCE}; a plain name means the working file`)
    .option("--partials", "also show the partials and named schemas that the prompt uses")
    .option("--json", "print JSON")
    .addHelpText("after", examples("cuecard blame greet", "cuecard blame greet@production --partials"))
    .action(action(run));

interface BlameOptions {
  readonly partials?: boolean;
  readonly json?: boolean;
}

async function run(context: CommandContext, options: BlameOptions, args: readonly string[]): Promise<number> {
  return withProject(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const outcome = await registry.blame(args[0] ?? "", { partials: options.partials });
    const found = await unwrapOutcome(context, registry, outcome, options);
    if (typeof found === "number") return found;
    const { skipped } = found.value;
    if (options.json === true) writeJson(stdout, undefinedToNull(found.value));
    else stdout.write(formatBlame(found.value, context.paint));
    if (skipped.length > 0)
      stderr.write(
        `${context.errorPaint.yellow("note:")} ${skipped.join(", ")} cannot be read; their lines are attributed to the next version\n`,
      );
    return exitCode.clean;
  });
}

function formatBlame({ name, files }: Blame, paint: Paint): string {
  const [, ...shared] = files;
  return files
    .map(({ path, lines }) => {
      const head = shared.length === 0 ? "" : `${paint.bold(path)}\n`;
      return `${head}${formatLines(name, lines, paint)}`;
    })
    .join("\n");
}

function formatLines(name: string, lines: readonly BlamedLine[], paint: Paint): string {
  const cells = lines.map((line) => [
    versionOf(name, line),
    line.date?.slice(0, 10) ?? "",
    printableLine(line.author?.name ?? ""),
    String(line.line),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...cells.map((row) => displayWidth(row[column] ?? ""))));
  return lines
    .map(({ text, version }, index) => {
      const [label = "", date = "", author = "", number = ""] = (cells[index] ?? []).map((cell, column) =>
        column === 3 ? cell.padStart(widths[column] ?? 0) : pad(cell, widths[column] ?? 0),
      );
      const shown = version === "working" ? paint.yellow(label) : paint.cyan(label);
      return `${`${shown}  ${date}  ${author}  ${paint.dim(`${number} │`)} ${printableLine(text)}`.trimEnd()}\n`;
    })
    .join("");
}

function versionOf(name: string, { name: owner, version }: BlamedLine): string {
  if (version === "working") return version;
  return owner === name ? `v${version}` : `${owner}@v${version}`;
}
