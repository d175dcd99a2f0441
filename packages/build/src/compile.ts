// The whole compiler on one screen: every content that is asked for is compiled, pointers are resolved, files are emitted.

import {
  type AliasEntry,
  type AliasTarget,
  compareText,
  type Diagnostic,
  diagnose,
  hasErrors,
  type PromptContent,
  type Snapshot,
  sortDiagnostics,
  versionTag,
} from "@cuecard/model";
import { type ContentResult, compileContent, type Workshop } from "./compile-content.js";
import { emitIndexModule, emitIndexTypes } from "./emit/index-module.js";
import { emitManifest } from "./emit/manifest.js";
import { emitPromptCode, emitPromptModule } from "./emit/prompt-module.js";
import { emitPromptTypes } from "./emit/prompt-types.js";
import type { CompiledPrompt, CompiledVersion, ResolvedAlias } from "./model.js";
import { FrontMatterReader } from "./parse/parse-front-matter.js";
import { PartialReader } from "./parse/parse-partial.js";
import { ValidatorCompiler } from "./schema/compile-validator.js";

export interface CompileOptions {
  /** Which versions the package holds: every one, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether every prompt's working file is built, and not only those that an alias points at. */
  readonly working: boolean;
  /** Compiled contents of earlier builds: asked by digest, told what is new. */
  readonly cache?: CompileCache;
}

/** Keeps compiled contents between builds; what it holds is opaque text of this very compiler, of no use to another. */
export interface CompileCache {
  get(digest: string): string | undefined;
  set(digest: string, compiled: string): void;
}

export interface CompileResult {
  /** Text by path within the package's dist folder; empty when there are errors. */
  readonly files: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything that compiled, also when there are errors elsewhere; sorted by name. */
  readonly prompts: readonly CompiledPrompt[];
}

export function compile(snapshot: Snapshot, options: CompileOptions): CompileResult {
  const contents = new ContentStore(snapshot.promptsDir, options.cache);
  const { prompts, diagnostics } = compilePrompts(snapshot, options, contents);
  const sorted = sortDiagnostics(diagnostics);
  return { files: hasErrors(sorted) ? new Map() : emitFiles(prompts), diagnostics: sorted, prompts };
}

function emitFiles(prompts: readonly CompiledPrompt[]): Map<string, string> {
  const loadable = prompts.filter((prompt) => prompt.versions.length > 0);
  const code = new Map(loadable.map((prompt) => [prompt.name, emitPromptCode(prompt)]));
  const files = new Map([
    ["index.js", emitIndexModule(code)],
    ["index.d.ts", emitIndexTypes(loadable)],
    ["manifest.json", emitManifest(loadable)],
  ]);
  for (const [name, promptCode] of code) files.set(`prompts/${name}.js`, emitPromptModule(promptCode));
  for (const prompt of loadable) files.set(`prompts/${prompt.name}.d.ts`, emitPromptTypes(prompt));
  return files;
}

interface Compiled {
  readonly prompts: readonly CompiledPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

function compilePrompts(snapshot: Snapshot, options: CompileOptions, contents: ContentStore): Compiled {
  const diagnostics: Diagnostic[] = [];
  const aliases = groupByName(snapshot.aliases);
  const released = groupByName(snapshot.versions);
  const working = new Map(snapshot.working.map((prompt) => [prompt.name, prompt]));
  const names = [...new Set([...released.keys(), ...working.keys()])].sort(compareText);

  const prompts = names.map((name): CompiledPrompt => {
    const entries = aliases.get(name) ?? [];
    const versions: CompiledVersion[] = [];
    // Warnings are for what can still be changed: of a release, only errors are told.
    for (const version of released.get(name) ?? []) {
      if (options.versions === "aliased" && !version.targeted) continue;
      const result = contents.compile(name, version.digest, version.content);
      const ref = `v${version.version}`;
      const errors = result.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
      if (result.value !== undefined) {
        const { commit, digest, notes } = version;
        versions.push({ name, version: version.version, commit, digest, notes, content: result.value });
      } else if (version.targeted) diagnostics.push(...errors.map((error) => ({ ...error, ref })));
      else {
        const [first] = errors;
        if (first === undefined) throw new Error(`${versionTag(version)} did not compile, and nothing says why`);
        const args = { tag: versionTag(version), first: first.message, others: errors.length - 1 };
        diagnostics.push(diagnose("version/left-out", args, { ...first, ref }));
      }
    }
    const draft = working.get(name);
    if (draft !== undefined) {
      // The working file is always checked, and built where it is asked for.
      const result = contents.compile(name, draft.digest, draft.content);
      diagnostics.push(...result.diagnostics);
      const isAsked = options.working || entries.some((entry) => entry.target.kind === "working");
      if (result.value !== undefined && isAsked)
        versions.push({ name, version: "working", commit: "", digest: draft.digest, notes: "", content: result.value });
      if (!released.has(name) && !isAsked)
        diagnostics.push(diagnose("prompt/unreleased", { name }, { file: draft.content.prompt.path }));
    }
    return { name, versions, aliases: resolveAliases(entries, versions) };
  });
  return { prompts, diagnostics };
}

function resolveAliases(entries: readonly AliasEntry[], versions: readonly CompiledVersion[]): ResolvedAlias[] {
  const known = new Set(versions.map(({ version }) => version));
  const latest = versions.findLast(({ version }) => version !== "working");
  const resolved = entries.map(({ alias, target }): ResolvedAlias => ({ alias, arms: armsOf(target) }));
  if (latest !== undefined) resolved.push({ alias: "latest", arms: [{ version: latest.version, weight: 1 }] });
  return resolved
    .filter(({ arms }) => arms.every((arm) => known.has(arm.version)))
    .sort((a, b) => compareText(a.alias, b.alias));
}

function armsOf(target: AliasTarget): ResolvedAlias["arms"] {
  switch (target.kind) {
    case "working":
      return [{ version: "working", weight: 1 }];
    case "version":
      return [{ version: target.version, weight: 1 }];
    case "split":
      return target.arms;
  }
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

/** Compiles each content once, whichever versions share it, or takes it from the cache. */
class ContentStore {
  readonly #promptsDir: string;
  readonly #cache: CompileCache | undefined;
  readonly #results = new Map<string, ContentResult>();
  readonly #workshop: Workshop = {
    frontMatter: new FrontMatterReader(),
    partials: new PartialReader(),
    validators: new ValidatorCompiler(),
  };

  constructor(promptsDir: string, cache: CompileCache | undefined) {
    this.#promptsDir = promptsDir;
    this.#cache = cache;
  }

  compile(name: string, digest: string, content: PromptContent | undefined): ContentResult {
    let result = this.#results.get(digest) ?? this.#recall(digest);
    if (result === undefined) {
      if (content === undefined)
        throw new Error(`the content of ${digest} (${name}) was not read and is not in the cache`);
      result = compileContent(name, this.#promptsDir, content, this.#workshop);
      this.#cache?.set(digest, JSON.stringify({ ...result, promptsDir: this.#promptsDir }));
    }
    this.#results.set(digest, result);
    return result;
  }

  #recall(digest: string): ContentResult | undefined {
    const text = this.#cache?.get(digest);
    if (text === undefined) return undefined;
    const { promptsDir, ...result } = JSON.parse(text) as ContentResult & { promptsDir: string };
    // Diagnostics name files as they stood; under another prompts folder they are named anew.
    const diagnostics = result.diagnostics.map((diagnostic) => ({
      ...diagnostic,
      file: this.#promptsDir + diagnostic.file.slice(promptsDir.length),
    }));
    return { ...result, diagnostics };
  }
}
