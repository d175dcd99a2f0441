// Whether a file to register is a prompt at all. Messages as JSON would become one text that the model sees with its brackets.

import { type Diagnostic, diagnose, type Place } from "@cuecard/model";
import { isObject } from "../schema/json-schema.js";
import { SourceText } from "../text/source-text.js";

/** @param place The file that the text will be written to. */
export function checkSource(source: string, place: Place): Diagnostic[] {
  const start = source.search(/\S/);
  if (source[start] !== "[" && source[start] !== "{") return [];
  if (!isMessages(parseJson(source))) return [];
  const problem = "its text is JSON with messages, which the model would get as one text, with brackets and quotes";
  const instead =
    'write each message as {{role "user"}} with its text below; or call `register` with the list as `messages`';
  const { range } = new SourceText(place.file, source, 0).place(start, source.trimEnd().length);
  return [diagnose("register/invalid-draft", { problem, instead }, { ...place, range, revision: "draft" })];
}

function isMessages(value: unknown): boolean {
  if (isObject(value)) return isMessages(value["messages"]);
  return Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && "role" in item);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
