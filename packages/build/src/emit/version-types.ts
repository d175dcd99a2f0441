// The declarations of a prompt's versions: for each its input, its answer, and what the compiler knows of it. What several versions
// have in common is declared once.

import type { CompiledPrompt, CompiledVersion } from "../model.js";
import { docComment, fenced, propertyKey, stringLiteral } from "../text/escape.js";
import { coldVersions } from "./prompt-code.js";
import { versionName } from "./prompt-module.js";
import { groupVersions, type SharingVersions } from "./shared-by-versions.js";
import { aliasType, declareType } from "./type-of-schema.js";
import { versionConstant, versionTypeName } from "./version-names.js";

/** The constant of a version in declarations; `$` separates it from the types. */
export function declared(version: number | "working"): string {
  return `$${versionConstant(version)}`;
}

type Groups = ReadonlyMap<CompiledVersion, SharingVersions>;
type Member = readonly [name: string, type: string];

export class VersionDeclarations {
  readonly #prompt: CompiledPrompt;
  readonly #validation: boolean;
  readonly #imports: Set<string>;
  readonly #cold: ReadonlySet<CompiledVersion>;
  readonly #inputs: Groups;
  readonly #outputs: Groups;
  readonly #specs: Groups;

  /** @param imports Gets what is used of @cuecard/runtime. */
  constructor(prompt: CompiledPrompt, validation: boolean, imports: Set<string>) {
    this.#prompt = prompt;
    this.#validation = validation;
    this.#imports = imports;
    this.#cold = new Set(coldVersions(prompt));
    this.#inputs = groupVersions(prompt.versions, ({ content }) => JSON.stringify(content.inputType));
    this.#outputs = groupVersions(prompt.versions, ({ content }) => JSON.stringify(content.outputType));
    this.#specs = groupVersions(prompt.versions, (version) => JSON.stringify(this.#members(version)));
  }

  /** In the order of the versions. */
  emit(): string[] {
    return this.#prompt.versions.map((version) => this.#version(version));
  }

  #version(version: CompiledVersion): string {
    const { content } = version;
    const type = versionTypeName(version.version);
    const prompt = content.kind === "chat" ? "ChatPrompt" : "TextPrompt";
    this.#imports.add(prompt);
    const name = versionName(version);
    return [
      this.#type(version, "Input", `The input of ${name}.`),
      ...(content.outputType === undefined
        ? []
        : ["\n", this.#type(version, "Output", `A model's answer to ${name}.`)]),
      "\n",
      this.#spec(version),
      "\n",
      this.#documentation(version),
      // The input is given, so that the type checker need not compute it for every version.
      `declare const ${declared(version.version)}: ${prompt}<${type}, ${type}Input>;\n`,
    ].join("");
  }

  /** The type of the input or of the answer. */
  #type(version: CompiledVersion, role: "Input" | "Output", comment: string): string {
    const { inputType, outputType = inputType } = version.content;
    const type = role === "Input" ? inputType : outputType;
    for (const name of type.imports ?? []) this.#imports.add(name);
    const [own, owner] = [version, this.#ownerOf(role, version)].map((one) => versionTypeName(one.version) + role);
    if (own === undefined || owner === undefined) return "";
    return own === owner ? docComment([comment]) + declareType(own, type) : aliasType(own, type, owner);
  }

  #ownerOf(role: "Input" | "Output", version: CompiledVersion): CompiledVersion {
    return (role === "Input" ? this.#inputs : this.#outputs).get(version)?.owner ?? version;
  }

  /** What the compiler knows of a version. */
  #spec(version: CompiledVersion): string {
    const type = versionTypeName(version.version);
    const number: Member = ["version", version.version === "working" ? '"working"' : String(version.version)];
    const comment = docComment([`What the compiler knows of ${versionName(version)}.`]);
    const { owner, versions } = this.#specs.get(version) ?? { owner: version, versions: [version] };
    const members = this.#members(version);
    if (versions.length === 1) {
      const [name, ...others] = members;
      return `${comment}export interface ${type} ${emitMembers(name === undefined ? [number] : [name, number, ...others])}`;
    }
    const base = `${versionTypeName(owner.version)}Shared`;
    const shared = `/** What versions of ${version.name} have in common. */\ninterface ${base} ${emitMembers(members)}\n`;
    const own = `export interface ${type} extends ${base} ${emitMembers([number])}`;
    return owner === version ? `${shared}${comment}${own}` : own;
  }

  /** Everything but the number. */
  #members(version: CompiledVersion): Member[] {
    const { content } = version;
    const typeOf = (role: "Input" | "Output") => versionTypeName(this.#ownerOf(role, version).version) + role;
    return [
      ["name", stringLiteral(version.name)],
      ["kind", stringLiteral(content.kind)],
      ["input", typeOf("Input")],
      ["output", content.outputType === undefined ? "never" : typeOf("Output")],
      ["validated", String(this.#validation)],
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
      ...(Object.keys(content.defaults).length === 0
        ? []
        : [["defaulted", stringUnion(Object.keys(content.defaults))] satisfies [string, string]]),
    ];
  }

  /** What an editor shows of a version: what it is for and its notes, and of versions that aliases point at the template. */
  #documentation(version: CompiledVersion): string {
    const { content, notes } = version;
    const template = this.#cold.has(version) ? undefined : fenced(content.template);
    return docComment(
      [content.description, notes === "" ? undefined : `**Notes:** ${notes}`, template],
      "",
      version.retired,
    );
  }
}

function emitMembers(members: readonly Member[]): string {
  return `{\n${members.map(([key, value]) => `  readonly ${key}: ${value};\n`).join("")}}\n`;
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
