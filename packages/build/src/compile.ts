// The whole compiler on one screen: every content that is asked for is compiled, pointers are resolved, files are emitted.

import {
  compareText,
  type Diagnostic,
  diagnose,
  hasErrors,
  inRevision,
  latestScoresByVersion,
  type Snapshot,
  sortDiagnostics,
  versionTag,
} from "@cuecard/model";
import { checkPointers } from "./check/check-pointers.js";
import { type Draft, readRenames } from "./check/check-renames.js";
import { type CompileCache, ContentStore } from "./content-store.js";
import { emitIndexModule, emitIndexTypes } from "./emit/index-module.js";
import { emitManifest } from "./emit/manifest.js";
import { emitPromptCode, emitPromptModule, MakerNames } from "./emit/prompt-module.js";
import { emitPromptTypes } from "./emit/prompt-types.js";
import type { HelperSignature } from "./language/helper-signature.js";
import type { CompiledPrompt, CompiledVersion } from "./model.js";
import { resolveAliases } from "./resolve-aliases.js";

export interface CompileOptions {
  /** Which versions the package holds: every one, or those that aliases point at and each prompt's latest. */
  readonly versions: "all" | "aliased";
  /** Whether every prompt's working file is built, and not only those that an alias points at. */
  readonly working: boolean;
  /** The project's own helpers. */
  readonly helpers?: ProjectHelpers;
  /** Whether the package can validate inputs and answers (it does by default); without, it holds none of the code for it. */
  readonly validation?: boolean;
  /** Compiled contents of earlier builds, by digest. */
  readonly cache?: CompileCache;
}

/** The module whose functions templates may call, as JavaScript that goes into the package. */
export interface ProjectHelpers {
  readonly signatures: readonly HelperSignature[];
  /** The module's path within the package's dist folder: `helpers/helpers.js`. */
  readonly entry: string;
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
  const contents = new ContentStore(snapshot.promptsDir, options.cache, options.helpers?.signatures ?? []);
  const { prompts, diagnostics } = compilePrompts(snapshot, options, contents);
  const sorted = sortDiagnostics(diagnostics);
  return { files: hasErrors(sorted) ? new Map() : emitFiles(prompts, options), diagnostics: sorted, prompts };
}

function emitFiles(
  prompts: readonly CompiledPrompt[],
  { validation = true, helpers }: CompileOptions,
): ReadonlyMap<string, string> {
  const loadable = prompts.filter((prompt) => prompt.versions.length > 0);
  const names = new MakerNames();
  const code = new Map(loadable.map((prompt) => [prompt.name, emitPromptCode(prompt, { validation, names })]));
  const files = new Map([
    ["index.js", emitIndexModule(code, helpers?.entry)],
    ["index.d.ts", emitIndexTypes(loadable)],
    ["manifest.json", emitManifest(loadable)],
  ]);
  for (const [name, promptCode] of code)
    files.set(`prompts/${name}.js`, emitPromptModule(name, promptCode, helpers?.entry));
  for (const prompt of loadable) files.set(`prompts/${prompt.name}.d.ts`, emitPromptTypes(prompt, { validation }));
  if (helpers === undefined || [...code.values()].every((prompt) => prompt.helpers.size === 0)) return files;
  return new Map([...files, ...helpers.files]);
}

/** What a working file has in the place of a release's facts. */
const UNRELEASED = { version: "working", commit: "", notes: "", retired: undefined, scores: [] } as const;

interface Compiled {
  readonly prompts: readonly CompiledPrompt[];
  readonly diagnostics: readonly Diagnostic[];
}

function compilePrompts(snapshot: Snapshot, options: CompileOptions, contents: ContentStore): Compiled {
  const diagnostics: Diagnostic[] = [];
  const aliases = groupByName(snapshot.aliases);
  const released = groupByName(snapshot.versions);
  const scores = groupByName(snapshot.scores);
  const working = new Map(snapshot.working.map((prompt) => [prompt.name, prompt]));
  const names = [...new Set([...released.keys(), ...working.keys()])].sort(compareText);
  const drafts: Draft[] = [];

  const prompts = names.map((name): CompiledPrompt => {
    const entries = aliases.get(name) ?? [];
    const versions: CompiledVersion[] = [];
    const measured = latestScoresByVersion(scores.get(name) ?? []);
    // Warnings are for what can still be changed: of a release, only errors are told, as warnings where it can be built.
    for (const version of released.get(name) ?? []) {
      if (options.versions === "aliased" && !version.targeted) continue;
      const result = contents.compile(name, version.digest, version.content);
      const revision = { version: version.version };
      const about = (finding: Diagnostic) => inRevision(finding, revision, version);
      const errors = result.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
      if (result.value !== undefined) {
        const { commit, digest, notes, retired } = version;
        const facts = {
          name,
          version: version.version,
          commit,
          digest,
          notes,
          retired,
          scores: measured.get(version.version) ?? [],
        };
        versions.push({ ...facts, content: result.value });
        if (version.targeted)
          diagnostics.push(...errors.map((error) => ({ ...about(error), severity: "warning" as const })));
      } else if (version.targeted) diagnostics.push(...errors.map(about));
      else {
        const [first] = errors;
        if (first === undefined) throw new Error(`${versionTag(version)} did not compile, and nothing says why`);
        const args = { tag: versionTag(version), first: first.message, others: errors.length - 1 };
        diagnostics.push(diagnose("version/left-out", args, { ...first, revision }, version));
      }
    }
    const draft = working.get(name);
    if (draft !== undefined) {
      // The working file is always checked, and built where it is asked for.
      const result = contents.compile(name, draft.digest, draft.content);
      diagnostics.push(...result.diagnostics.map((finding) => ({ ...finding, subject: { name } })));
      if (result.value !== undefined) drafts.push({ ...draft, compiled: result.value });
      const isAsked = options.working || entries.some((entry) => entry.target.kind === "working");
      if (result.value !== undefined && isAsked && !hasErrors(result.diagnostics))
        versions.push({ ...UNRELEASED, name, digest: draft.digest, content: result.value });
      if (!released.has(name) && !isAsked)
        diagnostics.push(diagnose("prompt/unreleased", { name }, { file: draft.content.prompt.path }, { name }));
    }
    return { name, versions, aliases: resolveAliases(entries, versions) };
  });
  const renames = readRenames(drafts);
  diagnostics.push(...renames.diagnostics, ...checkPointers(snapshot, renames.became));
  return { prompts, diagnostics };
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
