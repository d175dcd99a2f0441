// What `cuecard replay` prints for people: for each version and its candidate the numbers, what would be refused, how texts differ; then
// which calls were not compared, and why.

import type { CallPlace, ReplayedVersion, ReplayReport, SkippedCalls, SkipReason, WordChange } from "@cuecard/project";
import { plural } from "../report/count.js";
import { formatWords } from "../report/format-changes.js";
import type { Paint } from "../terminal/paint.js";
import { printableLine, wrap } from "../terminal/text.js";

interface Style {
  readonly paint: Paint;
  readonly width: number;
}

/** How many ways in which texts differ are shown for a version. `--json` has more. */
const SHOWN = 5;

export function formatReplay(report: ReplayReport, file: string, style: Style): string {
  const { calls, replayed, versions, skipped } = report;
  const counts = `${calls === replayed ? "" : `${number(replayed)} of `}${number(calls)} ${calls === 1 ? "call" : "calls"}`;
  return [
    `Replayed ${counts} from ${printableLine(file)}. No model was called.\n`,
    ...versions.map((version) => `\n${formatVersion(version, style)}`),
    ...(skipped.length === 0 ? [] : [`\n${formatSkipped(skipped, calls - replayed, style)}`]),
  ].join("");
}

function formatVersion(version: ReplayedVersion, style: Style): string {
  const { paint } = style;
  const { name, ran, candidate, calls, same, differing, refused, renderedWithout } = version;
  const row = (label: string, count: number, color: (text: string) => string) =>
    count === 0 ? "" : `  ${label.padEnd(10)}${color(number(count))}\n`;
  return [
    `${paint.bold(`${name}  ${ran} → ${candidate}`)}  ${number(calls)} ${calls === 1 ? "call" : "calls"}\n`,
    row("refused", refused, paint.red),
    row("differ", differing, paint.yellow),
    row("same", same, paint.green),
    same + differing === 0 ? "" : `  ${"tokens".padEnd(10)}${formatTokens(version)}\n`,
    renderedWithout.length === 0
      ? ""
      : `  ${paint.dim(`rendered without ${renderedWithout.join(", ")}, which traces do not record`)}\n`,
    formatRefusals(version, style),
    formatDifferences(version, style),
  ].join("");
}

function formatTokens({ tokens: { before, after, estimated } }: ReplayedVersion): string {
  const change = before === 0 ? 0 : ((after - before) / before) * 100;
  const percent = `${change > 0 ? "+" : ""}${change.toFixed(1)} %`;
  const numbers = before === after ? number(before) : `${number(before)} → ${number(after)}`;
  return `${before === after ? "unchanged" : percent} (${numbers}${estimated ? ", estimated" : ""})`;
}

function formatRefusals({ candidate, refused, refusals }: ReplayedVersion, { paint, width }: Style): string {
  if (refused === 0) return "";
  const lines = refusals.slice(0, SHOWN).map(({ calls, problem, first }) => {
    const text = wrap(`${number(calls)} × ${printableLine(problem)}`, Math.max(20, width - 4), "    ");
    return `    ${text}\n      ${paint.dim(`first: ${placeOf(first)}`)}\n`;
  });
  const verb = refused === 1 ? "call would be" : "calls would be";
  return `\n  ${paint.red(`${number(refused)} ${verb} refused by ${candidate === "working" ? "the working file" : candidate}:`)}\n${lines.join("")}${more(refusals.length, "reason")}`;
}

function formatDifferences({ differing, differences, otherDifferences }: ReplayedVersion, { paint }: Style): string {
  if (differing === 0) return "";
  const ways = otherDifferences > 0 ? "in more than 20 ways" : `in ${plural(differences.length, "way")}`;
  const shown = differences.slice(0, SHOWN).map(({ calls, first, words }) => {
    const diff = formatWords(words.map(shorten), paint).replace(/^(?=.)/gm, "      ");
    return `    ${number(calls)} × ${paint.dim(`first: ${placeOf(first)}`)}\n${diff}`;
  });
  const title = `${number(differing)} ${differing === 1 ? "text differs" : "texts differ"}`;
  return `\n  ${paint.yellow(`${title}${differing === 1 ? "" : `, ${ways}`}:`)}\n${shown.join("")}${more(differences.length, "way")}`;
}

/** The longest line that is shown whole where nothing changes, and how much of a longer one is. */
const LONGEST = 140;
const ENDS = 60;

/** A part of a text, whose unchanged lines are cut in the middle. */
function shorten({ kind, text }: WordChange): WordChange {
  if (kind !== "same" || text.length <= LONGEST) return { kind, text };
  const lines = text.split("\n").map((line) => {
    const characters = line.length > LONGEST ? Array.from(line) : [];
    if (characters.length <= LONGEST) return line;
    return `${characters.slice(0, ENDS).join("")} … ${characters.slice(-ENDS).join("")}`;
  });
  return { kind, text: lines.join("\n") };
}

function more(groups: number, noun: string): string {
  return groups > SHOWN ? `    … and ${plural(groups - SHOWN, `more ${noun}`)}; --json has them\n` : "";
}

const REASONS: Readonly<Record<SkipReason, string>> = {
  "not-selected": "no --with selects them",
  "same-version": "the candidate is the version that ran",
  "no-input": "no input was recorded",
  private: "a private value was left out",
  cut: "a value was cut when it was recorded",
  "not-recorded": "a value was not recorded",
  changed: "values were cut or dropped after they were recorded",
  unreadable: "an attribute is not as Cuecard writes it",
  "unknown-version": "this repository does not have the version that ran",
  "other-digest": "the version in this repository is not the one that ran",
  "refused-then": "the version that ran rejects the input as well",
  "no-candidate": "the candidate cannot be used",
};

function formatSkipped(skipped: readonly SkippedCalls[], total: number, { paint, width }: Style): string {
  const lines = [...skipped]
    .sort((a, b) => b.calls - a.calls)
    .map(({ name, version, reason, detail, calls, first }) => {
      const place = paint.dim(`first: ${placeOf(first)}`);
      const more = detail === "" ? "" : ` (${printableLine(detail)})`;
      const what = name === "" ? "others" : printableLine(`${name}@${version}`);
      const text = `${number(calls)} × ${what}: ${REASONS[reason]}${more}`;
      return `  ${wrap(text, Math.max(20, width - 2), "    ")}\n    ${place}\n`;
    });
  return `${paint.bold(`Not compared: ${number(total)} ${total === 1 ? "call" : "calls"}`)}\n${lines.join("")}`;
}

function placeOf({ line, traceId, spanId }: CallPlace): string {
  const ids = [traceId && `trace ${traceId}`, spanId && `span ${spanId}`].filter(Boolean).join(", ");
  return printableLine(`line ${line}${ids === "" ? "" : `, ${ids}`}`);
}

/** `12,345` */
function number(value: number): string {
  return value.toLocaleString("en-US");
}
