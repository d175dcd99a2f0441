// Why a version or alias that somebody wrote down cannot be used: the errors about its own tag, lock line or pointer.

import { type AliasEntry, type Diagnostic, PROMPT_EXTENSION, parseVersionTag, type Range } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import { ALIASES_FILE } from "../settings/files.js";

/** The errors that explain why a reference leads nowhere; empty when it names what never was. */
export function findReasons(
  reference: string,
  promptsDir: string,
  brokenAliases: readonly AliasEntry[],
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const parsed = parseRef(reference);
  if (parsed?.ref === undefined) return [];
  const { name, ref } = parsed;
  const pointer = brokenAliases.find((entry) => entry.name === name && entry.alias === ref);
  const version = parseVersionTag(`${name}@${ref}`)?.version;
  const wanted = new Set(pointer === undefined ? [version] : versionsOf(pointer));
  const isAbout = ({ file, ref: at, message, range, severity }: Diagnostic) => {
    if (severity !== "error") return false;
    if (file === ALIASES_FILE) return pointer !== undefined && isInside(range, pointer.range);
    return [...wanted].some((number) => {
      if (number === undefined) return false;
      const isOwnFile = file === `${promptsDir}/${name}${PROMPT_EXTENSION}` && at === `v${number}`;
      return isOwnFile || message.split(/[\s:,]+/).includes(`${name}@v${number}`);
    });
  };
  return diagnostics.filter(isAbout);
}

function versionsOf({ target }: AliasEntry): readonly number[] {
  if (target.kind === "version") return [target.version];
  return target.kind === "split" ? target.arms.map(({ version }) => version) : [];
}

function isInside(inner: Range | undefined, outer: Range | undefined): boolean {
  if (inner === undefined || outer === undefined) return false;
  const compare = (a: Range["start"], b: Range["start"]) => a.line - b.line || a.column - b.column;
  return compare(inner.start, outer.start) >= 0 && compare(inner.end, outer.end) <= 0;
}
