// The compiler on one screen: compile every prompt, check pointers and renames across prompts, then emit the files.

import { compareText, type Diagnostic, hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import { checkPointers } from "./check/check-pointers.js";
import { readRenames } from "./check/check-renames.js";
import { compilePrompt, type PromptSources, type VersionSelection } from "./compile-prompt.js";
import { type CompileCache, ContentStore } from "./content-store.js";
import { emitPrompt } from "./emit/emit-prompt.js";
import { emitShared, joinParts } from "./emit/emit-shared.js";
import type { PackageOptions, ProjectHelpers } from "./emit/package-options.js";
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

function emitFiles(prompts: readonly CompiledPrompt[], options: CompileOptions): ReadonlyMap<string, string> {
  const own = packageOptions(options);
  const pieces = prompts.filter(({ versions }) => versions.length > 0).map((prompt) => emitPrompt(prompt, own));
  const shared = emitShared(
    pieces.map(({ facts }) => facts),
    own,
  );
  const parts = pieces.map((one) => one.parts);
  return new Map([
    ...shared.map((file) => [file.path, joinParts(file, parts)] as const),
    ...pieces.flatMap(({ files }) => [...files]),
  ]);
}

function packageOptions({ validation = true, helpers, replaced = [], project }: CompileOptions): PackageOptions {
  return { validation, helpers, replaced, project };
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
