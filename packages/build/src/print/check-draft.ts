// Whether a draft can be printed: finds what a file cannot contain, and what would be read back differently.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { isRole } from "../language/language.js";
import { parseTemplate } from "../parse/parse-template.js";
import { SourceText } from "../text/source-text.js";
import type { DraftMessage } from "./print-messages.js";
import type { PromptDraft } from "./print-prompt.js";

/** @param place The file that the draft will be written to. */
export function checkDraft(draft: PromptDraft, place: Place): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (problem: string) => diagnostics.push(diagnose("register/invalid-draft", { problem }, place));
  const { template, messages } = draft;
  if ((template === undefined) === (messages === undefined)) report("give it either a template or messages");
  if (template !== undefined && typeof template !== "string") report("its template is not a string");
  for (const [key, value] of Object.entries(draft)) {
    const found = value === undefined ? undefined : findUnprintable(value, key);
    if (found !== undefined) report(found);
  }
  if (messages !== undefined && diagnostics.length === 0)
    for (const problem of messageProblems(messages, place)) report(problem);
  return diagnostics;
}

function messageProblems(messages: readonly DraftMessage[], place: Place): string[] {
  if (!Array.isArray(messages) || messages.length === 0) return ["it has no messages"];
  return messages.flatMap((message, index) => {
    const what = `messages[${index}]`;
    if (message === "history") return [];
    // Untyped code can pass anything.
    const { role, content } = (message ?? {}) as { readonly role?: unknown; readonly content?: unknown };
    if (!isRole(role))
      return [
        `${what} has the role ${JSON.stringify(role)}: use system, user, assistant or tool, or make the whole entry "history"`,
      ];
    if (typeof content !== "string") return [`the content of ${what} is not a string`];
    if (content.trim() === "") return [`${what} is blank`];
    const text = content.replaceAll("\r\n", "\n");
    const [finding] = parseTemplate(new SourceText(place.file, text, 0)).diagnostics;
    if (finding !== undefined) return [`${what} is not a valid template by itself: ${finding.message}`];
    const marker = /\{\{~?\s*(role|history)\b/.exec(text)?.[1];
    return marker === undefined
      ? []
      : [`${what} contains {{${marker}}}; write each message as a separate item of the list`];
  });
}

/** Finds a value that JSON or a text file cannot represent. */
function findUnprintable(value: unknown, path: string): string | undefined {
  switch (typeof value) {
    case "boolean":
      return undefined;
    case "string":
      if (value.includes("\0")) return `"${path}" contains a NUL character`;
      return /\p{Surrogate}/u.test(value) ? `"${path}" contains half a character (a lone surrogate)` : undefined;
    case "number":
      return Number.isFinite(value) ? undefined : `"${path}" is ${value}: a number must be finite`;
    case "object": {
      if (value === null) return undefined;
      if (Array.isArray(value)) return findFirst(value.map((item, index) => [item, `${path}[${index}]`] as const));
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== null) return `"${path}" is not plain data`;
      return findFirst(
        Object.entries(value).flatMap(
          ([key, member]) =>
            [
              [key, `a key in ${path}`],
              [member, `${path}.${key}`],
            ] as const,
        ),
      );
    }
    default:
      return `"${path}" is ${value === undefined ? "undefined" : `a ${typeof value}`}, which a file cannot contain`;
  }
}

function findFirst(values: readonly (readonly [value: unknown, path: string])[]): string | undefined {
  for (const [value, path] of values) {
    const found = findUnprintable(value, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
