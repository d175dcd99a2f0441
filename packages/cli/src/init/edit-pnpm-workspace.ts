// Adds a folder to pnpm-workspace.yaml without changing any other line.

import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { coversWorkspace } from "./edit-manifest.js";

/** The new text; the same text if the folder is already listed; `undefined` if it cannot be edited safely. */
export function editPnpmWorkspace(text: string, folder: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const end = text === "" || text.endsWith("\n") ? "" : eol;
  const { contents } = document;
  if (contents === null) return `${text}${end}packages:${eol}  - ${folder}${eol}`;
  if (!isMap(contents) || contents.flow === true) return undefined;
  const packages = contents.get("packages", true);
  if (packages === undefined) return `${text}${end}packages:${eol}  - ${folder}${eol}`;
  if (!isSeq(packages)) return undefined;
  const patterns = packages.items.map((item) => (isScalar(item) ? String(item.value) : ""));
  if (coversWorkspace(patterns, folder)) return text;
  const last = packages.items.at(-1);
  if (packages.flow === true || !isScalar(last) || !last.range) return undefined;
  const lineStart = text.lastIndexOf("\n", last.range[0] - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "  ";
  const lineEnd = text.indexOf("\n", last.range[1]);
  if (lineEnd === -1) return `${text}${eol}${indent}- ${folder}${eol}`;
  return `${text.slice(0, lineEnd + 1)}${indent}- ${folder}${eol}${text.slice(lineEnd + 1)}`;
}
