// What a build or check found out about each prompt. The next one compiles only prompts that have changed since.

import type { ChangesResult, PromptRecord } from "@cuecard/build";
import type { CompilationKeys, KnownKeys } from "./compilation-keys.js";

export interface PackageRecord extends Pick<CompilationKeys, "settings" | "shared" | "base"> {
  /** Of the compilation as a whole. */
  readonly key: string;
  readonly prompts: Readonly<Record<string, RecordedPrompt>>;
}

export interface RecordedPrompt extends PromptRecord {
  /** Hash of everything that the rest depends on. */
  readonly key: string;
  /** What the package contains of it; left out if that is nothing, or if nothing was written. */
  readonly written?: WrittenPrompt | undefined;
}

export interface WrittenPrompt {
  /** The files of its own, within dist. */
  readonly files: readonly string[];
  readonly parts: PartPlaces;
}

/** Where its parts of shared files are, in bytes, by the path of the file. */
export type PartPlaces = Readonly<Record<string, readonly [start: number, length: number]>>;

/** @param written What the package contains of each prompt. */
export function recordOf(
  { records }: ChangesResult,
  { whole, prompts, settings, shared, base }: CompilationKeys,
  written: ReadonlyMap<string, WrittenPrompt> = new Map(),
): PackageRecord {
  const own = [...records].map(([name, record]): [string, RecordedPrompt] => [
    name,
    { ...record, key: prompts.get(name) ?? "", written: written.get(name) },
  ]);
  return { key: whole, settings, shared, base, prompts: Object.fromEntries(own) };
}

/** The keys that a record has. */
export function keysOf({ settings, base, prompts }: PackageRecord): KnownKeys {
  return { settings, base, of: (name) => (Object.hasOwn(prompts, name) ? prompts[name]?.key : undefined) };
}

/** What is recorded of a prompt, if it has not changed since. */
export function recordedPrompt(
  record: PackageRecord | undefined,
  name: string,
  { prompts }: Pick<CompilationKeys, "prompts">,
): RecordedPrompt | undefined {
  const own = record !== undefined && Object.hasOwn(record.prompts, name) ? record.prompts[name] : undefined;
  return own?.key === prompts.get(name) ? own : undefined;
}
