// One version of every prompt: the latest, or the one that an alias points at. For servers that offer prompts by their names.

import type { CompiledPrompt, CompiledVersion } from "@cuecard/build";
import { compareText, type Diagnostic } from "@cuecard/model";
import { chooseArm } from "@cuecard/runtime";
import { compileContents } from "../compile/compile.js";
import type { Project } from "../read/project.js";

export interface PromptsAtOptions {
  /**
   * `working`, `latest`, or an alias. Prompts without it are left out. Default: the latest version of each prompt, or its working
   * file before the first release.
   */
  readonly ref?: string | undefined;
  /** Identifies the caller, and selects the version of weighted aliases. Default: the version with the largest weight. */
  readonly key?: string | undefined;
}

/** A prompt with the version that was asked for. */
export interface PromptAt {
  readonly name: string;
  /** `latest`, `working`, or the alias. */
  readonly ref: string;
  readonly compiled: CompiledVersion;
}

export interface PromptsAt {
  /** Those that compile, sorted by name. */
  readonly prompts: readonly PromptAt[];
  /** The names of the prompts that exist, also of those that are broken or do not have the alias; sorted. */
  readonly names: readonly string[];
  /** All aliases of the project, sorted. */
  readonly aliases: readonly string[];
  /** The files of the project's helpers, absolute. */
  readonly helperFiles: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export async function promptsAt(project: Project, { ref, key }: PromptsAtOptions): Promise<PromptsAt> {
  const compilation = await compileContents(project, { versions: "aliased", working: true });
  const { snapshot, result, helpers, diagnostics } = compilation;
  const found = (result?.prompts ?? []).flatMap((prompt) => choose(prompt, ref, key) ?? []);
  const names = new Set([...(snapshot?.workingNames ?? []), ...(snapshot?.versions ?? []).map(({ name }) => name)]);
  const aliases = new Set(snapshot?.aliases.map(({ alias }) => alias));
  return {
    prompts: found,
    names: [...names].sort(compareText),
    aliases: [...aliases].sort(compareText),
    helperFiles: helpers.files,
    diagnostics,
  };
}

function choose(prompt: CompiledPrompt, wanted: string | undefined, key: string | undefined): PromptAt | undefined {
  const { name, versions, aliases } = prompt;
  const latest = aliases.some(({ alias }) => alias === "latest") ? "latest" : "working";
  const ref = wanted ?? latest;
  const arms =
    ref === "working" ? [{ version: ref, weight: 1 }] : (aliases.find(({ alias }) => alias === ref)?.arms ?? []);
  const [first, ...others] = arms;
  if (first === undefined) return undefined;
  const version =
    key === undefined
      ? others.reduce((most, arm) => (arm.weight > most.weight ? arm : most), first).version
      : chooseArm(
          arms.map((arm) => ({ weight: arm.weight, value: arm.version })),
          `${name}:${ref}`,
          key,
        );
  const compiled = versions.find((candidate) => candidate.version === version);
  return compiled && { name, ref, compiled };
}
