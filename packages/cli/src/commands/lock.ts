// `cuecard lock`

import { hasErrors, versionTag } from "@cuecard/model";
import { LOCK_FILE, lockFindings } from "@cuecard/project";
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
    const reading = await registry.read({ resolvesConflicts: !checksOnly });
    const found = checksOnly ? [...reading.diagnostics, ...lockFindings(reading.lock)] : reading.diagnostics;
    await showFindings(registry, found, stderr, context.errorPaint);
    if (hasErrors(found)) return exitCode.findings;
    const done = context.paint.green("✓");
    if (!reading.lock.changed) {
      stdout.write(
        `${done} prompts.lock is up to date (${plural(reading.snapshot?.versions.length ?? 0, "version")})\n`,
      );
      return exitCode.clean;
    }
    if (checksOnly) return exitCode.findings;
    const { saveLock } = await import("@cuecard/registry");
    const problem = await saveLock(registry.dir, reading.lock);
    if (problem !== undefined) {
      await showFindings(registry, [problem], stderr, context.errorPaint);
      return exitCode.findings;
    }
    const { added, resolved } = reading.lock;
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
