// Sets one value of a JSON text, with or without comments, and changes no other character: jsonc-parser's own edits also
// format what is beside the new value.

import { lineEndOf } from "@cuecard/model";
import { findNodeAtLocation, type Node, parseTree } from "jsonc-parser";

/** Keys of objects, and indexes of arrays. */
export type JsonPath = readonly (string | number)[];

/**
 * The text with the value at a path; objects on the way are created. An index of an array that it does not have yet adds
 * an item.
 *
 * @param text A JSON object.
 */
export function setJson(text: string, path: JsonPath, value: unknown): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) return text;
  const existing = findNodeAtLocation(root, [...path]);
  if (existing !== undefined) {
    const { offset, length } = existing;
    return text.slice(0, offset) + print(text, value, lineIndent(text, offset)) + text.slice(offset + length);
  }
  let depth = path.length - 1;
  while (depth > 0 && findNodeAtLocation(root, path.slice(0, depth)) === undefined) depth--;
  const parent = findNodeAtLocation(root, path.slice(0, depth)) ?? root;
  const inner = path.slice(depth + 1).reduceRight<unknown>((item, key) => ({ [key]: item }), value);
  const key = parent.type === "array" ? "" : `${JSON.stringify(path[depth])}: `;
  return insert(text, parent, (indent) => key + print(text, inner, indent));
}

/** @param print The new member; without an indentation, on one line. */
function insert(text: string, parent: Node, print: (indent: string | undefined) => string): string {
  const start = parent.offset + 1;
  const close = parent.offset + parent.length - 1;
  const last = parent.children?.at(-1);
  const eol = lineEndOf(text);
  if (last === undefined) {
    const own = lineIndent(text, parent.offset);
    const isOneLine = !text.trim().includes("\n") && text.trim() !== "{}";
    if (isOneLine) return `${text.slice(0, start)} ${print(undefined)} ${text.slice(close)}`;
    const indent = own + indentUnit(text);
    // A comment may be all that it contains.
    const kept = text.slice(start, close).trimEnd();
    return `${text.slice(0, start)}${kept}${eol}${indent}${print(indent)}${eol}${own}${text.slice(close)}`;
  }
  const end = last.offset + last.length;
  const [rest = "", comma = ""] =
    /^(?:\s*(,))?[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)?/.exec(text.slice(end, close)) ?? [];
  const isMultiLine = text.slice(start, last.offset).includes("\n");
  const indent = lineIndent(text, last.offset);
  const added = isMultiLine ? `${eol}${indent}${print(indent)}` : ` ${print(undefined)}`;
  // With a trailing comma, the style of the file is one after each member.
  const between = comma === "" ? `,${rest.trimEnd()}` : rest.trimEnd();
  return text.slice(0, end) + between + added + (comma === "" ? "" : ",") + text.slice(end + rest.trimEnd().length);
}

/** @param indent Of the line where the value begins; without it, the value is written on one line. */
function print(text: string, value: unknown, indent: string | undefined): string {
  const printed = JSON.stringify(value, undefined, indentUnit(text));
  // Line feeds within strings are escaped.
  return indent === undefined ? printed.replaceAll(/\n\s*/g, " ") : printed.replaceAll("\n", lineEndOf(text) + indent);
}

function lineIndent(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", offset - 1) + 1))?.[0] ?? "";
}

/** How a text is indented: as its first indented line. */
function indentUnit(text: string): string {
  return /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
}
