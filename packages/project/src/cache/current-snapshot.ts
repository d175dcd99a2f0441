// What the last snapshot holds: the measure of what is worth keeping in the cache.

import { filesOf, type Snapshot, versionTag } from "@cuecard/model";
import type { ReadingFacts } from "./build-state.js";
import { hash } from "./hash.js";

/** `<name>@v<N> <commit>` → digest. */
export type Digests = ReadingFacts["digests"];

/** What a file refers to. */
export type ReferenceKind = "partials" | "schemas";

/** What a snapshot holds. */
export interface Current {
  readonly digests: () => Digests;
  /** Under which the compiled forms of versions and working files are kept. */
  readonly wanted: ReadonlySet<string>;
  /** Hashes of the working tree's texts. */
  readonly texts: () => ReadonlySet<string>;
}

/** @param keyOf Under which key the cache keeps a content. */
export function listCurrent(snapshot: Snapshot, keyOf: (digest: string) => string): Current {
  const wanted = new Set<string>();
  for (const { digest } of [...snapshot.versions, ...snapshot.working]) wanted.add(keyOf(digest));
  let digests: Digests | undefined;
  let texts: ReadonlySet<string> | undefined;
  return {
    wanted,
    digests() {
      digests ??= digestsOf(snapshot);
      return digests;
    },
    texts() {
      texts ??= hashTexts(snapshot);
      return texts;
    },
  };
}

function hashTexts(snapshot: Snapshot): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { content } of snapshot.working) {
    for (const file of filesOf(content)) texts.add(referenceKey("partials", file.text));
    if (snapshot.schemaNames.length === 0) continue;
    for (const file of [content.prompt, ...(content.schemas ?? [])]) texts.add(referenceKey("schemas", file.text));
  }
  for (const partial of snapshot.workingPartials) texts.add(referenceKey("partials", partial.text));
  return texts;
}

export function digestsOf({ versions }: Snapshot): Digests {
  const digests: Record<string, string> = Object.create(null);
  for (const version of versions) digests[`${versionTag(version)} ${version.commit}`] = version.digest;
  return digests;
}

/** Under which the cache keeps what a text refers to. */
export function referenceKey(kind: ReferenceKind, text: string): string {
  return kind === "partials" ? hash(text) : hash(`${kind}\0${text}`);
}
