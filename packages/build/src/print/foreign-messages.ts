// Messages in the forms of other tools, and as little more than a text: what to write for each. Tuples are LangChain's, `parts`
// are Gemini's (https://ai.google.dev/api/caching#Content), `from` and `value` are ShareGPT's.

import { nearest } from "@cuecard/runtime";
import { suggestRole } from "../hints/role-lines.js";
import { isObject } from "../schema/json-schema.js";
import type { DraftProblem } from "./check-draft.js";

export const HISTORY =
  'write "history" where the conversation goes, and pass its messages as `history` when you call `messages` or `format`';

const ROLE_KEYS = ["type", "from", "author", "sender", "speaker"];
const TEXT_KEYS = ["parts", "text", "value", "message", "body", "prompt", "data", "kwargs"];
/** A longer text is not repeated in a hint. */
const MAX_TEXT = 60;

/** An entry of the list that is not an object. */
export function explainEntry(entry: unknown, path: string): DraftProblem {
  const problem = `${path} is neither an object with a role and a content, nor "history"`;
  if (Array.isArray(entry)) {
    const [role, text] = entry as readonly unknown[];
    const isPlaceholder = role === "placeholder" || role === "history";
    return { problem, path, instead: isPlaceholder ? HISTORY : writeMessage(role, text) };
  }
  const isHistory = typeof entry === "string" && nearest(entry, ["history"]) !== undefined;
  return { problem, path, instead: isHistory ? 'write "history"' : writeMessage("user", entry) };
}

/** An object that has its role or its text under another tool's name; `undefined` if it has neither. */
export function explainForeign(message: Readonly<Record<string, unknown>>, path: string): DraftProblem | undefined {
  const { role, content } = message;
  const others = Object.keys(message).filter((key) => key !== "role" && key !== "content");
  const roleKey = role === undefined ? others.find((key) => ROLE_KEYS.includes(key)) : undefined;
  const textKey =
    content === undefined
      ? others.find((key) => TEXT_KEYS.includes(key) || nearest(key, ["content"]) !== undefined)
      : undefined;
  const found = [roleKey, textKey].filter((key) => key !== undefined);
  if (found.length === 0) return undefined;
  const problem = `${path} has ${found.map((key) => `"${key}"`).join(" and ")} instead of ${
    roleKey === undefined ? "a content" : textKey === undefined ? "a role" : "a role and a content"
  }`;
  const text = textKey === undefined ? content : message[textKey];
  return { problem, path, instead: writeMessage(roleKey === undefined ? role : message[roleKey], text) };
}

function writeMessage(role: unknown, text: unknown): string {
  const meant = (typeof role === "string" ? suggestRole(role) : undefined) ?? "user";
  const content = textOf(text);
  const isShown = content !== undefined && content.trim() !== "" && content.length <= MAX_TEXT;
  return `write { role: "${meant}", content: ${isShown ? JSON.stringify(content) : '"…"'} }`;
}

/** The text in `parts` or in a similar wrapper, if there is nothing else in it. */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const texts = value.map(textOf);
    return texts.includes(undefined) ? undefined : texts.join("");
  }
  return isObject(value) ? textOf(value["text"] ?? value["content"]) : undefined;
}
