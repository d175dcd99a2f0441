// The package's main entry point. All prompts are in one module, each in a function that runs when the prompt is first loaded:
// importing a thousand modules takes half a second, importing one module with the same code a fraction of it.

import type { CompiledPrompt } from "../model.js";
import { docComment, propertyKey, stringLiteral } from "../text/escape.js";
import { emitHelperImport } from "./helper-import.js";
import { emitImports, GENERATED, type PromptCode } from "./prompt-module.js";
import { hasRetired } from "./prompt-types.js";

/**
 * `dist/index.js`.
 *
 * @param helpersEntry The helpers' module within dist.
 * @example
 * ```js
 * const prompts = new Map();
 *
 * prompts.set("greet", () => {
 *   // what dist/prompts/greet.js contains
 *   return { __proto__: null, v1, production: v1 };
 * });
 *
 * export const load = createLoad(prompts);
 * ```
 */
export function emitIndexModule(prompts: ReadonlyMap<string, PromptCode>, helpersEntry?: string): string {
  const imports = new Set(["createLoad"]);
  const helpers = new Set<string>();
  const entries = [...prompts].map(([name, code]) => {
    for (const used of code.imports) imports.add(used);
    for (const used of code.helpers) helpers.add(used);
    // `__proto__: null` in a literal makes an object without a prototype: no inherited name is ever taken for a reference.
    const references = code.references.map(([ref, constant]) =>
      ref === constant ? ref : `${propertyKey(ref)}: ${constant}`,
    );
    return `prompts.set(${stringLiteral(name)}, () => {\n${code.statements}\nreturn { __proto__: null, ${references.join(", ")} };\n});\n`;
  });
  return [
    GENERATED,
    "// Every prompt of the package, made when it is first loaded. prompts/<name>.js contains the same code for one prompt.\n\n",
    emitImports(imports),
    emitHelperImport(helpers, "index.js", helpersEntry),
    'export { PromptInputError, PromptNotFoundError, PromptOutputError } from "@cuecard/runtime";\n',
    "\nconst prompts = new Map();\n\n",
    entries.join("\n"),
    "\nexport const load = createLoad(prompts);\n",
  ].join("");
}

/** `dist/index.d.ts`. The overload by name comes last: that is the one whose error TypeScript 7 shows. */
export function emitIndexTypes(prompts: readonly CompiledPrompt[]): string {
  const members = prompts.map((prompt) => {
    const shown = prompt.versions.at(-1)?.content.description;
    return `${docComment([shown], "  ")}  ${propertyKey(prompt.name)}: import(${stringLiteral(`./prompts/${prompt.name}.js`)}).Refs;\n`;
  });
  const retired = prompts.filter(hasRetired);
  const types = ["CheckedUri", "InputOf", "Loaded", "LoadOptions", "OutputOf", "ResolveUri", "SpecOf"];
  if (retired.length > 0) types.push("ReasonOf", "Retired", "RetiredOptions");
  return `import type { ${types.sort().join(", ")} } from "@cuecard/runtime";
export { PromptInputError, PromptNotFoundError, PromptOutputError } from "@cuecard/runtime";
export type { ContentPart, InputIssue, OutputIssue } from "@cuecard/runtime";

/** Every prompt of this package, by name. */
export interface Prompts {
${members.join("")}}

/** The input of a prompt's version or alias; for a union of aliases, the input that satisfies all of them. */
export type PromptInput<N extends keyof Prompts, R extends keyof Prompts[N]> = InputOf<SpecOf<Prompts[N][R]>>;

/** A model's answer to a prompt's version or alias, as \`output.schema\` describes it; for a union, any of theirs. */
export type PromptOutput<N extends keyof Prompts, R extends keyof Prompts[N]> = OutputOf<SpecOf<Prompts[N][R]>>;

${emitRetiredOverloads(retired)}/**
 * Loads a prompt by its URI: \`prompts:/name/3\`, \`prompts:/name/latest\`, \`prompts:/name@production\`.
 *
 * @throws PromptNotFoundError from untyped callers; the compiler refuses unknown URIs.
 */
export declare function load<const U extends string>(
  uri: [ResolveUri<Prompts, U>] extends [never] ? CheckedUri<Prompts, U> : U,
  ...options: LoadOptions<ResolveUri<Prompts, U>>
): Loaded<ResolveUri<Prompts, U>>;
/**
 * Loads a prompt by name and version, \`"latest"\`, or alias. A weighted alias requires \`{ key }\`, such as a user's id: the same key always gets the same version.
 *
 * @throws PromptNotFoundError from untyped callers; the compiler refuses unknown names.
 * @example load("${prompts[0]?.name ?? "name"}", "${prompts[0]?.aliases[0]?.alias ?? "latest"}").format({ … })
 */
export declare function load<N extends keyof Prompts, R extends keyof Prompts[N]>(
  name: N,
  ref: R,
  ...options: LoadOptions<Prompts[N][R]>
): Loaded<Prompts[N][R]>;
`;
}

/**
 * Overloads that loading a retired version falls to. There are two, however many are retired: the reason is in the type of what
 * they return, which compilers and editors show. Any reference is taken by name, so that editors complete all of them, and
 * the options are such that only a retired one can be called.
 */
function emitRetiredOverloads(prompts: readonly CompiledPrompt[]): string {
  if (prompts.length === 0) return "";
  const members = prompts.map(
    ({ name }) => `  ${propertyKey(name)}: import(${stringLiteral(`./prompts/${name}.js`)}).Retirements;\n`,
  );
  return `/** The prompts that have retired versions. */
interface Retirements {
${members.join("")}}

/** @deprecated Retired: the type of what is returned says why, in its member \`retired\`. */
export declare function load<const U extends string>(
  uri: [ResolveUri<Retirements, U>] extends [never] ? CheckedUri<Prompts, U> : U,
  ...options: RetiredOptions<ResolveUri<Retirements, U>, LoadOptions<ResolveUri<Prompts, U>>>
): Retired<ResolveUri<Retirements, U>> & Loaded<ResolveUri<Prompts, U>>;
/** @deprecated Retired: the type of what is returned says why, in its member \`retired\`. */
export declare function load<N extends keyof Prompts, R extends keyof Prompts[N]>(
  name: N,
  ref: R,
  ...options: RetiredOptions<ReasonOf<Retirements, N, R>, LoadOptions<Prompts[N][R]>>
): Retired<ReasonOf<Retirements, N, R>> & Loaded<Prompts[N][R]>;
`;
}
