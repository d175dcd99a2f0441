// What a compilation depends on, as hashes: one for everything, and one for each prompt. The same hash means the same result.

import type { CompileOptions } from "@cuecard/build";
import { compareText, type Snapshot } from "@cuecard/model";
import { hash } from "../cache/hash.js";

export interface CompilationKeys {
  readonly whole: string;
  /** By the name of the prompt, sorted. */
  readonly prompts: ReadonlyMap<string, string>;
}

/** Contents are represented by their digests. */
export function compilationKeys(snapshot: Snapshot, options: Omit<CompileOptions, "cache">): CompilationKeys {
  const { helpers, replaced, ...own } = options;
  const settings = hash(
    JSON.stringify([
      own,
      snapshot.promptsDir,
      snapshot.schemaNames,
      helpers === undefined ? null : [helpers.signatures, helpers.entry, helpers.commonJsEntry],
    ]),
  );
  const facts = new Map<string, unknown[]>();
  const add = (name: string, fact: unknown): void => {
    const known = facts.get(name);
    if (known === undefined) facts.set(name, [fact]);
    else known.push(fact);
  };
  for (const { content, ...version } of snapshot.versions) add(version.name, version);
  for (const { name, digest, content } of snapshot.working) add(name, ["working", digest, content.prompt.path]);
  // Where a pointer is in aliases.json changes whenever another one is added before it.
  for (const { name, alias, target } of snapshot.aliases) add(name, [alias, target]);
  for (const score of snapshot.scores) add(score.name, ["score", score]);
  const names = [...facts.keys()].sort(compareText);
  const prompts = new Map(names.map((name) => [name, hash(settings + JSON.stringify(facts.get(name)))]));
  const whole = hash(
    JSON.stringify([
      settings,
      replaced,
      [...prompts],
      snapshot.workingNames,
      snapshot.aliases.map(({ range }) => range),
      helpers === undefined ? null : [...helpers.files],
    ]),
  );
  return { whole, prompts };
}
