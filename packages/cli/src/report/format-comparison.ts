// Two versions beside each other, for people and as JSON.

import type { Compared, LoadedVersion, RenderedExample } from "@cuecard/project";
import type { Paint } from "../terminal/paint.js";
import { printableLine } from "../terminal/text.js";
import { formatBoard } from "./format-board.js";
import { formatChange, formatWords } from "./format-changes.js";
import type { TableOptions } from "./table.js";

/** Whether a comparison found anything but layout. */
export function isDifferent({ comparison }: Compared): boolean {
  return comparison.changes.length > 0 || comparison.texts.length > 0;
}

const ITSELF = "no version has been released, so the working file was compared with itself";

/** Whether both references mean the working file, because there is nothing else. */
function isUnreleased({ before, after }: Compared): boolean {
  return before.compiled.name === after.compiled.name && before.versions.length === 0;
}

/** What `cuecard diff --json` prints. */
export function comparisonJson({ before, after, comparison, rendered }: Compared) {
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

/** What `cuecard diff` prints. */
export function formatComparison(compared: Compared, paint: Paint, width: number): string {
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
