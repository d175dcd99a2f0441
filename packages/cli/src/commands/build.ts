// `cuecard build`

import { existsSync } from "node:fs";
import path from "node:path";
import { versionTag } from "@cuecard/model";
import type { BuildOutcome, Config, RegistryOptions } from "@cuecard/project";
import { cleanFolder, folderProblem, UsageError } from "@cuecard/project";
import { exitCode } from "../exit.js";
import { plural } from "../report/count.js";
import { wrap } from "../terminal/wrap.js";
import type { CommandContext } from "./command-context.js";
import { sayEmpty } from "./say-empty.js";
import { showFindings } from "./show-findings.js";
import { withRegistry } from "./with-registry.js";

export interface BuildOptions {
  readonly frozen?: boolean;
  readonly watch?: boolean;
  readonly working?: boolean;
  readonly out?: string;
}

export async function build(context: CommandContext, options: BuildOptions): Promise<number> {
  const settings = registryOptions(context, options);
  if (options.watch === true) return (await import("./watch.js")).watch(context, settings);
  const started = performance.now();
  return withRegistry(context, settings, async (registry) => {
    const outcome = await registry.build();
    const { stderr, stdout } = context.terminal;
    await showFindings(registry, outcome.diagnostics, stderr, context.errorPaint);
    if (outcome.package === undefined) return exitCode.findings;
    const width = (stdout.columns ?? 200) - 2;
    const say = (mark: string, text: string) => stdout.write(`${mark} ${wrap(text, width, "  ")}\n`);
    say(context.paint.green("✓"), describeBuild(outcome, registry.config, performance.now() - started));
    const locked = describeLocked(outcome);
    if (locked !== undefined) say(" ", locked);
    if (outcome.snapshot?.working.length === 0 && outcome.snapshot.versions.length === 0) sayEmpty(context, registry);
    if (!existsSync(path.join(registry.dir, registry.config.out, "package.json")))
      stderr.write(
        `${context.errorPaint.yellow("note:")} ${registry.config.out} has no package.json yet: \`cuecard init\` writes one\n`,
      );
    return exitCode.clean;
  });
}

function registryOptions(context: CommandContext, options: BuildOptions): Omit<RegistryOptions, "dir"> {
  const problem = options.out === undefined ? undefined : folderProblem(options.out);
  if (problem !== undefined) throw new UsageError(`--out ${problem}`);
  return {
    frozen: options.frozen ?? context.automated,
    config: {
      ...(options.working === undefined ? {} : { working: options.working }),
      ...(options.out === undefined ? {} : { out: cleanFolder(options.out) }),
    },
  };
}

/** `3 prompts, 7 versions → packages/prompts/dist (2 files changed) in 84 ms` */
export function describeBuild(outcome: BuildOutcome, config: Config, milliseconds: number): string {
  const prompts = new Set([
    ...(outcome.snapshot?.working ?? []).map(({ name }) => name),
    ...(outcome.snapshot?.versions ?? []).map(({ name }) => name),
  ]).size;
  const versions = outcome.snapshot?.versions.length ?? 0;
  const changed = outcome.package?.changed ?? 0;
  const what = outcome.package?.isNew === true ? `${plural(changed, "file")} changed` : "unchanged";
  return `${plural(prompts, "prompt")}, ${plural(versions, "version")} → ${config.out}/dist (${what}) in ${duration(milliseconds)}`;
}

export function describeLocked({ locked }: BuildOutcome): string | undefined {
  if (locked.length === 0) return undefined;
  const names = locked.slice(0, 5).map(versionTag).join(", ");
  const more = locked.length > 5 ? ` and ${locked.length - 5} more` : "";
  return `prompts.lock: added ${names}${more}; commit it`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
