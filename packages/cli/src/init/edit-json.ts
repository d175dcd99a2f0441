// Adds what is missing to a JSON file without changing any other character.

import { findNodeAtLocation, type ParseError, parse, parseTree } from "jsonc-parser";
import { type JsonPath, setJson } from "./set-json.js";

/** One value that a file must have. */
export interface JsonAddition {
  readonly path: JsonPath;
  /** An array's items are added to an array that exists; any other value is set only if there is none. */
  readonly value: unknown;
}

/** The new text; `undefined` if the text is not a JSON object, or a value on the way has another kind. */
export function addToJson(text: string, additions: readonly JsonAddition[]): string | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  let edited: string | undefined = text;
  for (const addition of additions) edited = edited === undefined ? undefined : addOne(edited, addition);
  return edited;
}

function addOne(text: string, { path, value }: JsonAddition): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) return undefined;
  for (let depth = 1; depth < path.length; depth++) {
    const parent = findNodeAtLocation(root, path.slice(0, depth));
    if (parent !== undefined && parent.type !== "object") return undefined;
  }
  const existing = findNodeAtLocation(root, [...path]);
  if (existing === undefined) return setJson(text, path, value);
  if (!Array.isArray(value)) return text;
  if (existing.type !== "array") return undefined;
  const known = new Set((existing.children ?? []).map((item) => JSON.stringify(plainValue(text, item))));
  let edited = text;
  let count = existing.children?.length ?? 0;
  for (const item of value) {
    if (known.has(JSON.stringify(item))) continue;
    edited = setJson(edited, [...path, count++], item);
  }
  return edited;
}

function plainValue(text: string, { offset, length }: { readonly offset: number; readonly length: number }): unknown {
  return parse(text.slice(offset, offset + length));
}
