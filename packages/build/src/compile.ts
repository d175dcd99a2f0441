// The compiler on one screen: compile every prompt, check pointers and renames across prompts, then emit the files.

import { compareText, type Diagnostic, hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import { checkPointers } from "./check/check-pointers.js";
import { readRenames } from "./check/check-renames.js";
import { compilePrompt, type PromptSources, type VersionSelection } from "./compile-prompt.js";
import { type CompileCache, ContentStore } from "./content-store.js";
import { emitCommonJsIndex, emitCommonJsPrompt } from "./emit/common-js.js";
import { type MapTypes, mapIndexTypes, mapPromptTypes } from "./emit/declaration-maps.js";
import { emitIndexModule } from "./emit/index-module.js";
import { emitIndexTypes } from "./emit/index-types.js";
import { emitManifest } from "./emit/manifest.js";
import { emitPromptCode, emitPromptModule } from "./emit/prompt-module.js";
import { emitPromptTypes } from "./emit/prompt-types.js";
import type { HelperSignature } from "./language/helper-signature.js";
import type { CompiledPrompt } from "./model.js";

export interface CompileOptions extends VersionSelection {
  /** The project's own helpers. */
  readonly helpers?: ProjectHelpers;
  /** Whether the package can validate inputs and answers (it does by default); without, it holds none of the code for it. */
  readonly validation?: boolean;
  /** The pointers that differ from aliases.json for this build, such as `greet@production`; the manifest lists them. */
  readonly replaced?: readonly string[];
  /** Front-matter keys of other tools, and presets of such keys, whose values go to `metadata`. Default: none. */
  readonly metadataKeys?: readonly string[];
  /** Invisible characters that are text in this project: code points and ranges. Default: none. */
  readonly allowCharacters?: readonly string[];
  /** Compiled contents of earlier builds, by digest. */
  readonly cache?: CompileCache;
  /** The project's folder, relative to the package's dist folder: `../../..`. With it, declarations have maps. */
  readonly project?: string;
}

/** The module whose functions templates may call, as JavaScript that goes into the package. */
export interface ProjectHelpers {
  readonly signatures: readonly HelperSignature[];
  /** The module's path within the package's dist folder: `helpers/helpers.js`. */
  readonly entry: string;
  /** The same for `require`: `helpers/helpers.cjs`. */
  readonly commonJsEntry: string;
  /** The texts of the module and of those it imports, by path within dist; there only if some prompt calls a helper. */
  readonly files: ReadonlyMap<string, string>;
}

export interface CompileResult {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything that compiled, also when there are errors elsewhere; sorted by name. */
  readonly prompts: readonly CompiledPrompt[];
}

export function compile(snapshot: Snapshot, options: CompileOptions): CompileResult {
  const { prompts, diagnostics } = compilePrompts(snapshot, options);
  const files = hasErrors(diagnostics) ? new Map<string, string>() : emitFiles(prompts, options);
  return { files, diagnostics: sortDiagnostics(diagnostics), prompts };
}

interface Compiled {
  readonly prompts: readonly CompiledPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

function compilePrompts(snapshot: Snapshot, options: CompileOptions): Compiled {
  const contents = new ContentStore(snapshot.promptsDir, options.cache, {
    helpers: options.helpers?.signatures ?? [],
    metadataKeys: options.metadataKeys ?? [],
    allowCharacters: options.allowCharacters ?? [],
  });
  const results = groupPrompts(snapshot).map((sources) => compilePrompt(sources, contents, options));
  const renames = readRenames(results.flatMap(({ draft }) => draft ?? []));
  return {
    prompts: results.map(({ prompt }) => prompt),
    diagnostics: [
      ...results.flatMap(({ diagnostics }) => diagnostics),
      ...renames.diagnostics,
      ...checkPointers(snapshot, renames.became),
    ],
  };
}

/** What a snapshot has of each prompt, sorted by name. */
function groupPrompts(snapshot: Snapshot): PromptSources[] {
  const versions = groupByName(snapshot.versions);
  const aliases = groupByName(snapshot.aliases);
  const scores = groupByName(snapshot.scores);
  const working = new Map(snapshot.working.map((prompt) => [prompt.name, prompt]));
  const names = [...new Set([...versions.keys(), ...working.keys()])].sort(compareText);
  return names.map((name) => ({
    name,
    versions: versions.get(name) ?? [],
    working: working.get(name),
    aliases: aliases.get(name) ?? [],
    scores: scores.get(name) ?? [],
    schemaNames: snapshot.schemaNames,
  }));
}

/** The endings of declarations, by that of the code. */
const TYPES_OF = { js: "d.ts", cjs: "d.cts" } as const;

function emitFiles(
  prompts: readonly CompiledPrompt[],
  { validation = true, helpers, replaced = [], project }: CompileOptions,
): ReadonlyMap<string, string> {
  const loadable = prompts.filter((prompt) => prompt.versions.length > 0);
  const code = new Map(loadable.map((prompt) => [prompt.name, emitPromptCode(prompt, { validation })]));
  const files = new Map([
    ["index.js", emitIndexModule(loadable, code, helpers?.entry)],
    ["index.cjs", emitCommonJsIndex(loadable)],
    ["manifest.json", emitManifest(loadable, replaced)],
  ]);
  const addTypes = (name: string, endings: readonly string[], text: string, map: MapTypes): void => {
    const mapped = project === undefined ? undefined : map(text, project);
    for (const ending of endings) {
      const path = `${name}.${ending}`;
      const own = mapped?.(path);
      files.set(path, own?.text ?? text);
      if (own !== undefined) files.set(`${path}.map`, own.map);
    }
  };
  for (const ending of ["js", "cjs"] as const)
    addTypes("index", [TYPES_OF[ending]], emitIndexTypes(loadable, { validation, ending }), mapIndexTypes(loadable));
  for (const [name, promptCode] of code) {
    files.set(`prompts/${name}.js`, emitPromptModule(name, promptCode, helpers?.entry));
    files.set(`prompts/${name}.cjs`, emitCommonJsPrompt(name, promptCode, helpers?.commonJsEntry));
  }
  for (const prompt of loadable) {
    const types = emitPromptTypes(prompt, { validation });
    addTypes(`prompts/${prompt.name}`, Object.values(TYPES_OF), types, mapPromptTypes(prompt.source));
  }
  if (helpers === undefined || [...code.values()].every((prompt) => prompt.helpers.size === 0)) return files;
  return new Map([...files, ...helpers.files]);
}

function groupByName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.name);
    if (group === undefined) groups.set(item.name, [item]);
    else group.push(item);
  }
  return groups;
}
