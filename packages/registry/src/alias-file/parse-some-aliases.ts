// Parses the entries of some prompts in aliases.json. The rest of the text becomes empty lines, which cost little, so that every place
// stays where it is.

import { findEntries } from "./find-entries.js";
import { type ParsedAliasFile, parseAliases } from "./parse-aliases.js";

/** What {@link parseAliases} finds about some prompts, and about the file as a whole. Findings about other entries are left out. */
export function parseSomeAliases(text: string, names: ReadonlySet<string>): ParsedAliasFile {
  const { prompts, diagnostics } = parseAliases(keepEntries(text, names) ?? text);
  return {
    prompts: prompts.filter(({ name }) => names.has(name)),
    diagnostics: diagnostics.filter(({ subject }) => subject === undefined || names.has(subject.name)),
  };
}

/** A text with only these entries, each in its line and column; `undefined` if it is not certain where they are. */
function keepEntries(text: string, names: ReadonlySet<string>): string | undefined {
  const entries = findEntries(text, names);
  if (entries === undefined) return undefined;
  let result = "";
  let at = 0;
  for (const { key, end } of entries) {
    result += blank(text.slice(at, key), result === "" ? "{" : ",") + text.slice(key, end);
    at = end;
  }
  return `${result === "" ? "{" : result}}`;
}

/** The same number of lines, of which the last one has the same length, with a mark at the start. */
function blank(text: string, mark: string): string {
  const lines = text.split("\n");
  const last = lines.at(-1)?.length ?? 0;
  return lines.length === 1 ? mark.padEnd(last) : mark + "\n".repeat(lines.length - 1) + " ".repeat(last);
}
