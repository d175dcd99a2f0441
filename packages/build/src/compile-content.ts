// One prompt with its partials, compiled: parse → check → generate. The same content always gives the same result.

import {
  type Diagnostic,
  diagnose,
  filesOf,
  hasErrors,
  isUnsafeVariable,
  type Place,
  type PromptContent,
  type Range,
  reportInvisible,
  type SourceFile,
} from "@cuecard/model";
import { checkModelSettings } from "./check/check-model-settings.js";
import { checkNames } from "./check/check-names.js";
import { checkRenamedFrom } from "./check/check-renames.js";
import { checkSchemaDefaults } from "./check/check-schema-defaults.js";
import { checkTemplate } from "./check/check-template.js";
import { checkTrust } from "./check/check-trust.js";
import { checkValues } from "./check/check-values.js";
import { blocksCodegen } from "./check/non-blocking.js";
import { staticInputType } from "./check/schema-type.js";
import { UNKNOWN } from "./check/static-type.js";
import { ContentSchemas } from "./content-schemas.js";
import { emitRenderFunction } from "./emit/render-function.js";
import { emitType } from "./emit/type-of-schema.js";
import { readBudget } from "./examples/read-budget.js";
import { readExpectations } from "./examples/read-expectations.js";
import { findCarriageReturns } from "./hints/carriage-returns.js";
import { fixCodeBraces } from "./hints/code-braces.js";
import { findConflicts } from "./hints/conflict-markers.js";
import { findPlaceholders } from "./hints/find-placeholders.js";
import { suggestForUnused } from "./hints/other-language-names.js";
import { findRoleLines } from "./hints/role-lines.js";
import { findVanishing } from "./hints/vanishing.js";
import { inferInputSchema } from "./infer/infer-schema.js";
import { inferUsage } from "./infer/infer-usage.js";
import { inputTooDeep, inputTooLarge } from "./infer/too-large.js";
import { isInlineHelper } from "./language/language.js";
import { lookUpPartials } from "./look-up-partials.js";
import type { CompiledContent, JsonSchema } from "./model.js";
import { extensionsOf } from "./parse/extensions.js";
import { renamedFrom } from "./parse/former-names.js";
import type { FrontMatter } from "./parse/front-matter-schema.js";
import { type FrontMatterReader, findFrontMatterInText, type ParsedFrontMatter } from "./parse/parse-front-matter.js";
import type { PartialReader } from "./parse/parse-partial.js";
import { parseTemplate } from "./parse/parse-template.js";
import type { SchemaFileReader } from "./parse/read-schema-file.js";
import { splitFrontMatter } from "./parse/split-front-matter.js";
import type { ValidatorCompiler } from "./schema/compile-validator.js";
import { findPrivateVariables } from "./schema/private-variables.js";
import { isChatTemplate, type Template, visitTemplate } from "./template/ir.js";
import { lowerTemplate } from "./template/lower.js";
import type { HelperLookup, PartialLookup } from "./template/lowering.js";
import { countStaticMessages } from "./template/static-messages.js";
import { presenceOfSystem } from "./template/system-text.js";
import { SourceText } from "./text/source-text.js";
import { applyWaivers } from "./waivers.js";

/** What compilations share: texts and schemas that repeat are read once. */
export interface CompileContext {
  readonly frontMatter: FrontMatterReader;
  readonly partials: PartialReader;
  readonly schemaFiles: SchemaFileReader;
  readonly validators: ValidatorCompiler;
  /** The project's own helpers, by name. */
  readonly helpers: HelperLookup;
  /** The invisible characters that the settings allow. */
  readonly allowed: (character: string) => boolean;
}

export interface CompiledResult {
  /** `undefined` when there are errors, but for those that only judge what the template does with its values. */
  readonly value: CompiledContent | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function compileContent(
  name: string,
  promptsDir: string,
  content: PromptContent,
  context: CompileContext,
): CompiledResult {
  const compilation = new ContentCompilation(name, promptsDir, content, context);
  const value = compilation.run();
  const found: readonly Diagnostic[] = compilation.diagnostics;
  const fixed = found.length === 0 ? found : compilation.texts.reduce(fixCodeBraces, found);
  const diagnostics = applyWaivers(fixed, content);
  return { value: blocksCodegen(diagnostics) ? undefined : value, diagnostics };
}

const NO_FRONT_MATTER: ParsedFrontMatter = { data: {}, locate: () => [0, 0], locateKey: () => undefined };

/** What a template uses of its input. */
interface InputUses {
  /** Variables, also those whose use is an error. */
  readonly used: ReadonlySet<string>;
  /** Whether it uses the input as a whole: then any variable counts. */
  readonly usesInput: boolean;
}

const NO_USES: InputUses = { used: new Set(), usesInput: false };

class ContentCompilation {
  readonly diagnostics: Diagnostic[] = [];
  readonly #name: string;
  readonly #promptsDir: string;
  readonly #content: PromptContent;
  readonly #context: CompileContext;
  /** The texts of the partials that are used. */
  readonly #partialTexts: SourceText[] = [];
  #locate: (path: readonly string[]) => Place;
  #locateKey: (path: readonly string[]) => Range | undefined = () => undefined;
  /** Where the template first uses a variable, if no schema declares them. */
  readonly #firstUses = new Map<string, Range>();

