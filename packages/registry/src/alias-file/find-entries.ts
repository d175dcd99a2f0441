// Finds the entries of some prompts in aliases.json without parsing the places of all others, which takes much longer.

/** The place of a prompt's entry in the text. */
export interface EntryPlace {
  readonly name: string;
  /** Where its key starts. */
  readonly key: number;
  /** Where its value, an object, starts and ends. */
  readonly start: number;
  readonly end: number;
}

/**
 * In the order of the text. Prompts without an entry have none.
 *
 * @returns `undefined` if the text has mistakes, or if it is not certain where an entry is.
 */
export function findEntries(text: string, names: Iterable<string>): readonly EntryPlace[] | undefined {
  const all = parseObject(text);
  if (all === undefined) return undefined;
  const found: EntryPlace[] = [];
  for (const name of names) {
    const written = JSON.stringify(name);
    const key = text.indexOf(written);
    // An alias of another prompt may have the same name.
    if (key !== -1 && text.indexOf(written, key + 1) !== -1) return undefined;
    if (key === -1 && !Object.hasOwn(all, name)) continue;
    const [before = ""] = /^\s*:\s*/.exec(text.slice(key + written.length, key + written.length + 1000)) ?? [];
    const start = key + written.length + before.length;
    const end = key === -1 || before === "" ? undefined : findEnd(text, start, all[name]);
    if (end === undefined) return undefined;
    found.push({ name, key, start, end });
  }
  return found.sort((a, b) => a.key - b.key);
}

/** Where a value ends; `undefined` if it is another value, as that of an alias with the prompt's name. */
function findEnd(text: string, start: number, value: unknown): number | undefined {
  for (let end = text.indexOf("}", start); end !== -1; end = text.indexOf("}", end + 1)) {
    const found = parseObject(text.slice(start, end + 1));
    if (found !== undefined) return JSON.stringify(found) === JSON.stringify(value) ? end + 1 : undefined;
    if (end - start > 10_000) return undefined;
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
