// `cuecard blame <ref>`

import type { Blame, BlamedLine } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { displayWidth, pad } from "../terminal/display-width.js";
import type { Paint } from "../terminal/paint.js";
import { printableLine } from "../terminal/printable.js";
import type { CommandContext } from "./command-context.js";
import { takeFound } from "./take-found.js";
import { withRegistry } from "./with-registry.js";

export interface BlameOptions {
  readonly partials?: boolean;
  readonly json?: boolean;
}

export async function blame(context: CommandContext, options: BlameOptions, args: readonly string[]): Promise<number> {
  return withRegistry(context, {}, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const outcome = await registry.blame(args[0] ?? "", { partials: options.partials });
    const found = await takeFound(context, registry, outcome);
    if (typeof found === "number") return found;
    const { skipped } = found.value;
    if (options.json === true) stdout.write(`${JSON.stringify(asJson(found.value), null, 2)}\n`);
    else stdout.write(formatBlame(found.value, context.paint));
    if (skipped.length > 0)
      stderr.write(
        `${context.errorPaint.yellow("note:")} ${skipped.join(", ")} cannot be read: their lines count as those of the next version\n`,
      );
    return exitCode.clean;
  });
}

/** JSON has no `undefined`: what is not known is null. */
function asJson({ files, ...rest }: Blame): object {
  return {
    ...rest,
    files: files.map(({ path, lines }) => ({
      path,
      lines: lines.map(({ commit, date, author, ...line }) => ({
        ...line,
        commit: commit ?? null,
        date: date ?? null,
        author: author ?? null,
      })),
    })),
  };
}

function formatBlame({ name, files }: Blame, paint: Paint): string {
  const [, ...partials] = files;
  return files
    .map(({ path, lines }) => {
      const head = partials.length === 0 ? "" : `${paint.bold(path)}\n`;
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
