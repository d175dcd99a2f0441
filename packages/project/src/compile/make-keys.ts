// What a compilation depends on, as hashes: one for everything, and one for each prompt. The same hash means the same result.

import type { CompileOptions } from "@cuecard/build";
import { compareText, type Snapshot } from "@cuecard/model";
import type { KeptReading, ReadResult } from "@cuecard/registry";
import type { CompilationKeys, KnownKeys } from "../cache/compilation-keys.js";
import { hash } from "../cache/hash.js";

/** Contents are represented by their digests. */
export function compilationKeys(
  snapshot: Snapshot,
  options: Omit<CompileOptions, "cache">,
  { kept, since }: Pick<ReadResult, "kept" | "since"> = {},
  known?: KnownKeys,
): CompilationKeys {
  const { helpers, replaced, ...own } = options;
  const settings = hash(
    JSON.stringify([
      own,
      snapshot.promptsDir,
      snapshot.schemaNames,
      helpers === undefined ? null : [helpers.signatures, helpers.entry, helpers.commonJsEntry],
    ]),
  );
  const isReused =
    known?.settings === settings && since !== undefined && isSameReading(known.base?.reading, since.reading);
  const others = new Set([...(since?.names ?? []), ...(known?.base?.except ?? [])]);
  const reused = new Map<string, string | undefined>();
  // What is of one prompt is mostly together.
  let last: { readonly name: string; readonly key: string | undefined } | undefined;
  const reuse = (name: string): string | undefined => {
    if (!isReused) return undefined;
    if (last?.name !== name) {
      last = { name, key: others.has(name) ? undefined : known.of(name) };
      reused.set(name, last.key);
    }
    return last.key;
  };
  const facts = new Map<string, unknown[]>();
  const add = (name: string, fact: unknown): void => {
    const before = facts.get(name);
    if (before === undefined) facts.set(name, [fact]);
    else before.push(fact);
  };
  const addUnlessKnown = <T extends { readonly name: string }>(items: readonly T[], factOf: (item: T) => unknown) => {
    for (const item of items) if (reuse(item.name) === undefined) add(item.name, factOf(item));
  };
  addUnlessKnown(snapshot.versions, ({ content, ...version }) => version);
  addUnlessKnown(snapshot.working, ({ digest, content }) => ["working", digest, content.prompt.path]);
  // Where a pointer is in aliases.json changes whenever another one is added before it.
  addUnlessKnown(snapshot.aliases, ({ alias, target }) => [alias, target]);
  addUnlessKnown(snapshot.scores, (score) => ["score", score]);
  const names = [...new Set([...reused.keys(), ...facts.keys()])].sort(compareText);
  const prompts = new Map(
    names.map((name) => [name, reused.get(name) ?? hash(settings + JSON.stringify(facts.get(name)))]),
  );
  const shared = hash(JSON.stringify([settings, replaced, helpers === undefined ? null : [...helpers.files]]));
  const ranges = snapshot.aliases.map(({ range }) => range);
  return {
    whole: hash(JSON.stringify([shared, [...prompts], snapshot.workingNames, ranges])),
    ...{ prompts, settings, shared },
    base:
      kept === undefined
        ? since && { reading: since.reading, except: [...since.names] }
        : { reading: kept, except: [] },
  };
}

function isSameReading(one: KeptReading | string | undefined, other: KeptReading): boolean {
  return one === other || (typeof one === "string" && one === other.state);
}
