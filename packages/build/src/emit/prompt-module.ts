// One prompt's JavaScript: its validators, its versions, and the names under which they are found.

import { versionRef, versionTag } from "@cuecard/model";
import { murmur3, promptUri } from "@cuecard/runtime";
import type { CheckCode, CompiledContent, CompiledPrompt, CompiledVersion, ResolvedAlias } from "../model.js";
import { stringLiteral, valueLiteral } from "../text/escape.js";
import { emitHelperImport } from "./helper-import.js";
import { emitRenderCode } from "./render-code.js";
import { versionConstant } from "./version-names.js";

export interface PromptCode {
  /** Functions that make validators and schemas, by name. Equal ones have the same name in every prompt. */
  readonly makers: ReadonlyMap<string, string>;
  /** Statements that declare the versions and splits. */
  readonly statements: string;
  /** What each reference stands for: `["production", "$v1"]`. */
  readonly references: readonly (readonly [ref: string, constant: string])[];
  /** What makers and statements use of @cuecard/runtime. */
  readonly imports: ReadonlySet<string>;
  /** The project's helpers that the statements call. */
  readonly helpers: ReadonlySet<string>;
}

/**
 * The entry point of one prompt: `dist/prompts/<name>.js`.
 *
 * @param helpersEntry The helpers' module within dist.
 */
export function emitPromptModule(name: string, code: PromptCode, helpersEntry?: string): string {
  const { makers, statements, references, imports } = code;
  const exported = references
    .filter(([ref]) => isExportName(ref))
    .map(([ref, constant]) => `  ${constant} as ${ref},\n`)
    .join("");
  const head = emitImports(imports) + emitHelperImport(code.helpers, `prompts/${name}.js`, helpersEntry);
  return `${head}\n${emitMakers(makers)}\n${statements}\nexport {\n${exported}};\n`;
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

export interface PromptCodeOptions {
  /** Whether inputs and answers can be validated. */
  readonly validation: boolean;
  /** Shared by the prompts of a package, whose schemas repeat. */
  readonly names?: MakerNames;
}

export function emitPromptCode(prompt: CompiledPrompt, options: PromptCodeOptions): PromptCode {
  const names = options.names ?? new MakerNames();
  const imports = new Set<string>();
  const helpers = new Set<string>();
  const makers = new Map<string, string>();
  const scope: Scope = {
    add(kind, code) {
      const name = names.name(kind, code);
      makers.set(name, code);
      return name;
    },
    use(name) {
      imports.add(name);
      return name;
    },
  };
  const references: (readonly [string, string])[] = [];
  let statements = "";
  for (const version of prompt.versions) {
    const constant = versionConstant(version.version);
    const maker = version.content.kind === "chat" ? "chatPrompt" : "textPrompt";
    for (const name of version.content.render.helpers) helpers.add(name);
    const parts = emitParts(version.content, options.validation, scope);
    statements += `const ${constant} = ${PURE} ${scope.use(maker)}(() => (${emitFacts(version, scope)}), ${parts});\n`;
    references.push([versionRef(version.version), constant]);
  }
  for (const alias of prompt.aliases) {
    const [only] = alias.arms;
    if (alias.arms.length === 1 && only !== undefined) references.push([alias.alias, versionConstant(only.version)]);
    else {
      scope.use("Split");
      const constant = splitConstant(prompt.aliases, alias);
      statements += `const ${constant} = ${PURE} ${emitSplit(prompt.name, alias)};\n`;
      references.push([alias.alias, constant]);
    }
  }
  return { makers, statements, references, imports, helpers };
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

/** Where a prompt's code stands. */
interface Scope {
  /** Adds a maker, and gives its name. */
  add(kind: "validator" | "schema", code: string): string;
  /** Imports a name of @cuecard/runtime, and gives it. */
  use(name: string): string;
}

/** Tells bundlers that a call may be left out when nobody uses what it gives. */
const PURE = "/* @__PURE__ */";

/** What a prompt carries as it stands. */
function emitFacts(version: CompiledVersion, { add }: Scope): string {
  const { content } = version;
  // A schema is seldom asked for: it is made when it is, for each asker anew.
  const getter = (name: string, schema: object) =>
    `  get ${name}() {\n    return ${schemaMaker(schema, add)}();\n  },\n`;
  const getters = [
    getter("inputSchema", content.inputSchema),
    content.outputSchema === undefined ? "" : getter("outputSchema", content.outputSchema),
  ];
  const members = emitMembers({
    name: stringLiteral(version.name),
    version: valueLiteral(version.version),
    uri: stringLiteral(promptUri(version.name, version.version)),
    commit: stringLiteral(version.commit),
    digest: stringLiteral(version.digest),
    notes: stringLiteral(version.notes),
    retired: optional(version.retired),
    description: optional(content.description),
    model: optional(content.model),
    config: valueLiteral(content.config),
    tags: valueLiteral(content.tags),
    tools: valueLiteral(content.tools),
    template: stringLiteral(content.template),
  });
  return `{\n${members}${getters.join("")}}`;
}

/** What a prompt is made of. */
function emitParts(content: CompiledContent, validation: boolean, scope: Scope): string {
  const { inputCheck, outputCheck, defaults } = content;
  const guard = inputCheck.kind === "plain" ? inputCheck.guard : undefined;
  const render = emitRenderCode(content.render, validation ? { guard } : undefined);
  for (const name of render.imports) scope.use(name);
  const members = emitMembers({
    defaults: Object.keys(defaults).length === 0 ? undefined : valueLiteral(defaults),
    input: validation ? emitChecker(inputCheck, INPUT, scope) : undefined,
    output: validation && outputCheck ? emitChecker(outputCheck, OUTPUT, scope) : undefined,
    render: render.code.replace(/\n/g, "\n  "),
  });
  return `{\n${members}}`;
}

/** Names of the runtime: what checks by reading the schema, and what takes a check of any kind. */
interface Checker {
  readonly plain: string;
  readonly general: string;
  /** What a prompt hands both beside the schema or the check. */
  readonly parameters: string;
}

const INPUT: Checker = { plain: "plainInput", general: "inputJudge", parameters: "uri, complete" };
const OUTPUT: Checker = { plain: "plainOutput", general: "outputReader", parameters: "uri" };

function emitChecker(check: CheckCode, { plain, general, parameters }: Checker, { add, use }: Scope): string {
  if (check.kind === "plain") return use(plain);
  for (const name of check.imports) use(name);
  const validator = `${use("ajvCheck")}(${add("validator", check.code)}, schema)`;
  return `(schema, ${parameters}) => ${use(general)}(${validator}, ${parameters})`;
}

/** The name of a function that makes a schema. */
function schemaMaker(schema: object, add: Scope["add"]): string {
  return add("schema", `() => (${valueLiteral(schema)})`);
}

function emitMembers(members: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(members)
    .map(([key, value]) => (value === undefined ? "" : `  ${key}: ${value},\n`))
    .join("");
}

function optional(value: unknown): string | undefined {
  return value === undefined ? undefined : valueLiteral(value);
}

/** How a diagnostic or a comment names a version: `greet@v1`, `greet@working`. */
export function versionName({ name, version }: CompiledVersion): string {
  return version === "working" ? `${name}@working` : versionTag({ name, version });
}
