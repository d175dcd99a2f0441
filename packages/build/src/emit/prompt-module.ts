// One prompt's JavaScript: its validators, its versions, and the names under which they are found.

import { versionTag } from "@cuecard/model";
import { murmur3 } from "@cuecard/runtime";
import type { CompiledPrompt, CompiledVersion, ResolvedAlias } from "../model.js";
import { propertyKey, stringLiteral, valueLiteral } from "./escape.js";
import { versionConstant, versionRef } from "./version-names.js";

export interface PromptCode {
  /** Functions that make validators and schemas, by name. Equal ones have the same name in every prompt. */
  readonly makers: ReadonlyMap<string, string>;
  /** Statements that declare the versions and splits. */
  readonly statements: string;
  /** What each reference stands for: `["production", "$v1"]`. */
  readonly references: readonly (readonly [ref: string, constant: string])[];
  /** What makers and statements use of @cuecard/runtime. */
  readonly imports: ReadonlySet<string>;
}

/** The entry point of one prompt: `dist/prompts/<name>.js`. */
export function emitPromptModule({ makers, statements, references, imports }: PromptCode): string {
  const exported = references
    .filter(([ref]) => isExportName(ref))
    .map(([ref, constant]) => `  ${constant} as ${ref},\n`)
    .join("");
  return `${emitImports(imports)}\n${emitMakers(makers)}\n${statements}\nexport {\n${exported}};\n`;
}

export function emitImports(names: ReadonlySet<string>): string {
  return `import { ${[...names].sort().join(", ")} } from "@cuecard/runtime";\n`;
}

export function emitMakers(makers: ReadonlyMap<string, string>): string {
  return [...makers].map(([name, code]) => `const ${name} = ${code};\n`).join("");
}

/** Whether a reference can be imported by name; `my-alias` cannot, and is reached by `load`. */
export function isExportName(ref: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(ref);
}

/** @param names Shared by the prompts of a package, whose schemas repeat. */
export function emitPromptCode(prompt: CompiledPrompt, names: MakerNames = new MakerNames()): PromptCode {
  const imports = new Set<string>();
  const makers = new Map<string, string>();
  const add: AddMaker = (kind, code) => {
    const name = names.name(kind, code);
    makers.set(name, code);
    return name;
  };
  const references: (readonly [string, string])[] = [];
  let statements = "";
  for (const version of prompt.versions) {
    const constant = versionConstant(version.version);
    const maker = version.content.kind === "chat" ? "chatPrompt" : "textPrompt";
    imports.add(maker);
    for (const name of version.content.imports) imports.add(name);
    statements += `const ${constant} = /* @__PURE__ */ ${maker}(${emitDefinition(version, add)});\n`;
    references.push([versionRef(version.version), constant]);
  }
  for (const alias of prompt.aliases) {
    const [only] = alias.arms;
    if (alias.arms.length === 1 && only !== undefined) references.push([alias.alias, versionConstant(only.version)]);
    else {
      imports.add("Split");
      const constant = splitConstant(prompt.aliases, alias);
      statements += `const ${constant} = /* @__PURE__ */ ${emitSplit(prompt.name, alias)};\n`;
      references.push([alias.alias, constant]);
    }
  }
  return { makers, statements, references, imports };
}

/** Names the functions that make validators and schemas, each after its code: the order of building never shows. */
export class MakerNames {
  readonly #known = new Map<string, string>();

  name(kind: "validator" | "schema", code: string): string {
    let name = this.#known.get(code);
    if (name === undefined) {
      const hashes = [murmur3(code), murmur3(`${kind}:${code}`)];
      name = `$${kind}_${hashes.map((hash) => hash.toString(36)).join("")}`;
      this.#known.set(code, name);
    }
    return name;
  }
}

/** A weighted alias's constant: alias names may hold `-`, so they are counted. */
export function splitConstant(aliases: readonly ResolvedAlias[], alias: ResolvedAlias): string {
  return `$split${aliases.filter(({ arms }) => arms.length > 1).indexOf(alias) + 1}`;
}

function emitSplit(name: string, { alias, arms }: ResolvedAlias): string {
  const list = arms.map(({ version, weight }) => `{ weight: ${weight}, value: ${versionConstant(version)} }`);
  return `new Split(${stringLiteral(`${name}:${alias}`)}, [${list.join(", ")}])`;
}

/** Adds a maker to the code, and gives its name. */
type AddMaker = (kind: "validator" | "schema", code: string) => string;

function emitDefinition(version: CompiledVersion, add: AddMaker): string {
  const { content } = version;
  const schema = (value: object) => add("schema", `() => (${valueLiteral(value)})`);
  const properties: [string, string | undefined][] = [
    ["name", stringLiteral(version.name)],
    ["version", valueLiteral(version.version)],
    ["commit", stringLiteral(version.commit)],
    ["digest", stringLiteral(version.digest)],
    ["notes", stringLiteral(version.notes)],
    ["description", optional(content.description)],
    ["model", optional(content.model)],
    ["config", valueLiteral(content.config)],
    ["tags", valueLiteral(content.tags)],
    ["tools", valueLiteral(content.tools)],
    ["variables", valueLiteral(content.variables)],
    ["template", stringLiteral(content.template)],
    ["inputSchema", schema(content.inputSchema)],
    ["outputSchema", content.outputSchema === undefined ? undefined : schema(content.outputSchema)],
    ["defaults", Object.keys(content.defaults).length === 0 ? undefined : valueLiteral(content.defaults)],
    ["validator", add("validator", content.validator)],
    ["render", content.render.replace(/\n/g, "\n  ")],
  ];
  const lines = properties.flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${propertyKey(key)}: ${value},\n`],
  );
  return `{\n${lines.join("")}}`;
}

function optional(value: unknown): string | undefined {
  return value === undefined ? undefined : valueLiteral(value);
}

/** How a diagnostic or a comment names a version: `greet@v1`, `greet@working`. */
export function versionName({ name, version }: CompiledVersion): string {
  return version === "working" ? `${name}@working` : versionTag({ name, version });
}