  #template: SourceText | undefined;

  /** The texts that were parsed as templates. */
  get texts(): readonly SourceText[] {
    // A partial that does not parse has no text of its own here, only its file.
    const partials = this.#content.partials.map(({ path, text }) => new SourceText(path, text, 0));
    return [...(this.#template === undefined ? [] : [this.#template]), ...partials];
  }

  constructor(name: string, promptsDir: string, content: PromptContent, context: CompileContext) {
    this.#name = name;
    this.#promptsDir = promptsDir;
    this.#content = content;
    this.#context = context;
    this.#locate = () => ({ file: content.prompt.path });
  }

  run(): CompiledContent | undefined {
    for (const file of filesOf(this.#content)) this.diagnostics.push(...reportInvisible(file, this.#context.allowed));
    this.diagnostics.push(...findCarriageReturns(this.#content.prompt));
    const file = this.#take(splitFrontMatter(this.#content.prompt));
    if (file === undefined) return undefined;
    this.#template = file.template;
    const frontMatter = this.#readFrontMatter(file.frontMatter);
    this.diagnostics.push(...findFrontMatterInText(file));
    const ast = this.#take(parseTemplate(file.template));
    const known = { partials: this.#partials(), helpers: this.#context.helpers };
    const template = ast && this.#take(lowerTemplate(ast, file.template, known));
    if (template !== undefined && !isChatTemplate(template)) this.diagnostics.push(...findRoleLines(file.template));
    if (frontMatter !== undefined) return this.#compile(frontMatter.data, template, file.template);
    // Without its front matter, a template is checked for what is wrong under any schema.
    if (template !== undefined) this.#check(template, file.template, undefined, {}, false);
    return undefined;
  }

  #readFrontMatter(source: SourceText | undefined): ParsedFrontMatter | undefined {
    if (source === undefined) return NO_FRONT_MATTER;
    const parsed = this.#take(this.#context.frontMatter.read(source));
    if (parsed !== undefined) {
      this.#locate = (path) => source.place(...parsed.locate(path));
      this.#locateKey = (path) => {
        const found = parsed.locateKey(path);
        return found && source.range(...found);
      };
    }
    return parsed;
  }

  /**
   * Checks everything that could be read, so that all findings come at once; emits code only without blocking errors.
   */
  #compile(data: FrontMatter, template: Template | undefined, source: SourceText): CompiledContent | undefined {
    const written = { value: this.#locate, key: this.#locateKey };
    this.diagnostics.push(...checkModelSettings(data.config ?? {}, data.model, written));
    const defaults = data.input?.default ?? {};
    const isWhole = template !== undefined && !hasErrors(this.diagnostics);
    const schemas = this.#schemas();
    const declared = schemas.declared("input", data.input?.schema);
    const { usesInput, used } =
      template === undefined ? NO_USES : this.#check(template, source, declared, data, isWhole);
    if (declared !== undefined) this.diagnostics.push(...checkSchemaDefaults(declared, defaults, this.#locate));
    const outputSchema = schemas.declared("output", data.output?.schema);
    const tools = [...schemas.ofTools("tools", data.tools), ...schemas.ofTools("toolDefs", data.toolDefs)];
    const inputSchema = declared ?? this.#infer(template, defaults);
    if (template !== undefined && inputSchema !== undefined)
      this.diagnostics.push(...checkTrust(template, inputSchema, this.#context.helpers));
    const validator = inputSchema && schemas.validator("input", inputSchema);
    const outputValidator = outputSchema === undefined ? undefined : schemas.validator("output", outputSchema);
    if (inputSchema === undefined || validator === undefined) return undefined;
    const isUsed = (name: string) => usesInput || used.has(name);
    const expected = { schema: inputSchema, validate: validator.validate, isUsed };
    this.diagnostics.push(...checkValues(data, expected, this.#locate));
    const budget = readBudget(data, this.#locate);
    if (typeof budget === "object") this.diagnostics.push(budget);
    this.diagnostics.push(...checkRenamedFrom(this.#name, data, this.#locate));
    const expectations = readExpectations(data, { locate: this.#locate, validators: this.#context.validators });
    this.diagnostics.push(...expectations.diagnostics);
    const places = {
      input: this.#placesOf("input", inputSchema, data.input?.schema),
      output: this.#placesOf("output", outputSchema, data.output?.schema),
    };
    this.diagnostics.push(...this.#checkNames(places, inputSchema, outputSchema));
    if (template === undefined || blocksCodegen(this.diagnostics)) return undefined;

    const isChat = isChatTemplate(template);
    const trims = isChat && this.#content.trimMessages === true;
    const roles = isChat ? rolesOf(template) : ["user"];
    const privateVariables = findPrivateVariables(inputSchema);
    const staticMessages = isChat ? countStaticMessages(template) : 0;
    return {
      kind: isChat ? "chat" : "text",
      roles,
      system: presenceOfSystem(template, roles),
      ...placesOf(template),
      ...(staticMessages === 0 ? {} : { staticMessages }),
      ...(privateVariables.length === 0 ? {} : { privateVariables }),
      ...(data.description === undefined ? {} : { description: data.description }),
      ...(data.model === undefined ? {} : { model: data.model }),
      config: data.config ?? {},
      tags: Object.fromEntries(Object.entries(data.tags ?? {}).map(([key, value]) => [key, String(value)])),
      tools,
      metadata: data.metadata ?? {},
      ext: extensionsOf(data),
      examples: (data.examples ?? []).map(({ name, input = {}, expect, ...expected }, index) => ({
        ...{ name, input, ...expected },
        ...(expect === undefined ? {} : { expect: expectations.ofExamples[index] ?? [] }),
      })),
      ...(typeof budget === "number" ? { budget } : {}),
      renamedFrom: renamedFrom(data),
      variables: Object.keys(inputSchema.properties ?? {}),
      ...(usesInput ? { usesInput } : {}),
      template: source.text,
      ...(trims ? { trimMessages: true } : {}),
      defaults,
      inputSchema,
      inputType: emitType(inputSchema, { direction: "input", optional: new Set(Object.keys(defaults)) }),
      ...(data.output?.format === undefined ? {} : { outputFormat: data.output.format }),
      ...(outputSchema === undefined
        ? {}
        : { outputSchema, outputType: emitType(outputSchema, { direction: "output" }) }),
      render: emitRenderFunction(template, trims),
      places,
      inputCheck: validator.check,
      ...(outputValidator === undefined ? {} : { outputCheck: outputValidator.check }),
      partials: this.#textsByPath(this.#content.partials),
      ...(this.#content.schemas === undefined ? {} : { schemas: this.#textsByPath(this.#content.schemas) }),
    };
  }

  /**
   * Checks the template against the declared input; without one, only what can be checked without a schema.
   *
   * @param isWhole Whether the whole template was understood; otherwise, unused variables are not known.
   * @returns What it uses of its input.
   */
  #check(
    template: Template,
    source: SourceText,
    declared: JsonSchema | undefined,
    { input, examples = [] }: FrontMatter,
    isWhole: boolean,
  ): InputUses {
    const inputType = declared === undefined ? UNKNOWN : staticInputType(declared, input?.default ?? {});
    const variables = new Set(inputType.memberNames);
    const { helpers } = this.#context;
    const values = [input?.default ?? {}, ...examples.map((example) => example.input ?? {})];
    const isNamed = (name: string) => variables.has(name) || values.some((given) => Object.hasOwn(given, name));
    const checked = checkTemplate(template, source, inputType, { helpers, isNamed });
    const { diagnostics, used, usesInput, reported } = checked;
    this.diagnostics.push(...diagnostics);
    // Prompts that share a schema need not use all of it.
    const isOwn = typeof input?.schema !== "string";
    if (isWhole && !usesInput && isOwn)
      for (const variable of variables) {
        if (used.has(variable) || reported.has(variable)) continue;
        const place = this.#locate(["input", "schema", ...schemaKey(input?.schema, variable)]);
        const instead = suggestForUnused(variable, source.text, isInlineHelper(variable) || helpers.has(variable));
        this.diagnostics.push(diagnose("template/unused-variable", { variable, instead }, place));
      }
    const isVariable = (name: string) => variables.has(name) || used.has(name);
    const isConstant = isWhole && declared === undefined && used.size === 0 && !usesInput;
    for (const text of [source, ...this.#partialTexts]) {
      this.diagnostics.push(...findConflicts(text), ...findPlaceholders(text, { isVariable, isConstant }));
      this.diagnostics.push(...findVanishing(text, isVariable));
    }
    return { used: new Set([...used, ...reported]), usesInput };
  }

  /** The schema that the template's uses give; with errors, none. */
  #infer(template: Template | undefined, defaults: Readonly<Record<string, unknown>>): JsonSchema | undefined {
    if (template === undefined || blocksCodegen(this.diagnostics)) return undefined;
    const usage = inferUsage(template, this.#context.helpers);
    for (const [name, { origin }] of usage.input.members) {
      if (origin?.source.file === this.#content.prompt.path)
        this.#firstUses.set(name, origin.source.range(origin.start, origin.end));
      if (isUnsafeVariable(name) && origin !== undefined) {
        const place = origin.source.place(origin.start, origin.end);
        this.diagnostics.push(diagnose("input/unsafe-name", { name }, place));
      }
    }
    if (blocksCodegen(this.diagnostics)) return undefined;
    const schema = usage.isTooLarge ? undefined : inferInputSchema(usage, defaults);
    const tooLarge = schema === undefined ? [inputTooLarge(template)] : inputTooDeep(template, schema);
    this.diagnostics.push(...tooLarge);
    return tooLarge.length === 0 ? schema : undefined;
  }

  /** Where the members of a schema are declared. */
  #placesOf(role: "input" | "output", schema: JsonSchema | undefined, written: unknown): Record<string, Range> {
    const places = Object.keys(schema?.properties ?? {}).map((name) => {
      const declared = this.#locateKey([role, "schema", ...schemaKey(written, name)]);
      return [name, declared ?? (role === "input" ? this.#firstUses.get(name) : undefined)] as const;
    });
    return Object.fromEntries(places.flatMap(([name, place]) => (place === undefined ? [] : [[name, place]])));
  }

  #checkNames(places: CompiledContent["places"], input: JsonSchema, output: JsonSchema | undefined): Diagnostic[] {
    const named = (role: "input" | "output", schema: JsonSchema) => {
      const whole = this.#locate([role, "schema"]);
      return { schema, place: (name: string) => ({ ...whole, range: places[role][name] ?? whole.range }) };
    };
    return checkNames([named("input", input), ...(output === undefined ? [] : [named("output", output)])]);
  }

  #schemas(): ContentSchemas {
    const files = this.#content.schemas ?? [];
    const { diagnostics } = this;
    return new ContentSchemas(this.#context, {
      files,
      promptsDir: this.#promptsDir,
      locate: this.#locate,
      report: (found) => diagnostics.push(...found),
    });
  }

  #partials(): PartialLookup {
    return lookUpPartials(this.#name, this.#promptsDir, this.#content, (file) => {
      const partial = this.#take(this.#context.partials.read(file));
      if (partial.source !== undefined) this.#partialTexts.push(partial.source);
      return partial;
    });
  }

  #textsByPath(files: readonly SourceFile[]): Readonly<Record<string, string>> {
    return Object.fromEntries(files.map(({ path, text }) => [path.slice(this.#promptsDir.length + 1), text]));
  }

  /** Keeps a stage's findings and returns its value. */
  #take<T>(result: { readonly value: T; readonly diagnostics: readonly Diagnostic[] }): T {
    this.diagnostics.push(...result.diagnostics);
    return result.value;
  }
}

/**
 * The key under which a schema as written declares a variable: `name`, `name?`, `name?(array, of what)`,
 * `properties.name`.
 */
function schemaKey(written: unknown, variable: string): string[] {
  if (typeof written !== "object" || written === null) return [];
  if ("properties" in written) return ["properties", variable];
  const key = Object.keys(written).find((candidate) => candidate.replace(/\(.*$/s, "").replace(/\?$/, "") === variable);
  return key === undefined ? [] : [key];
}

/** The roles that the template names; a message that it gives no role is the user's, as in dotprompt. */
function rolesOf(template: Template): string[] {
  const roles = new Set<string>(["user"]);
  visitTemplate(template, (node) => {
    if (node.kind === "role") roles.add(node.role);
  });
  return [...roles].sort();
}

/** What a template leaves places for beside its variables. */
function placesOf(template: Template): Pick<CompiledContent, "media" | "sections" | "placesHistory" | "usesContext"> {
  const sections = new Set<string>();
  let media = false;
  let placesHistory = false;
  visitTemplate(template, (node) => {
    if (node.kind === "media") media = true;
    if (node.kind === "history") placesHistory = true;
    if (node.kind === "slot") sections.add(node.name);
  });
  return {
    ...{ media, sections: [...sections].sort() },
    ...(placesHistory ? { placesHistory } : {}),
    ...(template.usesContext ? { usesContext: true } : {}),
  };
}
