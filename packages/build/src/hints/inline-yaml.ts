// Values as one line of YAML, for hints that a reader can copy into front matter: `tags(array): string`.

import { Document, isCollection, Scalar } from "yaml";

/** How long a line in a hint may be. */
const MAX_LENGTH = 100;

/** `key: value` on one line; a value that is too long is left out. */
export function yamlEntry(key: string, value: unknown): string {
  const entry = `${scalar(key, false)}: ${flow(value, false)}`;
  return entry.length <= MAX_LENGTH ? entry : `${scalar(key, false)}: …`;
}

/** A value alone, such as `{ a: 1 }`. */
export function yamlValue(value: unknown): string {
  const text = flow(value, false);
  return text.length <= MAX_LENGTH ? text : "…";
}

/** A value on one line, whole. */
export function flowYaml(value: unknown): string {
  return flow(value, false);
}

/** @param isInner Whether the value is inside brackets, where more texts need quotes. */
function flow(value: unknown, isInner: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, true)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return scalar(value, isInner);
  const entries = Object.entries(value).map(([key, member]) => `${scalar(key, true)}: ${flow(member, true)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function scalar(value: unknown, isInner: boolean): string {
  const document = new Document([typeof value === "string" && value.includes("\n") ? inQuotes(value) : value]);
  if (isCollection(document.contents)) document.contents.flow = isInner;
  const text = document.toString(OPTIONS).replace(/\n$/, "");
  return isInner ? text.slice(1, -1) : text.slice(2);
}

const OPTIONS = {
  ...{ lineWidth: 0, flowCollectionPadding: false, blockQuote: false },
  doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY,
};

/** Without quotes, a text with several lines would be written in several. */
function inQuotes(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = "QUOTE_DOUBLE";
  return scalar;
}
