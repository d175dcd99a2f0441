// The compiler on one screen: compile every prompt, check pointers and renames across prompts, then emit the files.

import { compareText, type Diagnostic, hasErrors, listRetired, type Snapshot, sortDiagnostics } from "@cuecard/model";
import { checkPointers } from "./check/check-pointers.js";
import { type Draft, readRenames } from "./check/check-renames.js";
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
  /** Whether files are emitted. Default: yes. */
  readonly emits?: boolean;
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
  const contents = openContents(snapshot, options);
  const results = groupPrompts(snapshot).map((sources) => compilePrompt(sources, contents, options));
  const prompts = results.map(({ prompt }) => prompt);
  const drafts = results.flatMap(({ draft }) => draft ?? []);
  const found = results.flatMap(({ diagnostics }) => diagnostics);
  const diagnostics = sortDiagnostics([...found, ...checkTogether(snapshot, drafts)]);
  return {
    files: options.emits === false || hasErrors(diagnostics) ? new Map() : emitFiles(prompts, packageOptions(options)),
    diagnostics,
    prompts,
  };
}

/** The store of what contents compile to, for one compilation. */
export function openContents(
  { promptsDir }: Pick<Snapshot, "promptsDir">,
  options: Pick<CompileOptions, "cache" | "helpers" | "metadataKeys" | "allowCharacters">,
): ContentStore {
  const { cache, helpers, metadataKeys = [], allowCharacters = [] } = options;
  return new ContentStore(promptsDir, cache, { helpers: helpers?.signatures ?? [], metadataKeys, allowCharacters });
}

/**
 * What is wrong with several prompts together: with their former names, and with pointers.
 *
 * @param retired Retired versions that the snapshot leaves out; see {@link listRetired}.
 */
export function checkTogether(
  snapshot: Snapshot,
  drafts: readonly Draft[],
  retired: ReadonlyMap<string, string> = new Map(),
): Diagnostic[] {
  const renames = readRenames(drafts);
  const all = new Map([...retired, ...listRetired(snapshot.versions)]);
  return [...renames.diagnostics, ...checkPointers(snapshot, { became: renames.became, retired: all })];
}

/** What a snapshot has of each prompt, sorted by name. */
export function groupPrompts(snapshot: Snapshot): PromptSources[] {
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

function emitFiles(prompts: readonly CompiledPrompt[], options: PackageOptions): ReadonlyMap<string, string> {
  const pieces = prompts.filter(({ versions }) => versions.length > 0).map((prompt) => emitPrompt(prompt, options));
  const shared = emitShared(
    pieces.map(({ facts }) => facts),
    options,
  );
  const parts = pieces.map((one) => one.parts);
  return new Map([
    ...shared.map((file) => [file.path, joinParts(file, parts)] as const),
    ...pieces.flatMap(({ files }) => [...files]),
  ]);
}

export function packageOptions({ validation = true, helpers, replaced = [], project }: CompileOptions): PackageOptions {
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
