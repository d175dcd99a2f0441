// Whether a draft can be printed: finds what a file cannot contain, and what would be read back differently.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { checkMessages } from "./check-messages.js";
import type { PromptDraft } from "./print-prompt.js";

/** Why a draft cannot be printed. */
export interface DraftProblem {
  readonly problem: string;
  /** Where in the draft: `messages[0].name`. */
  readonly path?: string | undefined;
  /** What to do, as an imperative. */
  readonly instead?: string | undefined;
}

/** @param place The file that the draft will be written to. */
export function checkDraft(draft: PromptDraft, place: Place): Diagnostic[] {
  const problems: DraftProblem[] = [];
  const { template, messages } = draft;
  if ((template === undefined) === (messages === undefined))
    problems.push({ problem: "give it either a template or messages" });
  for (const [key, value] of Object.entries(draft)) {
    const found = value === undefined ? undefined : findUnprintable(value, key, []);
    if (found !== undefined) problems.push(found);
  }
  if (messages !== undefined && problems.length === 0) problems.push(...checkMessages(messages, place));
  return problems.map(({ problem, path, instead }) =>
    diagnose("register/invalid-draft", { problem, path, instead }, place),
  );
}

/**
 * Finds a value that JSON or a text file cannot represent.
 *
 * @param within The objects and lists that the value is in.
 */
function findUnprintable(value: unknown, path: string, within: readonly object[]): DraftProblem | undefined {
  const refused = (problem: string): DraftProblem => ({ problem: `"${path}" ${problem}`, path });
  switch (typeof value) {
    case "boolean":
      return undefined;
    case "string":
      if (value.includes("\0")) return refused("contains a NUL character");
      return /\p{Surrogate}/u.test(value) ? refused("contains half a character (a lone surrogate)") : undefined;
    case "number":
      return Number.isFinite(value) ? undefined : refused(`is ${value}: a number must be finite`);
    case "object": {
      if (value === null) return undefined;
      if (within.includes(value)) return refused("contains itself");
      const inside = [...within, value];
      const entries = Object.entries(value);
      if (Array.isArray(value)) {
        const extra = entries.find(([key]) => !/^\d+$/.test(key));
        if (extra !== undefined)
          return refused(`is a list with the property "${extra[0]}", which a file cannot contain`);
        return findFirst(value.length, (index) => findUnprintable(value[index], `${path}[${index}]`, inside));
      }
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) return refused("is not plain data");
      if (Object.getOwnPropertySymbols(value).length > 0) return refused("has a symbol as a key");
      return findFirst(entries.length, (index) => {
        const [key, member] = entries[index] ?? [];
        return findUnprintable(key, `a key in ${path}`, inside) ?? findUnprintable(member, `${path}.${key}`, inside);
      });
    }
    default:
      return refused(`is ${value === undefined ? "undefined" : `a ${typeof value}`}, which a file cannot contain`);
  }
}

function findFirst<T>(length: number, find: (index: number) => T | undefined): T | undefined {
  for (let index = 0; index < length; index++) {
    const found = find(index);
    if (found !== undefined) return found;
  }
  return undefined;
}
