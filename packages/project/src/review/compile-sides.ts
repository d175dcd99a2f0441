// Compiles what a review looks into: the changed prompts on both sides, and the versions that callers get.

import type { CompiledVersion, ProjectHelpers } from "@cuecard/build";
import type { Diagnostic, PromptContent, VersionSnapshot, WorkingPrompt } from "@cuecard/model";
import type { VersionLabel } from "../aliases/assess-edit.js";
import { compileVersions } from "../compile/compile.js";
import { compileSettings } from "../compile/compile-settings.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import type { Project } from "../read/project.js";

/** Versions by prompt: `v3`, or `working` for the text under review. */
export type Involved = ReadonlyMap<string, ReadonlySet<VersionLabel>>;

export interface CompiledSides {
  /** A prompt as the base has it; `undefined` if it does not compile. */
  readonly baseOf: (name: string) => CompiledVersion | undefined;
  /** A version, or `working` for the text under review. */
  readonly versionOf: (name: string, label: VersionLabel) => CompiledVersion | undefined;
  /** The files of a version, or of the text under review. */
  readonly sourceOf: (name: string, label: VersionLabel) => PromptContent | undefined;
  /** All versions of the project, whether they were compiled or not. */
  readonly versions: readonly VersionSnapshot[];
  readonly helpers: ProjectHelpers | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function compileSides(
  project: Project,
  before: readonly WorkingPrompt[],
  after: readonly WorkingPrompt[],
  involved: Involved,
): Promise<CompiledSides> {
  let versions: readonly VersionSnapshot[] = [];
  const isInvolved = (name: string, version: number) => involved.get(name)?.has(`v${version}`) === true;
  const { result, helpers, diagnostics } = await compileVersions(project, {
    needs: ({ name, version }) => isInvolved(name, version),
    select(snapshot) {
      versions = snapshot.versions;
      const own = versions.filter(({ name, version }) => isInvolved(name, version));
      // A version that does not compile is only not compared: a check reports it.
      const compared = own.map((version) => ({ ...version, targeted: false }));
      return { ...onlyPrompts(snapshot.promptsDir, after), versions: compared, scores: snapshot.scores };
    },
  });
  const { compile } = await project.compiler();
  const base = compile(onlyPrompts(project.config.prompts, before), {
    versions: "all",
    working: true,
    emits: false,
    ...compileSettings(project.config, helpers),
  });
  const find = (prompts: typeof base.prompts, name: string, label: VersionLabel) =>
    prompts
      .find((prompt) => prompt.name === name)
      ?.versions.find(({ version }) => label === (version === "working" ? "working" : `v${version}`));
  return {
    baseOf: (name) => find(base.prompts, name, "working"),
    versionOf: (name, label) => find(result?.prompts ?? [], name, label),
    sourceOf: (name, label) =>
      label === "working"
        ? after.find((prompt) => prompt.name === name)?.content
        : versions.find((version) => version.name === name && `v${version.version}` === label)?.content,
    versions,
    helpers: helpers.helpers,
    diagnostics,
  };
}
