// One prompt's declarations: for each version its input and what is known of it, and what every reference resolves to.

import { versionRef } from "@cuecard/model";
import type { CompiledPrompt, ResolvedAlias } from "../model.js";
import { docComment, propertyKey, stringLiteral } from "../text/escape.js";
import { isExportName } from "./prompt-module.js";
import { splitConstant, versionTypeName } from "./version-names.js";
import { declared, VersionDeclarations } from "./version-types.js";

export interface TypesOptions {
  /** Whether the package contains validators. */
  readonly validation: boolean;
}

/** The entry point's types: `dist/prompts/<name>.d.ts`. */
export function emitPromptTypes(prompt: CompiledPrompt, { validation }: TypesOptions): string {
  const imports = new Set<string>();
  const declarations = new VersionDeclarations(prompt, validation, imports).emit();
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
  "Untrusted",
  "WeightedPrompt",
];

function exportLine(constant: string, ref: string): string {
  return isExportName(ref) ? `  ${constant} as ${ref},\n` : "";
}

function armTypes({ arms }: ResolvedAlias): string {
  return arms.map(({ version }) => versionTypeName(version)).join(" | ");
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
