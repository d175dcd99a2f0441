// Compiling a template in a test, and running it without validation, so that any data can be tried.

import { type Diagnostic, expandMetadataKeys, hasErrors } from "@cuecard/model";
import * as runtime from "@cuecard/runtime";
import { compileContent } from "../src/compile-content.js";
import { helperConstant } from "../src/emit/helper-import.js";
import { hoistTexts, textParameter } from "../src/emit/hoist-texts.js";
import type { HelperFunction } from "../src/emit/instantiate.js";
import { namedTexts } from "../src/emit/render-function.js";
import type { CompiledContent } from "../src/model.js";
import { FrontMatterReader } from "../src/parse/parse-front-matter.js";
import { PartialReader } from "../src/parse/parse-partial.js";
import { SchemaFileReader } from "../src/parse/read-schema-file.js";
import { ValidatorCompiler } from "../src/schema/compile-validator.js";
import type { HelperLookup } from "../src/template/lowering.js";

/** What compilations share keeps every text that it has read. Test files share this module, so it starts anew from time to time. */
const COMPILATIONS = 500;
const NO_HELPERS: HelperLookup = new Map();
let context = makeContext();
let compilations = 0;

function makeContext() {
  return {
    frontMatter: new FrontMatterReader(new Set()),
    partials: new PartialReader(),
    schemaFiles: new SchemaFileReader(),
    validators: new ValidatorCompiler(),
  };
}

export interface CompiledText {
  readonly content: CompiledContent | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles `prompts/p.md`; partials are given by name. */
export function compileText(
  text: string,
  partials: Readonly<Record<string, string>> = {},
  helpers: HelperLookup = NO_HELPERS,
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
  if (++compilations % COMPILATIONS === 0) context = makeContext();
  const result = compileContent("p", "prompts", content, {
    ...context,
    helpers,
    allowed,
    ...(metadataKeys.length === 0 ? {} : { frontMatter: new FrontMatterReader(expandMetadataKeys(metadataKeys)) }),
  });
  return { content: hasErrors(result.diagnostics) ? undefined : result.value, diagnostics: result.diagnostics };
}

type Helpers = ReadonlyMap<string, HelperFunction>;

type Render = (
  input: unknown,
  data: object,
  sections?: Readonly<Record<string, string>>,
  history?: readonly runtime.Message[],
) => string;

/** The emitted rendering function, called as a prompt without validation calls it. */
export function renderFunction(content: CompiledContent, helpers: Helpers = new Map()): Render {
  const readable = makePrompt(content, `() => (${renderCode(content)})`, [], helpers);
  return (input, context, sections, history) => readable.format(input, { context, sections, history }) as string;
}

/** {@link renderFunction}, which also renders by the code without its texts, and throws if that gives something else. */
export function renderBothForms(content: CompiledContent): Render {
  const hoisted = hoistTexts(renderCode(content), 1);
  const parameters = hoisted.texts.map((_, index) => textParameter(index));
  const compact = makePrompt(content, `([${parameters.join(", ")}]) => (${hoisted.code})`, hoisted.texts);
  const readable = renderFunction(content);
  return (input, context, sections, history) => {
    const result = outcome(() => readable(input, context, sections, history));
    const again = outcome(() => compact.format(input, { context, sections, history }));
    if (JSON.stringify(result) !== JSON.stringify(again))
      throw new Error(`without its texts, the code renders otherwise: ${JSON.stringify({ hoisted, result, again })}`);
    if ("error" in result) throw result.error;
    return result.value as string;
  };
}

function renderCode({ render }: CompiledContent): string {
  return namedTexts(
    render,
    render.texts.map((text) => JSON.stringify(text)),
  );
}

interface RenderedPrompt {
  readonly format: (input: unknown, options: object) => unknown;
}

/** @param make Source of a function that gets the texts and returns the rendering function. */
function makePrompt(
  { render }: CompiledContent,
  make: string,
  texts: readonly string[],
  helpers: Helpers = new Map(),
): RenderedPrompt {
  const { imports, names } = render;
  const evaluate = new Function(
    ...imports,
    ...[...helpers.keys()].map(helperConstant),
    `"use strict"; return (${make});`,
  );
  const values = imports.map((name) => (runtime as Readonly<Record<string, unknown>>)[name]);
  const rendering = evaluate(...values, ...helpers.values())(texts);
  const isPolluted = (prototype: object): boolean => names.some((name) => name in prototype);
  const facts = { uri: "prompts:/p/working", inputSchema: {} };
  return runtime.textPrompt(() => ({ ...facts }), { render: rendering, isPolluted }) as RenderedPrompt;
}

function outcome(
  call: () => unknown,
): { readonly value: unknown } | { readonly error: unknown; readonly text: string } {
  try {
    return { value: call() };
  } catch (error) {
    return { error, text: `${error}` };
  }
}

export function renderMessages(
  content: CompiledContent,
  input: unknown,
  history: readonly runtime.Message[] = [],
  data: object = {},
): runtime.Message[] {
  return renderFunction(content)(input, data, {}, history) as unknown as runtime.Message[];
}
