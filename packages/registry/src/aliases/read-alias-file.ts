// aliases.json as it stands in the working tree: its text to the byte, and its pointers.

import { type AliasTarget, type Diagnostic, hasErrors, type Range } from "@cuecard/model";
import { ALIASES_FILE, parseAliases } from "../alias-file/parse-aliases.js";
import { readProjectFile } from "../disk/project-file.js";

export interface AliasFile {
  /** `undefined` where there is no file. */
  readonly text: string | undefined;
  /** Each prompt's aliases. */
  readonly prompts: ReadonlyMap<string, ReadonlyMap<string, WrittenPointer>>;
  /** Why it cannot be edited. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface WrittenPointer {
  /** `undefined` where what is written is no target. */
  readonly target: AliasTarget | undefined;
  /** The target in the file; `undefined` where what is written is none. */
  readonly range: Range | undefined;
}

/** Mistakes in single pointers; the others can still be edited. */
const OF_ONE_POINTER = ["alias/invalid-name", "alias/invalid-target"];

export async function readAliasFile(dir: string): Promise<AliasFile> {
  const file = await readProjectFile(dir, ALIASES_FILE);
  if (file === undefined) return { text: undefined, prompts: new Map(), diagnostics: [] };
  if (file.diagnostics.length > 0) return { text: undefined, prompts: new Map(), diagnostics: file.diagnostics };
  const parsed = parseAliases(file.text);
  const blocking = parsed.diagnostics.filter(({ code }) => !OF_ONE_POINTER.includes(code));
  if (hasErrors(blocking)) return { text: undefined, prompts: new Map(), diagnostics: blocking };
  const written = JSON.parse(file.text) as Readonly<Record<string, unknown>>; // strict JSON with an object, by now
  const prompts = new Map<string, Map<string, WrittenPointer>>();
  for (const { name, pointers } of parsed.prompts) {
    const own = new Map<string, WrittenPointer>();
    for (const alias of Object.keys(written[name] as object)) own.set(alias, { target: undefined, range: undefined });
    for (const { alias, target, range } of pointers) own.set(alias, { target, range });
    prompts.set(name, own);
  }
  // The mark at the start and the line ends belong to the text that is edited.
  return { text: file.exact, prompts, diagnostics: [] };
}
