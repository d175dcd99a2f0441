// One prompt's declarations: for each version its input and what is known of it, and what every reference resolves to.

import { versionRef } from "@cuecard/model";
import type { CompiledPrompt, CompiledVersion, ResolvedAlias } from "../model.js";
import { docComment, fenced, propertyKey, stringLiteral } from "../text/escape.js";
import { isExportName, versionName } from "./prompt-module.js";
import { declareType } from "./type-of-schema.js";
import { splitConstant, versionConstant, versionTypeName } from "./version-names.js";

export interface TypesOptions {
  /** Whether the package contains validators. */
  readonly validation: boolean;
}

/** The entry point's types: `dist/prompts/<name>.d.ts`. */
export function emitPromptTypes(prompt: CompiledPrompt, { validation }: TypesOptions): string {
  const imports = new Set<string>();
  const declarations = prompt.versions.map((version) => emitVersion(version, validation, imports));
  const exported = prompt.versions.map(({ version }) => exportLine(declared(version), versionRef(version)));
  for (const alias of prompt.aliases) {
    const [only] = alias.arms;
    if (alias.arms.length === 1 && only !== undefined) exported.push(exportLine(declared(only.version), alias.alias));
    else {
      imports.add("WeightedPrompt");
      const constant = `$${splitConstant(prompt.aliases, alias)}`;
      declarations.push(`declare const ${constant}: WeightedPrompt<${armTypes(alias)}>;\n`);
      exported.push(exportLine(constant, alias.alias));
    }
  }
  declarations.push(emitReferences(prompt, imports));
  const header =
    imports.size === 0 ? "" : `import type { ${[...imports].sort().join(", ")} } from "@cuecard/runtime";\n\n`;
  const names = new Set([
    ...prompt.aliases.map(({ alias }) => alias),
    ...prompt.versions.map(({ version }) => versionRef(version)),
  ]);
  const types = RUNTIME_TYPES.filter((type) => !names.has(type)).join(", ");
  const passedOn = `export type { ${types} } from "@cuecard/runtime";\n`;
  return `${header}${declarations.join("\n")}\nexport {\n${exported.join("")}};\n${passedOn}`;
}

/**
 * Types that a caller's own declarations may name. They name them by the module that the caller imports: with pnpm, callers cannot
 * resolve @cuecard/runtime.
 */
export const RUNTIME_TYPES: readonly string[] = [
  "ChatMessage",
  "ChatPrompt",
  "ContentPart",
  "FormattedChat",
  "HistoryMessage",
  "InputIssue",
  "JsonSchema",
  "TextPrompt",
  "WeightedPrompt",
];

/** The constant of a version in declarations; `$` separates it from the types. */
function declared(version: number | "working"): string {
  return `$${versionConstant(version)}`;
}

function exportLine(constant: string, ref: string): string {
  return isExportName(ref) ? `  ${constant} as ${ref},\n` : "";
}

function armTypes({ arms }: ResolvedAlias): string {
  return arms.map(({ version }) => versionTypeName(version)).join(" | ");
}

function emitVersion(version: CompiledVersion, validation: boolean, imports: Set<string>): string {
  const { content } = version;
  const type = versionTypeName(version.version);
  const prompt = content.kind === "chat" ? "ChatPrompt" : "TextPrompt";
  imports.add(prompt);
  const input = `${type}Input`;
  const output = content.outputType === undefined ? undefined : `${type}Output`;
  const members: [string, string][] = [
    ["name", stringLiteral(version.name)],
    ["version", version.version === "working" ? '"working"' : String(version.version)],
    ["kind", stringLiteral(content.kind)],
    ["input", input],
    ["output", output ?? "never"],
    ["validated", String(validation)],
    ["role", stringUnion(content.roles)],
    ["system", { always: "string", sometimes: "string | undefined", never: "undefined" }[content.system]],
    ["variable", stringUnion(content.variables)],
    ["section", stringUnion(content.sections)],
    ["media", String(content.media)],
    ["model", content.model === undefined ? "undefined" : stringLiteral(content.model)],
    ["config", dataType(content.config)],
    ["tags", dataType(content.tags)],
    ["tools", dataType(content.tools)],
    ...(Object.keys(content.metadata).length === 0
      ? []
      : [["metadata", dataType(content.metadata)] satisfies [string, string]]),
  ];
  const name = versionName(version);
  return [
    docComment([`The input of ${name}.`]),
    declareType(input, content.inputType),
    ...(output === undefined || content.outputType === undefined
      ? []
      : ["\n", docComment([`A model's answer to ${name}.`]), declareType(output, content.outputType)]),
    `\n/** What the compiler knows of ${name}. */\n`,
    `export interface ${type} {\n${members.map(([key, value]) => `  readonly ${key}: ${value};\n`).join("")}}\n\n`,
    documentation(version),
    // The input is given, so that the type checker need not compute it for every version.
    `declare const ${declared(version.version)}: ${prompt}<${type}, ${input}>;\n`,
  ].join("");
}

/** What an editor shows of a version: what it is for, its notes, its template. */
function documentation(version: CompiledVersion, indent = ""): string {
  const { content, notes } = version;
  return docComment(
    [content.description, notes === "" ? undefined : `**Notes:** ${notes}`, fenced(content.template)],
    indent,
    version.retired,
  );
}

function emitReferences(prompt: CompiledPrompt, imports: Set<string>): string {
  const lines = prompt.versions.flatMap(({ version, retired }) =>
    keysOf(version).map((key) => `${docComment([], "  ", retired)}  ${key}: ${versionTypeName(version)};\n`),
  );
  for (const alias of prompt.aliases) {
    if (alias.arms.length > 1) imports.add("Weighted");
    const arms = armTypes(alias);
    lines.push(`  ${propertyKey(alias.alias)}: ${alias.arms.length > 1 ? `Weighted<${arms}>` : arms};\n`);
  }
  return `/** What each version and alias of ${prompt.name} resolves to. */\nexport interface Refs {\n${lines.join("")}}\n${emitRetirements(prompt)}`;
}

function stringUnion(values: readonly string[]): string {
  return values.length === 0 ? "never" : values.map(stringLiteral).join(" | ");
}

/** The type of plain data as its readers want it: names and texts exactly, numbers as numbers, lists that can be passed on. */
function dataType(value: unknown): string {
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value))
    return value.length === 0 ? "never[]" : `(${[...new Set(value.map(dataType))].join(" | ")})[]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${propertyKey(key)}: ${dataType(member)}`);
    return members.length === 0 ? "Record<never, never>" : `{ ${members.join("; ")} }`;
  }
  return value === null ? "null" : typeof value;
}

/** Why the prompt's retired versions are, by the names that they are loaded by. */
function emitRetirements(prompt: CompiledPrompt): string {
  if (!hasRetired(prompt)) return "";
  const lines = prompt.versions.flatMap(({ version, retired }) =>
    retired === undefined ? [] : keysOf(version).map((key) => `  ${key}: ${stringLiteral(retired)};\n`),
  );
  return `\n/** Why versions of ${prompt.name} are retired. */\nexport interface Retirements {\n${lines.join("")}}\n`;
}

/** Whether a version is retired. */
export function hasRetired({ versions }: CompiledPrompt): boolean {
  return versions.some(({ retired }) => retired !== undefined);
}

/** The names by which a version is loaded: `v3` and 3, or `working`. */
function keysOf(version: number | "working"): string[] {
  return version === "working" ? [versionRef(version)] : [versionRef(version), String(version)];
}
