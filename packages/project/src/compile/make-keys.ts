// What a compilation depends on, as hashes: one for everything, and one for each prompt. The same hash means the same result.

import type { CompileOptions } from "@cuecard/build";
import { compareText, type Snapshot } from "@cuecard/model";
import type { ReadResult } from "@cuecard/registry";
import type { CompilationKeys, KeysBase, KnownKeys } from "../cache/compilation-keys.js";
import { hash } from "../cache/hash.js";

type KeyOptions = Omit<CompileOptions, "cache">;

/** Contents are represented by their digests. */
export function compilationKeys(
  snapshot: Snapshot,
  options: KeyOptions,
  { kept, since }: Pick<ReadResult, "kept" | "since"> = {},
  known?: KnownKeys,
): CompilationKeys {
  const settings = settingsKey(snapshot, options);
  const changed = known?.settings === settings ? changedSince(known, since) : undefined;
  const reused = new Map<string, string | undefined>();
  // What is of one prompt is mostly together.
  let last: { readonly name: string; readonly key: string | undefined } | undefined;
  const reuse = (name: string): string | undefined => {
    if (changed === undefined) return undefined;
    if (last?.name !== name) {
      last = { name, key: changed.has(name) ? undefined : known?.of(name) };
      reused.set(name, last.key);
    }
    return last.key;
  };
  const facts = factsByName(snapshot, (name) => reuse(name) === undefined);
  const names = [...new Set([...reused.keys(), ...facts.keys()])].sort(compareText);
  const prompts = new Map(names.map((name) => [name, reused.get(name) ?? promptKey(settings, facts.get(name))]));
  const base =
    kept === undefined ? since && { reading: since.reading, except: [...since.names] } : { reading: kept, except: [] };
  return allKeys(snapshot, options, { settings, prompts, base });
}

/**
 * The same if only some prompts may have changed.
 *
 * @param snapshot Contains only these prompts, but all names and pointers.
 * @param names The names of all prompts that there are now, sorted.
 * @param changed Those that may have changed.
 */
export function keysOfChanges(
  snapshot: Snapshot,
  options: KeyOptions,
  { names, changed }: { readonly names: readonly string[]; readonly changed: ReadonlySet<string> },
  { known, base }: { readonly known: KnownKeys; readonly base: KeysBase },
): CompilationKeys {
  const settings = settingsKey(snapshot, options);
  const facts = factsByName(snapshot, (name) => changed.has(name));
  const prompts = new Map(
    names.map((name) => [
      name,
      (changed.has(name) ? undefined : known.of(name)) ?? promptKey(settings, facts.get(name)),
    ]),
  );
  return allKeys(snapshot, options, { settings, prompts, base });
}

/** The prompts that may have changed since keys were made; `undefined` if that is not known. */
export function changedSince(
  { base }: Pick<KnownKeys, "base">,
  since: ReadResult["since"],
): ReadonlySet<string> | undefined {
  const earlier = since?.reading.changedSince(base?.reading);
  return earlier && new Set([...earlier, ...(since?.names ?? []), ...(base?.except ?? [])]);
}

/** A hash of the settings and helpers that every prompt depends on. */
export function settingsKey(
  { promptsDir, schemaNames }: Pick<Snapshot, "promptsDir" | "schemaNames">,
  { helpers, replaced, ...own }: KeyOptions,
): string {
  const code = helpers === undefined ? null : [helpers.signatures, helpers.entry, helpers.commonJsEntry];
  return hash(JSON.stringify([own, promptsDir, schemaNames, code]));
}

function promptKey(settings: string, facts: readonly unknown[] | undefined): string {
  return hash(settings + JSON.stringify(facts));
}

function factsByName(snapshot: Snapshot, isWanted: (name: string) => boolean): ReadonlyMap<string, readonly unknown[]> {
  const facts = new Map<string, unknown[]>();
  const add = <T extends { readonly name: string }>(items: readonly T[], factOf: (item: T) => unknown) => {
    for (const item of items) {
      if (!isWanted(item.name)) continue;
      const before = facts.get(item.name);
      if (before === undefined) facts.set(item.name, [factOf(item)]);
      else before.push(factOf(item));
    }
  };
  add(snapshot.versions, ({ content, ...version }) => version);
  add(snapshot.working, ({ digest, content }) => ["working", digest, content.prompt.path]);
  // Where a pointer is in aliases.json changes whenever another one is added before it.
  add(snapshot.aliases, ({ alias, target }) => [alias, target]);
  add(snapshot.scores, (score) => ["score", score]);
  return facts;
}

function allKeys(
  { workingNames, aliases }: Snapshot,
  { helpers, replaced }: KeyOptions,
  { settings, prompts, base }: Pick<CompilationKeys, "settings" | "prompts" | "base">,
): CompilationKeys {
  const shared = hash(JSON.stringify([settings, replaced, helpers === undefined ? null : [...helpers.files]]));
  const ranges = aliases.map(({ range }) => range);
  const whole = hash(JSON.stringify([shared, [...prompts], workingNames, ranges]));
  return { whole, prompts, settings, shared, base };
}
