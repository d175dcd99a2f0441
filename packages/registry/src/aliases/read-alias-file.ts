// Reads aliases.json for editing: its exact text, and its pointers.

import { type Diagnostic, hasErrors, plainText, type Range, type StoredTarget } from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { parseSomeAliases } from "../alias-file/parse-some-aliases.js";
import { readProjectFile } from "../git/project-file.js";

export interface AliasFile {
  /** `undefined` if the file does not exist. */
  readonly text: string | undefined;
  /** The aliases of each prompt. */
  readonly prompts: ReadonlyMap<string, ReadonlyMap<string, WrittenPointer>>;
  /** Why it cannot be edited. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface WrittenPointer {
  /** `undefined` if the value is not a valid target. */
  readonly target: StoredTarget | undefined;
  /** The place of the target; `undefined` if the value is not a valid target. */
  readonly range: Range | undefined;
}

/** Mistakes of a single pointer; the other pointers can still be edited. */
const OF_ONE_POINTER = ["alias/invalid-name", "alias/invalid-target"];

/** @param names The prompts whose entries are read. Default: all. */
export async function readAliasFile(dir: string, names?: ReadonlySet<string>): Promise<AliasFile> {
  const file = await readProjectFile(dir, ALIASES_FILE);
  if (file === undefined) return NO_FILE;
  if (file.diagnostics.length > 0) return { ...NO_FILE, diagnostics: file.diagnostics };
  return parseAliasFile(file.exact, names);
}

const NO_FILE: AliasFile = { text: undefined, prompts: new Map(), diagnostics: [] };

/**
 * @param exact Its text with the byte-order mark and the line ends; `undefined` if there is no file.
 * @param names The prompts whose entries are read. Default: all.
 */
export function parseAliasFile(exact: string | undefined, names?: ReadonlySet<string>): AliasFile {
  if (exact === undefined) return NO_FILE;
  const text = plainText(exact);
  const parsed = names === undefined ? parseAliases(text) : parseSomeAliases(text, names);
  const blocking = parsed.diagnostics.filter(({ code }) => !OF_ONE_POINTER.includes(code));
  if (hasErrors(blocking)) return { ...NO_FILE, diagnostics: blocking };
  const prompts = new Map<string, Map<string, WrittenPointer>>();
  for (const { name, keys, pointers } of parsed.prompts) {
    const own = new Map<string, WrittenPointer>();
    for (const alias of keys) own.set(alias, { target: undefined, range: undefined });
    for (const { alias, target, range } of pointers) own.set(alias, { target, range });
    prompts.set(name, own);
  }
  // An edit keeps the byte-order mark and the line ends.
  return { text: exact, prompts, diagnostics: [] };
}
