// Writes findings for people, and in the formats of CI services and code hosts.

import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import type { Diagnostic } from "@cuecard/model";
import type { AddedVersion, Registry } from "@cuecard/project";
import { packageHomepage, packageVersion } from "../package.js";
import { countFindings } from "../report/count.js";
import { summarizeAdded } from "../report/format-added.js";
import { formatGithub, formatSummary } from "../report/format-github.js";
import { formatGitlab } from "../report/format-gitlab.js";
import { formatJunit } from "../report/format-junit.js";
import { formatSarif } from "../report/format-sarif.js";
import type { CommandContext } from "./command-context.js";
import { printDiagnostics } from "./print-diagnostics.js";

/** Formats beside `text` and `json`. */
export const FINDING_FORMATS = ["github", "sarif", "junit", "gitlab"] as const;

export type FindingFormat = "text" | (typeof FINDING_FORMATS)[number];

type DocumentFormat = Exclude<FindingFormat, "text" | "github">;

export interface WrittenFindings {
  readonly format: FindingFormat;
  /** Whether warnings fail as well. */
  readonly strict: boolean;
  /** Those at lines that a pull request changes. */
  readonly touched?: readonly Diagnostic[];
  /** The versions that a pull request adds to prompts.lock, for the summary of a run. */
  readonly added: readonly AddedVersion[] | undefined;
}

/** Whether the output is one document for another program, beside which nothing else may be printed. */
export function isDocumentFormat(format: string): format is DocumentFormat {
  return format === "sarif" || format === "junit" || format === "gitlab";
}

export async function writeFindings(
  context: CommandContext,
  registry: Registry,
  diagnostics: readonly Diagnostic[],
  { format, strict, touched = [], added = [] }: WrittenFindings,
): Promise<void> {
  const { dir, terminal, paint } = context;
  const { stdout, env } = terminal;
  if (format === "text") {
    await printDiagnostics(registry, diagnostics, { stream: stdout, paint });
    return;
  }
  if (isDocumentFormat(format)) {
    await writeDocument(context, diagnostics, { format, strict, title: "cuecard check" });
    return;
  }
  await annotate(context, registry, diagnostics, touched);
  const summary = env["GITHUB_STEP_SUMMARY"];
  const folder = await folderInRepository(dir, env["GITHUB_WORKSPACE"]);
  if (summary) await appendFile(summary, formatSummary(diagnostics, folder) + summarizeAdded(added));
  const output = env["GITHUB_OUTPUT"];
  const counts = countFindings(diagnostics);
  if (output) await appendFile(output, `errors=${counts.error}\nwarnings=${counts.warning}\n`);
}

interface DocumentOptions {
  readonly format: DocumentFormat;
  /** Whether warnings fail as well. */
  readonly strict: boolean;
  /** The name of the report. */
  readonly title: string;
}

/** Writes findings as one document for another program. */
export async function writeDocument(
  { dir, terminal }: CommandContext,
  diagnostics: readonly Diagnostic[],
  { format, strict, title }: DocumentOptions,
): Promise<void> {
  const folder = await folderInRepository(dir, terminal.env["GITHUB_WORKSPACE"]);
  const tool = { version: packageVersion(), homepage: packageHomepage() };
  terminal.stdout.write(
    {
      sarif: () => formatSarif(diagnostics, folder, tool),
      junit: () => formatJunit(diagnostics, { folder, strict, title }),
      gitlab: () => formatGitlab(diagnostics, folder),
    }[format](),
  );
}

/** Writes findings as annotations of a GitHub Actions run. */
export async function annotate(
  { dir, terminal: { stdout, env } }: CommandContext,
  registry: Registry,
  diagnostics: readonly Diagnostic[],
  touched: readonly Diagnostic[] = [],
): Promise<void> {
  const folder = await folderInRepository(dir, env["GITHUB_WORKSPACE"]);
  const sources = await registry.sources(diagnostics);
  const report = formatGithub(diagnostics, { folder, sources, touched, stopToken: randomUUID() });
  if (stdout.writeCommands === undefined) stdout.write(report);
  else stdout.writeCommands(report);
}

/** The project's folder, relative to the top of the checkout: annotations name files from there. */
export async function folderInRepository(dir: string, workspace: string | undefined): Promise<string> {
  const { findGitDir } = await import("@cuecard/project");
  const roots = [workspace, findGitDir(dir)?.root];
  for (const root of roots) {
    if (!root) continue;
    const relative = path.relative(root, dir);
    if (!relative.startsWith("..") && !path.isAbsolute(relative)) return relative.split(path.sep).join("/");
  }
  return "";
}
