// Compiling a template in a test, and running it without validation, so that any data can be tried.

import { type Diagnostic, expandMetadataKeys, hasErrors } from "@cuecard/model";
import * as runtime from "@cuecard/runtime";
import { compileContent } from "../src/compile-content.js";
import { namedTexts } from "../src/emit/render-function.js";
import type { CompiledContent } from "../src/model.js";
import { FrontMatterReader } from "../src/parse/parse-front-matter.js";
import { PartialReader } from "../src/parse/parse-partial.js";
import { SchemaFileReader } from "../src/parse/read-schema-file.js";
import { ValidatorCompiler } from "../src/schema/compile-validator.js";
import type { HelperLookup } from "../src/template/lowering.js";

const context = {
  frontMatter: new FrontMatterReader(new Set()),
  partials: new PartialReader(),
  schemaFiles: new SchemaFileReader(),
  validators: new ValidatorCompiler(),
  helpers: new Map(),
};

export interface CompiledText {
  readonly content: CompiledContent | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles `prompts/p.md`; partials are given by name. */
export function compileText(
  text: string,
  partials: Readonly<Record<string, string>> = {},
  helpers: HelperLookup = context.helpers,
  trims = false,
  metadataKeys: readonly string[] = [],
  allowed: (character: string) => boolean = () => false,
): CompiledText {
  const files = Object.entries(partials).map(([name, body]) => ({
    path: `prompts/${name.replace(/([^/]+)$/, "_$1")}.md`,
    text: body,
  }));
  const content = {
    prompt: { path: "prompts/p.md", text },
    partials: files,
    ...(trims ? { trimMessages: true as const } : {}),
  };
  const result = compileContent("p", "prompts", content, {
    ...context,
    helpers,
    allowed,
    ...(metadataKeys.length === 0 ? {} : { frontMatter: new FrontMatterReader(expandMetadataKeys(metadataKeys)) }),
  });
  return { content: hasErrors(result.diagnostics) ? undefined : result.value, diagnostics: result.diagnostics };
}

type Render = (
  input: unknown,
  data: object,
  sections?: Readonly<Record<string, string>>,
  history?: readonly runtime.Message[],
) => string;

/** The emitted rendering function, called as a prompt without validation calls it. */
export function renderFunction(content: CompiledContent): Render {
  const { imports, texts } = content.render;
  const code = namedTexts(
    content.render,
    texts.map((text) => JSON.stringify(text)),
  );
  const make = new Function(...imports, `"use strict"; return (${code});`);
  const render = make(...imports.map((name) => (runtime as Readonly<Record<string, unknown>>)[name]));
  const isPolluted = (prototype: object): boolean => content.render.names.some((name) => name in prototype);
  const facts = { uri: "prompts:/p/working", inputSchema: {} };
  const prompt = runtime.textPrompt(() => ({ ...facts }), { render, isPolluted }) as {
    readonly format: (input: unknown, options: object) => string;
  };
  return (input, context, sections, history) => prompt.format(input, { context, sections, history });
}

export function renderMessages(
  content: CompiledContent,
  input: unknown,
  history: readonly runtime.Message[] = [],
  data: object = {},
): runtime.Message[] {
  return renderFunction(content)(input, data, {}, history) as unknown as runtime.Message[];
}
