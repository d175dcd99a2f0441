// Pointers in aliases.json that work but should move: to a prompt whose file was deleted, or to a retired version.

import {
  ALIASES_FILE,
  type Diagnostic,
  diagnose,
  PROMPT_EXTENSION,
  type Snapshot,
  versionsOf,
  versionTag,
} from "@cuecard/model";

export interface PointerFacts {
  /** Which prompt an earlier name became, by `renamed_from`. */
  readonly became: ReadonlyMap<string, string>;
  readonly retired: ReadonlyMap<string, string>;
}

export function checkPointers(
  snapshot: Pick<Snapshot, "workingNames" | "aliases" | "promptsDir">,
  { became, retired }: PointerFacts,
): Diagnostic[] {
  const files = new Set(snapshot.workingNames);
  return snapshot.aliases.flatMap((entry) => {
    const { name, alias, range } = entry;
    const place = { file: ALIASES_FILE, range };
    const diagnostics = versionsOf(entry.target).flatMap((version) => {
      const reason = retired.get(versionTag({ name, version }));
      return reason === undefined
        ? []
        : [diagnose("alias/retired-version", { name, alias, version, reason }, place, { name, alias, version })];
    });
    if (!files.has(name)) {
      const path = `${snapshot.promptsDir}/${name}${PROMPT_EXTENSION}`;
      diagnostics.push(
        diagnose("prompt/file-deleted", { name, alias, path, became: became.get(name) }, place, { name, alias }),
      );
    }
    return diagnostics;
  });
}
