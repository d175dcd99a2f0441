// The files of a package that all prompts share: the index in its forms, and the manifest. What is large in them is the prompts' own
// parts (see emit-prompt.ts); the rest is made from the facts about all prompts.

import { emitCommonJsIndex } from "./common-js.js";
import { mapIndexTypes, TYPES_OF } from "./declaration-maps.js";
import { emitCommonJsFollow, emitFollowModule, emitFollowTypes } from "./follow-module.js";
import { emitIndexModule } from "./index-module.js";
import { emitIndexTypes } from "./index-types.js";
import { emitManifest } from "./manifest.js";
import type { PackageOptions } from "./package-options.js";
import type { PromptFacts } from "./prompt-facts.js";
import type { SharedText } from "./shared-text.js";

/** A file with the parts of all prompts that have one in it. */
export interface SharedFile extends SharedText {
  /** Within dist. */
  readonly path: string;
}

/** In place of the ending of prompts' modules, since making the types takes longer than putting the ending in. */
const ANY = "?ending?";

/** @param prompts Those with at least one version, sorted by name. */
export function emitShared(prompts: readonly PromptFacts[], options: PackageOptions): SharedFile[] {
  const { validation, helpers, replaced, project } = options;
  const texts = new Map([["index.cjs", emitCommonJsIndex(prompts)]]);
  const emitTypes = (ending: string) => emitIndexTypes(prompts, { validation, ending });
  const common = emitTypes(ANY);
  const types: SharedFile[] = [];
  const isUnclear = prompts.some(({ description = "" }) => description.includes(ANY));
  for (const ending of ["js", "cjs"] as const) {
    const path = `index.${TYPES_OF[ending]}`;
    const withEnding = (text: string) => text.replaceAll(ANY, ending);
    const { head, separator, tail } = isUnclear
      ? emitTypes(ending)
      : { ...common, head: withEnding(common.head), tail: withEnding(common.tail) };
    // What is mapped is in the head.
    const mapped = project === undefined ? undefined : mapIndexTypes(prompts)(head, project)?.(path);
    types.push({ path, head, separator, tail: tail + (mapped?.comment ?? "") });
    if (mapped !== undefined) texts.set(`${path}.map`, mapped.map);
    texts.set(`follow.${TYPES_OF[ending]}`, emitFollowTypes(prompts, ending));
  }
  if (prompts.some((prompt) => prompt.helpers.length > 0))
    for (const [path, text] of helpers?.files ?? []) texts.set(path, text);
  return [
    { path: "index.js", ...emitIndexModule(prompts, helpers?.entry) },
    { path: "follow.js", ...emitFollowModule(prompts) },
    { path: "follow.cjs", ...emitCommonJsFollow(prompts) },
    ...types,
    { path: "manifest.json", ...emitManifest(prompts, replaced) },
    ...[...texts].map(([path, text]) => ({ path, head: text, separator: "", tail: "" })),
  ];
}

/** The text of a shared file. */
export function joinParts(
  { path, head, separator, tail }: SharedFile,
  parts: Iterable<ReadonlyMap<string, string>>,
): string {
  const own = [...parts].flatMap((part) => part.get(path) ?? []);
  return head + own.join(separator) + tail;
}
