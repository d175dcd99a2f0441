// `cuecard lock`

import { hasErrors, versionTag } from "@cuecard/model";
import { LOCK_FILE } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { addCommand, formatNextSteps, lockStep } from "../report/next-steps.js";
import { type CommandContext, folderFromHere } from "./command-context.js";
import { showFindings } from "./show-findings.js";
import { withRegistry } from "./with-registry.js";

export interface LockOptions {
  readonly check?: boolean;
  readonly frozen?: boolean;
}

export async function lock(context: CommandContext, options: LockOptions): Promise<number> {
  return withRegistry(context, { frozen: false }, async (registry) => {
    const { stdout, stderr } = context.terminal;
    const checksOnly = options.check === true || options.frozen === true;
    const { diagnostics, versions, outdated, written, added, resolved } = await registry.lock({ checksOnly });
    await showFindings(registry, diagnostics, stderr, context.errorPaint);
    if (hasErrors(diagnostics)) return exitCode.findings;
    const done = context.paint.green("✓");
    if (!outdated) {
      stdout.write(`${done} prompts.lock is up to date (${plural(versions, "version")})\n`);
      return exitCode.clean;
    }
    if (!written) return exitCode.findings;
    const what = [
      ...(resolved ? ["took the lines of both sides of the merge"] : []),
      ...(added.length > 0 || !resolved ? [`added ${plural(added.length, "version")}`] : []),
    ];
    const folder = folderFromHere(context);
    // Within a merge git commits no file alone: the merge is concluded, not this file.
    const next = resolved
      ? { what: "mark it as resolved", command: addCommand(LOCK_FILE, folder) }
      : lockStep(added.map(versionTag), folder);
    stdout.write(`${done} prompts.lock: ${what.join(", ")}\n${formatNextSteps([next])}`);
    return exitCode.clean;
  });
}
