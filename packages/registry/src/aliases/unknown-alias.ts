// The findings about an alias that does not exist.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import type { AliasFile } from "./read-alias-file.js";

export function unknownAlias({ prompts }: AliasFile, name: string, alias: string): Diagnostic {
  const known = [...(prompts.get(name)?.keys() ?? [])];
  const args = { name, alias, known, nearest: nearest(alias, known) };
  return diagnose("alias/unknown-alias", args, { file: ALIASES_FILE }, { name, alias });
}

/** For an alias that no prompt has. */
export function unknownEverywhere({ prompts }: AliasFile, alias: string): Diagnostic {
  const known = [...new Set([...prompts.values()].flatMap((own) => [...own.keys()]))].sort();
  const args = { name: undefined, alias, known, nearest: nearest(alias, known) };
  return diagnose("alias/unknown-alias", args, { file: ALIASES_FILE });
}
