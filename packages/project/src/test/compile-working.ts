// Compiles the working files of some prompts, or of all, and nothing else of the project.

import type { CompiledVersion } from "@cuecard/build";
import { type Diagnostic, PROMPT_EXTENSION, type WorkingPrompt } from "@cuecard/model";
import { compileVersions } from "../compile/compile.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { unknownName } from "../read/resolve-reference.js";

export interface WorkingPrompts {
  readonly prompts: readonly {
    readonly working: WorkingPrompt;
    /** `undefined` if it does not compile. */
    readonly compiled: CompiledVersion | undefined;
  }[];
  readonly helpers: Awaited<ReturnType<Project["helpers"]>>["helpers"];
  /** All prompts of the working tree. */
  readonly workingNames: readonly string[];
  /** About the selected prompts. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles the working files of some prompts, or of all. */
export async function compileWorking(
  project: Project,
  names: readonly string[] | undefined,
): Promise<WorkingPrompts | Exclude<Outcome<never>, { readonly kind: "found" }>> {
  let working: readonly WorkingPrompt[] = [];
  let workingNames: readonly string[] = [];
  const { result, snapshot, helpers, diagnostics } = await compileVersions(project, {
    needs: () => false,
    select(whole) {
      working = whole.working.filter(({ name }) => names === undefined || names.includes(name));
      workingNames = whole.workingNames;
      return { ...onlyPrompts(whole.promptsDir, working), workingNames };
    },
  });
  if (snapshot === undefined || result === undefined) return { kind: "broken", diagnostics };
  const unknown = names?.find((name) => !workingNames.includes(name));
  if (unknown !== undefined) return { kind: "unknown", ...unknownName(unknown, new Set(workingNames)), diagnostics };
  const unread = (names ?? workingNames).filter((name) => !working.some((prompt) => prompt.name === name));
  const paths = new Set(
    working.flatMap(({ content }) => [content.prompt.path, ...content.partials.map((file) => file.path)]),
  );
  for (const name of unread) paths.add(`${project.config.prompts}/${name}${PROMPT_EXTENSION}`);
  const own = diagnostics.filter(({ file, ref }) => (ref === undefined || ref === "working") && paths.has(file));
  if (unread.length > 0) return { kind: "broken", diagnostics: own.length > 0 ? own : diagnostics };
  return {
    prompts: working.map((prompt) => ({
      working: prompt,
      compiled: result.prompts
        .find(({ name }) => name === prompt.name)
        ?.versions.find(({ version }) => version === "working"),
    })),
    helpers: helpers.helpers,
    workingNames,
    diagnostics: own,
  };
}
