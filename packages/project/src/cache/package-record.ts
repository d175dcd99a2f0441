// What a build, check or list found out about each prompt. The next one compiles only prompts that have changed since.

import type { ChangesResult, PromptRecord } from "@cuecard/build";
import { type Diagnostic, Entries } from "@cuecard/model";
import type { CompilationKeys, KnownKeys } from "./compilation-keys.js";
import type { ListedPrompt } from "./listed-prompt.js";

export interface PackageRecord extends Pick<CompilationKeys, "settings" | "shared" | "base"> {
  /** Of the compilation as a whole. */
  readonly key: string;
  /** What is needed of every prompt, by its name; sorted. */
  readonly prompts: ReadonlyMap<string, PromptSummary>;
  /** The rest, which is needed of prompts that are compiled again, and if the facts have changed that shared files are made from. */
  readonly details: Entries<PromptDetails>;
}

/** What is recorded of a prompt and needed of every one: plain data, kept as JSON. */
export interface PromptSummary {
  /** Hash of everything that the rest depends on. */
  readonly key: string;
  /** Left out if there are none. */
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  /** Left out if there are none. */
  readonly renamedFrom?: readonly string[] | undefined;
  /** Where its parts of shared files are; left out if the package contains nothing of it, or if nothing was written. */
  readonly parts?: PartPlaces | undefined;
}

/** What else is recorded of a prompt. */
export interface PromptDetails {
  readonly facts?: PromptRecord["facts"];
  /** The files of its own, within dist. */
  readonly files: readonly string[];
  /** What a list shows of it. */
  readonly listed?: ListedPrompt | undefined;
}

/** Where its parts of shared files are, in bytes, by the path of the file. */
export type PartPlaces = Readonly<Record<string, readonly [start: number, length: number]>>;

/** What a file has of a record besides its details. */
export type RecordHead = Omit<PackageRecord, "prompts" | "details"> & {
  readonly prompts: readonly (readonly [name: string, summary: PromptSummary])[];
};

/**
 * @param result About the prompts that were compiled, or known.
 * @param written Where the parts of all prompts are, by name, and the files of those that were compiled. Default: nothing was.
 * @param earlier What is known of prompts that the result does not have. Default: nothing, it has all.
 */
export function recordOf(
  { records }: Pick<ChangesResult, "records">,
  { whole, prompts, settings, shared, base }: CompilationKeys,
  { places, files, listed: listedOf }: Partial<Written> = {},
  earlier?: PackageRecord,
): PackageRecord {
  const summaries = [...prompts].map(([name, key]): [string, PromptSummary] => {
    const record = records.get(name);
    const parts = places?.get(name);
    if (record === undefined) return [name, { ...earlier?.prompts.get(name), key, ...(parts && { parts }) }];
    const { diagnostics, renamedFrom = [] } = record;
    return [
      name,
      {
        key,
        ...(diagnostics.length === 0 ? {} : { diagnostics }),
        ...(renamedFrom.length === 0 ? {} : { renamedFrom }),
        ...(parts && { parts }),
      },
    ];
  });
  // What has not changed is as it was recorded.
  const changed = [...records].filter(([name]) => earlier?.prompts.get(name)?.key !== prompts.get(name));
  const details = new Map<string, PromptDetails | undefined>(
    changed.map(([name, { facts }]) => {
      const listed = listedOf?.(name);
      return [name, { facts, files: files?.(name) ?? [], ...(listed && { listed }) }];
    }),
  );
  for (const name of earlier?.prompts.keys() ?? []) if (!prompts.has(name)) details.set(name, undefined);
  return {
    ...{ key: whole, settings, shared, base },
    prompts: new Map(summaries),
    details: (earlier?.details ?? Entries.of(new Map())).with(details),
  };
}

/** What a package contains, or a list shows. */
export interface Written {
  /** By the name of the prompt. */
  readonly places: ReadonlyMap<string, PartPlaces>;
  readonly files: (name: string) => readonly string[] | undefined;
  readonly listed: (name: string) => ListedPrompt | undefined;
}

/** The keys that a record has. */
export function keysOf({ settings, base, prompts }: PackageRecord): KnownKeys {
  return { settings, base, of: (name) => prompts.get(name)?.key };
}

/** What is recorded of a prompt, if it has not changed since. */
export function recordedPrompt(
  record: PackageRecord | undefined,
  name: string,
  { prompts }: Pick<CompilationKeys, "prompts">,
): PromptRecord | undefined {
  const summary = record?.prompts.get(name);
  if (summary === undefined || summary.key !== prompts.get(name)) return undefined;
  const details = record?.details.get(name);
  const { diagnostics = [], renamedFrom } = summary;
  return details && { diagnostics, renamedFrom, facts: details.facts };
}

/** Both parts of a record, as they are stored. */
export function storedRecord({ prompts, details, ...head }: PackageRecord): {
  readonly head: RecordHead;
  readonly entries: Entries<PromptDetails>;
} {
  return { head: { ...head, prompts: [...prompts] }, entries: details };
}

export function readRecord({ head, entries }: ReturnType<typeof storedRecord>): PackageRecord {
  return { ...head, prompts: new Map(head.prompts), details: entries };
}
