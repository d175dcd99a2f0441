// Findings as annotations of a GitHub Actions run, and as the Markdown page that GitHub shows for it
// (GITHUB_STEP_SUMMARY).
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands

import { type Diagnostic, formatPlace, type Severity } from "@cuecard/model";
import { countFindings, describeCounts, plural } from "./count.js";
import { formatText, type TextOptions } from "./format-text.js";
import { inRepository } from "./in-repository.js";

/** GitHub shows at most this many annotations of a kind for a step, and drops the rest without notice. */
const ANNOTATIONS_OF_A_KIND = 10;

export interface GithubOptions extends TextOptions {
  /** The project's folder, relative to the checked-out repository: `""` or `services/bot`. */
  readonly folder: string;
  /** The findings that get an annotation before all others of their kind: those at lines that a pull request changes. */
  readonly touched?: readonly Diagnostic[];
  /** A text that cannot be guessed: while the report is printed, GitHub ignores commands without it. */
  readonly stopToken: string;
}

/** Formats findings as workflow commands, followed by the whole report as plain log text. */
export function formatGithub(diagnostics: readonly Diagnostic[], options: GithubOptions): string {
  if (diagnostics.length === 0) return "";
  const left: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const commands: string[] = [];
  for (const severity of ["error", "warning", "info"] as const) {
    const ofAKind = touchedFirst(
      diagnostics.filter((diagnostic) => diagnostic.severity === severity),
      options.touched,
    );
    for (const diagnostic of ofAKind.slice(0, ANNOTATIONS_OF_A_KIND))
      commands.push(annotation(diagnostic, options.folder));
    left[severity] = Math.max(0, ofAKind.length - ANNOTATIONS_OF_A_KIND);
  }
  const log = [`::stop-commands::${options.stopToken}`, formatText(diagnostics, options).trimEnd()];
  for (const [severity, count] of Object.entries(left))
    if (count > 0)
      log.push(
        `${plural(count, severity === "info" ? "note" : severity)} more than GitHub shows as annotations: see above`,
      );
  log.push(`::${options.stopToken}::`);
  return `${[...commands, ...log].join("\n")}\n`;
}

function touchedFirst(diagnostics: readonly Diagnostic[], touched: readonly Diagnostic[] = []): Diagnostic[] {
  const first = new Set(touched);
  return diagnostics.toSorted((a, b) => Number(first.has(b)) - Number(first.has(a)));
}

function annotation(diagnostic: Diagnostic, folder: string): string {
  const properties: [string, string][] = [["file", inRepository(diagnostic.file, folder)]];
  // A version's lines are not the lines of the file in the working tree, so its annotation is about the whole file.
  if (diagnostic.range !== undefined && diagnostic.ref === undefined) {
    const { start, end } = diagnostic.range;
    properties.push(["line", String(start.line)], ["endLine", String(end.line)]);
    // GitHub ignores columns of a range over several lines; its end column is inclusive.
    if (start.line === end.line)
      properties.push(["col", String(start.column)], ["endColumn", String(Math.max(start.column, end.column - 1))]);
  }
  properties.push(["title", diagnostic.code]);
  const place = diagnostic.ref === undefined ? "" : `${formatPlace(diagnostic)}: `;
  const hint = diagnostic.hint === undefined ? "" : `\nhint: ${diagnostic.hint}`;
  const command = diagnostic.severity === "info" ? "notice" : diagnostic.severity;
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(",");
  return `::${command} ${list}::${escapeData(`${place}${diagnostic.message}${hint}`)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** GitHub takes at most 1 MiB for a step; a table of this many rows stays far below. */
const ROWS = 200;

/** Formats findings as a Markdown page, for the summary of a run. */
export function formatSummary(diagnostics: readonly Diagnostic[], folder: string): string {
  const heading = "## Prompts\n\n";
  if (diagnostics.length === 0) return `${heading}No findings.\n`;
  const rows = diagnostics.slice(0, ROWS).map((diagnostic) => {
    const place = formatPlace({ ...diagnostic, file: inRepository(diagnostic.file, folder) });
    const hint = diagnostic.hint === undefined ? "" : `<br>${escapeMarkdown(diagnostic.hint)}`;
    const kind = diagnostic.severity === "info" ? "note" : diagnostic.severity;
    return `| ${kind} | ${escapeMarkdown(place)} | ${escapeMarkdown(diagnostic.message)}${hint} | \`${diagnostic.code}\` |`;
  });
  if (diagnostics.length > ROWS) rows.push(`| | | and ${diagnostics.length - ROWS} more: see the log | |`);
  const table = ["| | Where | What | Code |", "| --- | --- | --- | --- |", ...rows].join("\n");
  return `${heading}${describeCounts(countFindings(diagnostics))}\n\n${table}\n`;
}

/** Text from prompts is shown as it is: no markup, no links, no mentions. */
export function escapeMarkdown(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/\s+/g, " ")
    .replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "")
    .replace(/[\\`*_{}[\]()#+!|~$@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(https?|ftp):/gi, "$1&#58;")
    .replace(/www\./gi, "www&#46;");
}
