// Parses the entries of some prompts in aliases.json: the rest of the text is blanked, so that it costs nothing, and every place stays
// where it is.

import { type ParsedAliases, parseAliases } from "./parse-aliases.js";

/** What {@link parseAliases} finds about some prompts, and about the file as a whole. Findings about other entries are left out. */
export function parseSomeAliases(text: string, names: ReadonlySet<string>): ParsedAliases {
  const { prompts, diagnostics } = parseAliases(keepEntries(text, names) ?? text);
  return {
    prompts: prompts.filter(({ name }) => names.has(name)),
    diagnostics: diagnostics.filter(({ subject }) => subject === undefined || names.has(subject.name)),
  };
}

/** The text with only these entries; `undefined` if it has mistakes, or if it is not certain where an entry is. */
function keepEntries(text: string, names: ReadonlySet<string>): string | undefined {
  const all = parseObject(text);
  if (all === undefined) return undefined;
  const kept: [start: number, end: number][] = [];
  for (const name of names) {
    const key = JSON.stringify(name);
    const start = text.indexOf(key);
    // An alias of another prompt may have the same name.
    if (start !== -1 && text.indexOf(key, start + 1) !== -1) return undefined;
    if (start === -1 && !Object.hasOwn(all, name)) continue;
    const end = start === -1 ? undefined : findEnd(text, start + key.length, all[name]);
    if (end === undefined) return undefined;
    kept.push([start, end]);
  }
  const [open, close] = [text.indexOf("{"), text.lastIndexOf("}")];
  let result = `${blank(text.slice(0, open))}{`;
  for (const [index, [start, end]] of kept.sort(([a], [b]) => a - b).entries()) {
    const gap = blank(text.slice(result.length, start));
    // Two entries have a comma between them, which is as good at the end of the gap.
    result += (index === 0 ? gap : `${gap.slice(0, -1)},`) + text.slice(start, end);
  }
  return `${result}${blank(text.slice(result.length, close))}}${blank(text.slice(close + 1))}`;
}

/** Where the value after a key ends; `undefined` if it is another value, as that of an alias with this name. */
function findEnd(text: string, from: number, value: unknown): number | undefined {
  for (let end = text.indexOf("}", from); end !== -1; end = text.indexOf("}", end + 1)) {
    const found = parseObject(text.slice(from, end + 1).replace(/^\s*:/, ""));
    if (found !== undefined) return JSON.stringify(found) === JSON.stringify(value) ? end + 1 : undefined;
    if (end - from > 10_000) return undefined;
  }
  return undefined;
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]+/g, (line) => " ".repeat(line.length));
}
