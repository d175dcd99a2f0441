// How people name a prompt on the command line: `name`, `name@alias`, `name@v3`, or a `prompts:/` URI.

import { promptNameProblem } from "@cuecard/model";
import { normalizeRef, parsePromptUri } from "@cuecard/runtime";

export interface ParsedRef {
  readonly name: string;
  /** `v3`, `latest`, `working` or an alias; `undefined` when only a name was given. */
  readonly ref: string | undefined;
}

/**
 * Reads a reference to a prompt. `undefined` when it is none; whether the prompt exists is the caller's question.
 *
 * @example
 * parseRef("finance/forecast@3") // { name: "finance/forecast", ref: "v3" }
 */
export function parseRef(text: string): ParsedRef | undefined {
  const parsed = text.startsWith("prompts:") ? parsePromptUri(text) : splitAt(text);
  return parsed === undefined || promptNameProblem(parsed.name) !== undefined ? undefined : parsed;
}

function splitAt(text: string): ParsedRef | undefined {
  const at = text.lastIndexOf("@");
  if (at === -1) return { name: text, ref: undefined };
  const ref = text.slice(at + 1);
  return ref === "" ? undefined : { name: text.slice(0, at), ref: normalizeRef(ref) };
}
