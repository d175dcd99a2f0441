// `cuecard check`

import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import type { Diagnostic } from "@cuecard/model";
import type { Registry } from "@cuecard/project";
import { findGitDir, UsageError } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { countFindings, plural } from "../report/count.js";
import { formatGithub } from "../report/format-github.js";
import { formatJson } from "../report/format-json.js";
import { formatSummary } from "../report/format-summary.js";
import type { CommandContext } from "./command-context.js";
import { sayEmpty } from "./say-empty.js";
import { showFindings } from "./show-findings.js";
import { withRegistry } from "./with-registry.js";

export interface CheckOptions {
  readonly format: "text" | "json" | "github";
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly frozen?: boolean;
  readonly requireSigned?: boolean;
  readonly allowedSigners?: string;
}

export async function check(context: CommandContext, options: CheckOptions): Promise<number> {
  if (options.allowedSigners !== undefined && options.requireSigned !== true)
    throw new UsageError("--allowed-signers goes with --require-signed");
  const frozen = options.frozen ?? context.automated;
  return withRegistry(context, { frozen }, async (registry) => {
    const { allowedSigners } = options;
    const { diagnostics, prompts, versions } = await registry.check({
      requireSigned: options.requireSigned ?? false,
      allowedSigners: allowedSigners === undefined ? undefined : path.resolve(context.terminal.cwd, allowedSigners),
    });
    const { stdout } = context.terminal;
    const format = options.json === true ? "json" : options.format;
    if (format === "json") stdout.write(formatJson(diagnostics));
    else if (format === "github") await reportToGithub(context, registry, diagnostics);
    else await showFindings(registry, diagnostics, stdout, context.paint);
    const counts = countFindings(diagnostics);
    const failed = counts.error > 0 || (options.strict === true && counts.warning > 0);
    if (!failed && format !== "json")
      stdout.write(
        `${context.paint.green("✓")} ${plural(prompts, "prompt")}, ${plural(versions, "version")} checked\n`,
      );
    if (!failed && format === "text" && prompts === 0 && versions === 0) sayEmpty(context, registry);
    return failed ? exitCode.findings : exitCode.clean;
  });
}

async function reportToGithub(
  { dir, terminal }: CommandContext,
  registry: Registry,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  const folder = await folderInRepository(dir, terminal.env["GITHUB_WORKSPACE"]);
  const sources = await registry.sources(diagnostics);
  terminal.stdout.write(formatGithub(diagnostics, { folder, sources, stopToken: randomUUID() }));
  const summary = terminal.env["GITHUB_STEP_SUMMARY"];
  if (summary) await appendFile(summary, formatSummary(diagnostics, folder));
  const output = terminal.env["GITHUB_OUTPUT"];
  const counts = countFindings(diagnostics);
  if (output) await appendFile(output, `errors=${counts.error}\nwarnings=${counts.warning}\n`);
}

/** Where the project is in what was checked out: annotations name files from there. */
async function folderInRepository(dir: string, workspace: string | undefined): Promise<string> {
  const roots = [workspace, findGitDir(dir)?.root];
  for (const root of roots) {
    if (!root) continue;
    const relative = path.relative(root, dir);
    if (!relative.startsWith("..") && !path.isAbsolute(relative)) return relative.split(path.sep).join("/");
  }
  return "";
}
