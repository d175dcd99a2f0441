// Reads partials; the versions of a repository share most of theirs, so equal files are parsed once.

import type { Diagnostic, SourceFile } from "@cuecard/model";
import { findCarriageReturns } from "../hints/carriage-returns.js";
import type { SourceText } from "../text/source-text.js";
import { findFrontMatterInText, findTextInFences } from "./parse-front-matter.js";
import { parseTemplate, type TemplateAst } from "./parse-template.js";
import { type SplitPrompt, splitFrontMatter } from "./split-front-matter.js";

export type PartialSource =
  | { readonly source: SourceText; readonly ast: TemplateAst }
  /** The file has errors of its own. */
  | { readonly source: undefined; readonly ast: undefined };

export interface ParsedPartial {
  readonly value: PartialSource;
  readonly diagnostics: readonly Diagnostic[];
}

export class PartialReader {
  readonly #known = new Map<string, ParsedPartial>();

  read(file: SourceFile): ParsedPartial {
    const key = `${file.path}\n${file.text}`;
    const parsed = this.#known.get(key) ?? parsePartial(file);
    this.#known.set(key, parsed);
    return parsed;
  }
}

function parsePartial(file: SourceFile): ParsedPartial {
  const split = splitFrontMatter(file);
  const template = split.value === undefined ? undefined : parseTemplate(split.value.template);
  const fences = split.value === undefined ? [] : checkFences(split.value);
  const diagnostics = [...findCarriageReturns(file), ...split.diagnostics, ...fences, ...(template?.diagnostics ?? [])];
  if (split.value === undefined || template?.value === undefined)
    return { value: { source: undefined, ast: undefined }, diagnostics };
  return { value: { source: split.value.template, ast: template.value }, diagnostics };
}

/** Keys that would reach the model, and text that would not. */
function checkFences(split: SplitPrompt): Diagnostic[] {
  const ignored = split.frontMatter === undefined ? [] : findTextInFences(split.frontMatter);
  return [...findFrontMatterInText(split), ...ignored];
}
