// Findings as the Markdown page that GitHub shows for a run (GITHUB_STEP_SUMMARY).

import { type Diagnostic, formatPlace } from "@cuecard/model";
import { countFindings, describeCounts } from "./count.js";
import { inRepository } from "./format-github.js";

/** GitHub takes at most 1 MiB for a step; a table of this many rows stays far below. */
const ROWS = 200;

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
function escapeMarkdown(text: string): string {
  return text
    .slice(0, 2000)
    .replace(/\s+/g, " ")
    .replace(/[&<>]/g, (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[character] ?? "")
    .replace(/[\\`*_{}[\]()#+!|~$@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(https?|ftp):/gi, "$1&#58;")
    .replace(/www\./gi, "www&#46;");
}
