// The versions that a pull request adds to prompts.lock, with the beginning of the text that each of them brings.

import { versionTag } from "@cuecard/model";
import type { AddedVersion } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { printable, printableLine, truncate } from "../terminal/text.js";
import { plural } from "./count.js";
import { escapeMarkdown } from "./format-github.js";

/** How much is shown of one version, and of how many versions: the whole text is for `cuecard diff` and `cuecard show`. */
const LINES = 12;
const VERSIONS = 50;
const WIDTH = 160;

/** The lines for a terminal or a log. */
export function formatAdded(added: readonly AddedVersion[], base: string, paint: Paint): string {
  if (added.length === 0) return "";
  const lines = [`New in prompts.lock since ${printableLine(base.replace(/^refs\/(?:heads|remotes)\//, ""))}:`];
  for (const version of added.slice(0, VERSIONS)) {
    const { commit, subject } = version;
    lines.push(`  ${paint.bold(versionTag(version))}  ${commit.slice(0, 12)}  ${printableLine(subject)}`);
    lines.push(`    ${describeSize(version)}`);
    for (const line of excerpt(version))
      lines.push(`    ${line.startsWith("+") ? paint.green(line) : line.startsWith("-") ? paint.red(line) : line}`);
  }
  if (added.length > VERSIONS) lines.push(`  and ${plural(added.length - VERSIONS, "version")} more`);
  return `${lines.join("\n")}\n\n`;
}

/** The same as Markdown, for the summary of a run. */
export function summarizeAdded(added: readonly AddedVersion[]): string {
  if (added.length === 0) return "";
  const parts = added.slice(0, VERSIONS).map((version) => {
    const { commit, subject } = version;
    // No line of the text can end the block, because each begins with a mark.
    const text = ["```diff", ...excerpt(version), "```"].join("\n");
    return `**${versionTag(version)}** \`${commit.slice(0, 12)}\` ${escapeMarkdown(subject)}<br>${describeSize(version)}\n\n${text}`;
  });
  if (added.length > VERSIONS) parts.push(`and ${plural(added.length - VERSIONS, "version")} more`);
  return `\n### New in prompts.lock\n\n${parts.join("\n\n")}\n`;
}

function describeSize(version: AddedVersion): string {
  const { before, files } = version;
  if (files === undefined) return "its text cannot be read; the findings say why";
  const lines = files.flatMap((file) => file.lines);
  const added = lines.filter(({ kind }) => kind === "added").length;
  const size =
    before === undefined
      ? `first version, ${plural(added, "line")}`
      : `since v${before}: +${added} -${lines.length - added}`;
  return `${size}, in ${plural(files.length, "file")}`;
}

/** `prompts/greet.md`, then its changed lines with `+` and `-`. */
function excerpt({ files = [] }: AddedVersion): string[] {
  const all = files.flatMap(({ path, lines }) => [
    `  ${path}`,
    ...lines.map(({ kind, text }) => `${kind === "added" ? "+" : "-"} ${printable(text)}`),
  ]);
  const shown = all.slice(0, LINES).map((line) => truncate(line.trimEnd(), WIDTH));
  return all.length > LINES ? [...shown, `  and ${plural(all.length - LINES, "line")} more`] : shown;
}
