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

export interface WrittenFindings {
  readonly format: FindingFormat;
  /** Whether warnings fail as well. */
  readonly strict: boolean;
  /** The versions that a pull request adds to prompts.lock, for the summary of a run. */
  readonly added: readonly AddedVersion[] | undefined;
}

/** Whether the output is one document for another program, beside which nothing else may be printed. */
export function isDocumentFormat(format: FindingFormat): boolean {
  return format === "sarif" || format === "junit" || format === "gitlab";
}

export async function writeFindings(
  context: CommandContext,
  registry: Registry,
  diagnostics: readonly Diagnostic[],
  { format, strict, added = [] }: WrittenFindings,
): Promise<void> {
  const { dir, terminal, paint } = context;
  const { stdout, env } = terminal;
  if (format === "text") {
    await printDiagnostics(registry, diagnostics, { stream: stdout, paint });
    return;
  }
  const folder = await folderInRepository(dir, env["GITHUB_WORKSPACE"]);
  switch (format) {
    case "sarif":
      stdout.write(formatSarif(diagnostics, folder, { version: packageVersion(), homepage: packageHomepage() }));
      return;
    case "junit":
      stdout.write(formatJunit(diagnostics, { folder, strict }));
      return;
    case "gitlab":
      stdout.write(formatGitlab(diagnostics, folder));
      return;
  }
  const sources = await registry.sources(diagnostics);
  const report = formatGithub(diagnostics, { folder, sources, stopToken: randomUUID() });
  if (stdout.writeCommands === undefined) stdout.write(report);
  else stdout.writeCommands(report);
  const summary = env["GITHUB_STEP_SUMMARY"];
  if (summary) await appendFile(summary, formatSummary(diagnostics, folder) + summarizeAdded(added));
  const output = env["GITHUB_OUTPUT"];
  const counts = countFindings(diagnostics);
  if (output) await appendFile(output, `errors=${counts.error}\nwarnings=${counts.warning}\n`);
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
