// A content's template, lowered once more: for questions about templates that compiled contents do not answer.

import type { PromptContent } from "@cuecard/model";
import type { HelperSignature } from "./language/helper-signature.js";
import { lookUpPartials } from "./look-up-partials.js";
import { PartialReader } from "./parse/parse-partial.js";
import { parseTemplate } from "./parse/parse-template.js";
import { splitFrontMatter } from "./parse/split-front-matter.js";
import type { Template } from "./template/ir.js";
import { lowerTemplate } from "./template/lower.js";
import type { Probe } from "./template/lowering.js";

export interface ContentToLower {
  readonly name: string;
  readonly promptsDir: string;
  readonly content: PromptContent;
  /** The project's own helpers. */
  readonly helpers: readonly HelperSignature[];
}

/** @returns `undefined` for a prompt that does not compile. */
export function lowerContent(
  { name, promptsDir, content, helpers }: ContentToLower,
  probe?: Probe,
): Template | undefined {
  const source = splitFrontMatter(content.prompt).value?.template;
  const ast = source === undefined ? undefined : parseTemplate(source).value;
  if (source === undefined || ast === undefined) return undefined;
  const reader = new PartialReader();
  return lowerTemplate(ast, source, {
    partials: lookUpPartials(name, promptsDir, content, (file) => reader.read(file).value),
    helpers: new Map(helpers.map((signature) => [signature.name, signature])),
    ...(probe === undefined ? {} : { probe }),
  }).value;
}
