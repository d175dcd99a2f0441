// Compiles a package prompt by prompt. What an earlier compilation found out about a prompt that has not changed is not found out again,
// and what the package contains of a prompt is passed on before the next one is compiled, so that memory holds one prompt at a time.

import { compareText, type Diagnostic, hasErrors, type Snapshot, sortDiagnostics } from "@cuecard/model";
import type { Draft } from "./check/check-renames.js";
import { type CompileOptions, checkTogether, groupPrompts, openContents, packageOptions } from "./compile.js";
import { compilePrompt, type PromptSources } from "./compile-prompt.js";
import type { ContentStore } from "./content-store.js";
import { emitPrompt, type PromptPieces } from "./emit/emit-prompt.js";
import { emitShared, type SharedFile } from "./emit/emit-shared.js";
import type { PromptFacts } from "./emit/prompt-facts.js";
import type { CompiledPrompt } from "./model.js";

/** What a compilation found out about one prompt: plain data, kept in caches as JSON. */
export interface PromptRecord {
  readonly diagnostics: readonly Diagnostic[];
  /** The former names of the working file, if it compiled. */
  readonly renamedFrom?: readonly string[] | undefined;
  /** What the shared files of the package contain of it; left out if it has no version there, or nothing was emitted. */
  readonly facts?: PromptFacts | undefined;
}

export interface ChangesOptions extends CompileOptions {
  /** What an earlier compilation with the same options found out about a prompt that has not changed since. */
  readonly known: (name: string) => PromptRecord | undefined;
  /**
   * Takes what the package contains of each prompt that is not known, one after the other, sorted by name; no more of them after the
   * first error. Without it, nothing is emitted.
   */
  readonly take?: ((pieces: PromptPieces) => void) | undefined;
  /** Sees each prompt that is not known, as it was compiled, in the same order. */
  readonly see?: ((prompt: CompiledPrompt) => void) | undefined;
  /**
   * The facts that the shared files of an earlier compilation were made from, with the same options: if they are the same, these files
   * differ only in the parts of prompts.
   */
  readonly earlier?: EarlierFacts | undefined;
  /** Prompts that the snapshot leaves out. Default: none. */
  readonly unchanged?: UnchangedPrompts | undefined;
}

export interface EarlierFacts {
  /** All prompts of that compilation. */
  readonly names: () => readonly string[];
  /** What was found out about a prompt; `undefined` if the package contained nothing of it. */
  readonly facts: (name: string) => PromptFacts | undefined;
}

/** What is known of prompts that have not changed since an earlier compilation. */
export interface UnchangedPrompts extends Pick<EarlierFacts, "facts"> {
  readonly names: readonly string[];
  /** What is wrong with them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those whose files name former names. */
  readonly drafts: readonly Draft[];
  /** Their retired versions, as prompts.lock writes them, with the reasons. */
  readonly retired: ReadonlyMap<string, string>;
}

export interface ChangesResult {
  /** Every prompt of the snapshot, sorted by name. */
  readonly records: ReadonlyMap<string, PromptRecord>;
  /**
   * The files that all prompts share; empty if there are errors, or nothing was emitted; `"same"` if they are those of the earlier
   * compilation but for the parts of prompts.
   */
  readonly shared: readonly SharedFile[] | "same";
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

export function compileChanges(snapshot: Snapshot, options: ChangesOptions): ChangesResult {
  const contents = openContents(snapshot, options);
  const work: Work = { contents, options, isBroken: false };
  const records = new Map<string, PromptRecord>();
  for (const sources of groupPrompts(snapshot))
    records.set(sources.name, options.known(sources.name) ?? compileOne(sources, work));
  const all = [...records.values()];
  const { unchanged } = options;
  const drafts = snapshot.working.flatMap((working) => {
    const renamedFrom = records.get(working.name)?.renamedFrom ?? [];
    return renamedFrom.length === 0 ? [] : [{ ...working, renamedFrom }];
  });
  const found = [...all.flatMap((record) => record.diagnostics), ...(unchanged?.diagnostics ?? [])];
  const together = checkTogether(snapshot, [...drafts, ...(unchanged?.drafts ?? [])], unchanged?.retired);
  const diagnostics = sortDiagnostics([...found, ...together]);
  if (options.take === undefined || hasErrors(diagnostics)) return { records, shared: [], diagnostics };
  return { records, shared: shareFacts(records, options), diagnostics };
}

function shareFacts(
  records: ReadonlyMap<string, PromptRecord>,
  options: Pick<ChangesOptions, "earlier" | "unchanged"> & CompileOptions,
): ChangesResult["shared"] {
  const { earlier, unchanged } = options;
  const others = new Set(unchanged?.names);
  if (earlier !== undefined) {
    const compared = new Set([...earlier.names(), ...records.keys()].filter((name) => !others.has(name)));
    if ([...compared].every((name) => isSame(records.get(name)?.facts, earlier.facts(name)))) return "same";
  }
  const names = [...others, ...records.keys()].sort(compareText);
  const factsOf = (name: string) => (others.has(name) ? unchanged?.facts(name) : records.get(name)?.facts);
  return emitShared(
    names.flatMap((name) => factsOf(name) ?? []),
    packageOptions(options),
  );
}

function isSame(one: PromptFacts | undefined, other: PromptFacts | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

interface Work {
  readonly contents: ContentStore;
  readonly options: ChangesOptions;
  /** Whether there was an error, with which no package is written. */
  isBroken: boolean;
}

function compileOne(sources: PromptSources, work: Work): PromptRecord {
  const { contents, options } = work;
  const { prompt, draft, diagnostics } = compilePrompt(sources, contents, options);
  options.see?.(prompt);
  work.isBroken ||= hasErrors(diagnostics);
  const record: PromptRecord = { diagnostics, ...(draft && { renamedFrom: draft.renamedFrom }) };
  if (options.take === undefined || work.isBroken || prompt.versions.length === 0) return record;
  const pieces = emitPrompt(prompt, packageOptions(options));
  options.take(pieces);
  return { ...record, facts: pieces.facts };
}
