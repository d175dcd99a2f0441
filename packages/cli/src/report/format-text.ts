// Findings for people: place, problem, the line it is about, hint, and a count at the end.

import { type Diagnostic, formatPlace, type Severity } from "@cuecard/model";
import type { SourceLookup } from "@cuecard/project";
import { type Paint, plain } from "../terminal/paint.js";
import { printableLine, wrap } from "../terminal/text.js";
import { codeFrame } from "./code-frame.js";
import { countFindings, describeCounts } from "./count.js";

export interface TextOptions {
  readonly sources?: SourceLookup;
  readonly paint?: Paint;
  /** Columns to fit into. Without it, sentences are not wrapped, so that `grep` finds them in pipes and CI logs. */
  readonly width?: number | undefined;
}

/** Formats findings as text; empty when there are none. */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const linesOf = lineLookup(options.sources);
  const blocks = diagnostics.map((diagnostic) => formatOne(diagnostic, linesOf, options));
  const paint = options.paint ?? plain;
  const counts = countFindings(diagnostics);
  const summary = describeCounts(counts);
  blocks.push(paint.bold(counts.error > 0 ? paint.red(summary) : counts.warning > 0 ? paint.yellow(summary) : summary));
  return `${blocks.join("\n\n")}\n`;
}

type LineLookup = (finding: Diagnostic) => readonly string[] | undefined;

/** The lines that findings point into. Findings in the same text usually follow each other. */
function lineLookup(sources: SourceLookup | undefined): LineLookup {
  let last: { readonly text: string; readonly lines: readonly string[] } | undefined;
  return (finding) => {
    const text = sources?.(finding.file, finding.ref, finding);
    if (text === undefined) return undefined;
    if (last?.text !== text) last = { text, lines: text.split("\n") };
    return last.lines;
  };
}

function formatOne(diagnostic: Diagnostic, linesOf: LineLookup, options: TextOptions): string {
  const paint = options.paint ?? plain;
  const width = options.width === undefined ? Number.POSITIVE_INFINITY : Math.max(30, Math.min(options.width, 120));
  const lines = [
    `${paint.bold(printableLine(formatPlace(diagnostic)))}  ${label(diagnostic.severity, paint)}  ${paint.dim(diagnostic.code)}`,
    ...sentences(diagnostic.message, width),
  ];
  const { range } = diagnostic;
  const source = range && linesOf(diagnostic);
  const frame = range && source && codeFrame(source, range, { width: Math.min(width, FRAME) - 2, paint });
  if (frame !== undefined) lines.push("", frame.replace(/^/gm, "  "), "");
  if (diagnostic.hint !== undefined)
    lines.push(`  ${paint.cyan("hint:")} ${wrap(printableLine(diagnostic.hint), width - 8, "        ")}`);
  return lines.join("\n").trimEnd();
}

/** Columns of an excerpt of a file where the width is unknown. */
const FRAME = 100;

/** A message may have several lines: what git or a hook printed. */
function sentences(message: string, width: number): string[] {
  const lines = message.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => `  ${wrap(printableLine(line), width - 2, "  ")}`);
}

function label(severity: Severity, paint: Paint): string {
  if (severity === "error") return paint.red("error");
  return severity === "warning" ? paint.yellow("warning") : paint.blue("note");
}
