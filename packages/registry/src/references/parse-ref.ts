// Parses a reference to a prompt, as users write it: `name`, `name@alias`, `name@v3`, or a `prompts:/` URI.

import { promptNameProblem } from "@cuecard/model";
import { normalizeRef, parsePromptUri } from "@cuecard/runtime";

export interface ParsedRef {
  readonly name: string;
  /** `v3`, `latest`, `working` or an alias; `undefined` if there is only a name. */
  readonly ref: string | undefined;
}

/**
 * Parses a reference; `undefined` if it is not valid. Whether the prompt exists is not checked.
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
