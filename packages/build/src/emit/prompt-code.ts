// One prompt's JavaScript for people to read: its compiled templates, its versions, and the names under which they are found.

import { versionRef } from "@cuecard/model";
import { promptUri } from "@cuecard/runtime";
import type { CompiledPrompt, CompiledVersion, ResolvedAlias } from "../model.js";
import { stringLiteral } from "../text/escape.js";
import { emitStructure, emitTemplate, type TemplateContext, useMaker } from "./emit-template.js";
import { emitData, emitLines, emitMembers } from "./layout.js";
import { emitPack } from "./pack.js";
import { PromptEmission, PURE } from "./prompt-emission.js";
import { aliasConstant, splitConstant, versionConstant } from "./version-names.js";

export interface PromptCode {
  /** Statements that declare the versions and splits, and what they need. */
  readonly statements: string;
  /** What each reference resolves to: `["production", "v1"]`. */
  readonly references: readonly (readonly [ref: string, constant: string])[];
  /** What the statements use of @cuecard/runtime. */
  readonly imports: ReadonlySet<string>;
  /** The project's helpers that the statements call. */
  readonly helpers: ReadonlySet<string>;
}

export interface PromptCodeOptions {
  /** Whether inputs and answers can be validated. */
  readonly validation: boolean;
  /** The versions that are emitted in their compact form. Default: none. */
  readonly cold?: readonly CompiledVersion[];
}

/** The versions that are not expected to be used much: no alias points at them, and they are not the latest. */
export function coldVersions({ versions, aliases }: CompiledPrompt): CompiledVersion[] {
  const used = new Set(aliases.flatMap(({ arms }) => arms.map((arm) => arm.version)));
  return versions.filter(({ version }) => version !== "working" && !used.has(version));
}

/**
 * @example
 * ```js
 * const inputSchemaV1 = () => ({ type: "object", properties: { name: { type: "string" } }, required: ["name"] });
 *
 * const templateV1 = {
 *   render: (input) => "Hello " + asText(input.name) + "!",
 *   input: plainInputValidator,
 *   accepts: (input) => typeof input.name === "string",
 *   isPolluted: (prototype) => "name" in prototype,
 * };
 *
 * const v1 = textPrompt(() => ({ name: "greet", version: 1, … }), templateV1);
 * ```
 */
export function emitPromptCode(prompt: CompiledPrompt, { validation, cold = [] }: PromptCodeOptions): PromptCode {
  const hot = prompt.versions.filter((version) => !cold.includes(version));
  const emission = new PromptEmission(hot);
  const context = { validation, emission };
  for (const version of hot) {
    const maker = useMaker(version, emission);
    const metadata = emitMetadata(version, emission);
    const template = emitTemplate(version, context);
    emission.declare(versionConstant(version.version), `${PURE} ${maker}(() => (${metadata}), ${template})`);
  }
  emitCold({ ...prompt, versions: cold, aliases: [] }, context);
  const references = prompt.versions.map(({ version }) => [versionRef(version), versionConstant(version)] as const);
  for (const alias of prompt.aliases) {
    const [only] = alias.arms;
    if (alias.arms.length === 1 && only !== undefined) {
      const constant = aliasConstant(prompt.aliases, alias);
      const at = `${versionConstant(only.version)}, ${stringLiteral(alias.alias)}`;
      emission.declare(constant, `${PURE} ${emission.use("atAlias")}(${at})`);
      references.push([alias.alias, constant]);
    } else {
      const constant = splitConstant(prompt.aliases, alias);
      emission.declare(constant, `${PURE} new ${emission.use("Split")}(${emitSplit(prompt.name, alias)})`);
      references.push([alias.alias, constant]);
    }
  }
  return { statements: emission.statements, references, imports: emission.imports, helpers: emission.helpers };
}

/** The constant of the versions in their compact form. */
const COLD = "cold";

/** Constants of versions that are made from their compact form. */
function emitCold(prompt: CompiledPrompt, context: TemplateContext): void {
  const { emission } = context;
  if (prompt.versions.length === 0) return;
  const structures = prompt.versions.map((version) => emitStructure(version, context));
  const comment = "// The versions that no alias points at, in a compact form.\n";
  emission.declare(COLD, `${PURE} ${emission.use("unpack")}(${emitPack(prompt, structures)})`, comment);
  for (const { version } of prompt.versions)
    emission.declare(
      versionConstant(version),
      `${PURE} ${emission.use("versionOf")}(${COLD}, ${stringLiteral(versionRef(version))})`,
    );
}

export interface PackedCode {
  /** Statements that declare what the expression needs. */
  readonly statements: string;
  /** The prompt's references. */
  readonly expression: string;
  /** What they use of @cuecard/runtime. */
  readonly imports: ReadonlySet<string>;
  /** The project's helpers that they call. */
  readonly helpers: ReadonlySet<string>;
}

/** A prompt with all its versions in their compact form: what modules contain that are about all prompts. */
export function emitPackedCode(
  prompt: CompiledPrompt,
  { validation }: Pick<PromptCodeOptions, "validation">,
): PackedCode {
  const emission = new PromptEmission([]);
  const structures = prompt.versions.map((version) => emitStructure(version, { validation, emission }));
  const expression = `${emission.use("unpack")}(${emitPack(prompt, structures)})`;
  return { statements: emission.statements, expression, imports: emission.imports, helpers: emission.helpers };
}

function emitSplit(name: string, { alias, arms }: ResolvedAlias): string {
  const list = arms.map(({ version, weight }) => `{ weight: ${weight}, value: ${versionConstant(version)} }`);
  return `${stringLiteral(`${name}:${alias}`)}, [${list.join(", ")}]`;
}

/** What a prompt exposes besides its methods. */
function emitMetadata(version: CompiledVersion, emission: PromptEmission): string {
  const { content } = version;
  // Schemas are rarely asked for: they are made on demand, and anew for each caller.
  const getter = (name: "inputSchema" | "outputSchema", schema: object | undefined): string => {
    if (schema === undefined) return "";
    const value = emission.isShared(schema)
      ? `${emission.share(name, version, `() => (${emitData(schema, "")})`)}()`
      : emitData(schema, "    ");
    return `  get ${name}() {\n    return ${value};\n  },\n`;
  };
  const getters = getter("inputSchema", content.inputSchema) + getter("outputSchema", content.outputSchema);
  const members = emitMembers({
    name: stringLiteral(version.name),
    version: emitData(version.version, "  "),
    uri: stringLiteral(promptUri(version.name, version.version)),
    commit: stringLiteral(version.commit),
    digest: stringLiteral(version.digest),
    notes: stringLiteral(version.notes),
    retired: optional(version.retired),
    description: optional(content.description),
    model: optional(content.model),
    config: emitData(content.config, "  "),
    tags: emitData(content.tags, "  "),
    tools: emitData(content.tools, "  "),
    privateVariables: content.privateVariables === undefined ? undefined : emitData(content.privateVariables, "  "),
    staticMessages: content.staticMessages === undefined ? undefined : String(content.staticMessages),
    metadata: Object.keys(content.metadata).length === 0 ? undefined : emitData(content.metadata, "  "),
    template: emitLines(content.template, "    "),
  });
  return `{\n${members}${getters}}`;
}

function optional(value: string | undefined): string | undefined {
  return value === undefined ? undefined : stringLiteral(value);
}
