// Where the front matter of a prompt's text is, if it can be read.

import type { Diagnostic, SourceFile } from "@cuecard/model";
import type { Document } from "yaml";
import { explainUnparsed } from "../parse/parse-front-matter.js";
import { type ParsedYaml, parseYaml } from "../parse/parse-yaml.js";
import { locateFences, splitFrontMatter } from "../parse/split-front-matter.js";
import { SourceText } from "../text/source-text.js";

export interface FrontMatterText {
  /** Without its fences; empty if there is none. */
  readonly text: string;
  /** Where it is in the file. */
  readonly start: number;
  readonly end: number;
  /** Whether there are fences around it. */
  readonly isFenced: boolean;
  readonly parsed: Extract<ParsedYaml, { readonly kind: "parsed" }>;
}

/**
 * @param prepare Called with a map before its values are read.
 * @returns The front matter, or why it cannot be read.
 */
export function findFrontMatter(
  file: SourceFile,
  prepare: (document: Document.Parsed, text: string) => void = () => {},
): FrontMatterText | { readonly diagnostics: readonly Diagnostic[] } {
  const fences = locateFences(file.text);
  if (fences.kind === "language" || fences.kind === "unclosed") return splitFrontMatter(file);
  const [start, end] = fences.kind === "fenced" ? [fences.start, fences.end] : [0, 0];
  const text = file.text.slice(start, end);
  const source = new SourceText(file.path, file.text, start, end);
  const parsed = parseYaml(text, (document) => prepare(document, text));
  if (parsed.kind === "parsed") return { text, start, end, isFenced: fences.kind === "fenced", parsed };
  return { diagnostics: explainUnparsed(parsed, source) };
}
