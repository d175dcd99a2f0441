// The working files with an edited text in place of one of them. git is not asked.

import type { CompileResult } from "@cuecard/build";
import type { CheckRequest, EditableFile } from "@cuecard/catalog";
import { ALIASES_FILE, LOCK_FILE, type Snapshot, type WorkingPrompt } from "@cuecard/model";
import {
  describeRefs,
  listWorkingFiles,
  readProjectFile,
  readWorkingTree,
  type WorkingTree,
  workingOptions,
} from "@cuecard/registry";
import { hash } from "../cache/hash.js";
import { compileSettings } from "../compile/compile-settings.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import type { HelpersResult } from "../helpers/read-helpers.js";
import type { Compiler } from "../read/compiler.js";
import type { Project } from "../read/project.js";
import type { EditMemory, Released } from "./edit-memory.js";

export interface EditView {
  readonly project: Project;
  readonly memory: EditMemory;
  readonly compiler: Compiler;
  readonly helpers: HelpersResult;
  readonly editable: EditableFile;
  /** As it was sent. */
  readonly text: string;
  readonly tree: WorkingTree;
  /** All files within the prompts folder. */
  readonly paths: readonly string[];
}

/** @param substitute Another text that counts as well. */
export async function viewEdit(
  { project, memory }: Pick<EditView, "project" | "memory">,
  editable: EditableFile,
  { text }: Pick<CheckRequest, "text">,
  substitute: ReadonlyMap<string, string> = new Map(),
): Promise<EditView> {
  const drafts = new Map([[editable.file, text], ...substitute]);
  const names = editable.kind === "prompt" ? [editable.name] : undefined;
  const options = workingOptions(project.about(names, drafts).repository);
  const files = await listWorkingFiles(options);
  return {
    ...{ project, memory, editable, text },
    compiler: await project.compiler(),
    helpers: await project.helpers(),
    tree: await readWorkingTree(options, files),
    paths: files.paths,
  };
}

/** Compiles working prompts, and what they have released. */
export function compileEdit(
  { project, memory, compiler, helpers, tree }: EditView,
  prompts: readonly WorkingPrompt[],
  { versions, aliases }: Released = { versions: [], aliases: [] },
): CompileResult {
  const settings = compileSettings(project.config, helpers);
  const { metadataKeys, allowCharacters } = project.config;
  const form = hash(
    JSON.stringify([helpers.helpers?.signatures, metadataKeys, allowCharacters, project.config.prompts]),
  );
  const snapshot: Snapshot = {
    ...onlyPrompts(project.config.prompts, prompts),
    ...{ schemaNames: tree.schemaNames, versions, aliases },
  };
  const cache = memory.compiled(form);
  return compiler.compile(snapshot, { versions: "aliased", working: true, emits: false, ...settings, cache });
}

/** What a prompt has released. */
export async function releasedOf({ project, memory, editable }: EditView): Promise<Released> {
  return memory.released(editable.name, await readReleaseState(project), async () => {
    const { snapshot } = await project.about([editable.name]).snapshot({ texts: ({ targeted }) => targeted });
    return { versions: snapshot?.versions ?? [], aliases: snapshot?.aliases ?? [] };
  });
}

/** What the released versions and aliases were read from; `undefined` if the refs cannot be described. */
async function readReleaseState({ dir }: Project): Promise<string | undefined> {
  const refs = describeRefs(dir);
  const [lock, aliases] = [await readProjectFile(dir, LOCK_FILE), await readProjectFile(dir, ALIASES_FILE)];
  return refs === undefined ? undefined : [refs, lock?.exact, aliases?.exact].map((text) => hash(text ?? "")).join(" ");
}
