// The declarations of the package's main entry point. The types of the functions are in @cuecard/runtime; here are the prompts'
// names, and which of their references need a key.

import type { CompiledPrompt } from "../model.js";
import { docComment, propertyKey, stringLiteral } from "../text/escape.js";
import { PASSED_ON } from "./index-module.js";
import type { PromptFacts } from "./prompt-facts.js";
import { RUNTIME_TYPES, type TypesOptions } from "./prompt-types.js";
import { aliasNames, listInWords, referencesInWords } from "./reference-words.js";
import type { SharedText } from "./shared-text.js";

export interface IndexTypesOptions extends TypesOptions {
  /** The ending of the prompts' modules: `cjs` in the declarations for `require`. */
  readonly ending: string;
}

/**
 * `dist/index.d.ts` and `dist/index.d.cts`.
 *
 * `load` has an overload for references that need no key, and one with a key for all references. Neither contains a type that
 * depends on the name: so functions that are generic in the name can call them. The last overload accepts nothing: its types are
 * the reason. TypeScript shows only the last overload's error if more than three fail.
 */
export function emitIndexTypes(prompts: readonly PromptFacts[], { validation, ending }: IndexTypesOptions): SharedText {
  const typesOf = (name: string) => `import(${stringLiteral(`./prompts/${name}.${ending}`)})`;
  const retired = prompts.filter((prompt) => prompt.hasRetired);
  const weighted = prompts.filter((prompt) => weightedAliases(prompt).length > 0);
  const unweighted = weighted.length === 0 ? "Prompts" : "Unweighted";
  const aliases = aliasNames(prompts);
  const found = `FoundPrompt<${validation}> | undefined`;
  const findOptions = weighted.length === 0 ? "options?: Partial<SplitOptions>" : "options: SplitOptions";
  const head = `${emitImports(retired.length > 0)}
/** Every prompt of this package, by name. */
export interface Prompts {
${members(prompts, ({ name, description }) => [`${typesOf(name)}.Refs`, description])}}

${emitUnweighted(weighted, typesOf)}/** What each prompt can be loaded as, in words. */
interface Known {
`;
  const tail = `}

/** The name of a prompt. */
export type PromptName = keyof Prompts;

/** An alias that at least one prompt has. */
export type AliasName = ${aliases.map(stringLiteral).join(" | ") || "never"};

/** A prompt as \`load\` returns it. */
export type LoadedPrompt<N extends PromptName, R extends keyof Prompts[N]> = Loaded<Prompts[N][R]>;

/** The input of a prompt's version or alias; for a union of aliases, the input that satisfies all of them. */
export type PromptInput<N extends keyof Prompts, R extends keyof Prompts[N]> = InputOf<SpecOf<Prompts[N][R]>>;

/** A model's answer to a prompt's version or alias, as \`output.schema\` describes it; for a union, any of theirs. */
export type PromptOutput<N extends keyof Prompts, R extends keyof Prompts[N]> = OutputOf<SpecOf<Prompts[N][R]>>;

${emitRetiredOverloads(retired, unweighted, typesOf)}/**
 * Loads a prompt by its URI: \`prompts:/name/3\`, \`prompts:/name/latest\`, \`prompts:/name@production\`.
 *
 * @throws PromptNotFoundError from untyped callers; the compiler refuses unknown URIs.
 */
export declare function load<const U extends string>(
  uri: CheckedUri<Prompts, ${unweighted}, Known, U>,
  options?: Partial<SplitOptions>,
): Loaded<ResolveUri<${unweighted}, U>>;
/** Loads a prompt by its URI, also by a weighted alias: the same key always gets the same version. */
export declare function load<const U extends string>(
  uri: CheckedUri<Prompts, Prompts, Known, U>,
  options: SplitOptions,
): Loaded<ResolveUri<Prompts, U>>;
/**
 * Loads a prompt by name and version, \`"latest"\`, or alias. A weighted alias requires \`{ key }\`, such as a user's id: the same key always gets the same version.
 *
 * @throws PromptNotFoundError from untyped callers; the compiler refuses unknown names.
 * @example load("${prompts[0]?.name ?? "name"}", "${prompts[0]?.aliases[0]?.alias ?? "latest"}").format({ … })
 */
export declare function load<N extends keyof Prompts, R extends keyof ${unweighted}[N]>(
  name: N,
  ref: R,
  options?: Partial<SplitOptions>,
): Loaded<${unweighted}[N][R]>;
/** Loads a prompt by name and reference, also by a weighted alias: the same key always gets the same version. */
export declare function load<N extends keyof Prompts, R extends keyof Prompts[N]>(
  name: N,
  ref: R,
  options: SplitOptions,
): Loaded<Prompts[N][R]>;
/** Accepts nothing: the compiler's message shows why a call is refused. */
export declare function load<
  N extends keyof Prompts | CannotLoad<${stringLiteral(nameAdvice(prompts))}>,
  const R,
>(name: N, ref: RefusedRef<Known, N, R>, options?: Partial<SplitOptions>): never;

/**
 * Loads a prompt by a name or reference that is only known at run time, such as one from a database.
 * The input is validated when the prompt is called.
 *
 * @returns \`undefined\` if the prompt, version or alias does not exist.
 * @throws TypeError if the alias is weighted and \`key\` is missing.
 */
export declare function find(name: string, ref: string | number, ${findOptions}): ${found};
/** Loads a prompt by a URI that is only known at run time; \`undefined\` if it is not a URI of a prompt. */
export declare function find(uri: string, ${findOptions}): ${found};

/**
 * Makes a function that loads any prompt by one alias, or by \`"latest"\`.
 *
 * @example const prompt = at("${aliases[0] ?? "latest"}"); prompt("${prompts[0]?.name ?? "name"}").format({ … })
 */
export declare function at<A extends AliasName | "latest" | CannotLoad<${stringLiteral(aliasAdvice(aliases))}>>(
  alias: A,
): LoadAt<Prompts, ${unweighted}, A>;

/** The names of all prompts, sorted. */
export declare const promptNames: readonly PromptName[];
/** Whether a value is the name of a prompt. */
export declare function isPromptName(value: unknown): value is PromptName;

/** Every alias that at least one prompt has, sorted. */
export declare const aliasNames: readonly AliasName[];
/** Whether a value is an alias; with a list, whether it is one of these. */
export declare function isAlias<A extends AliasName = AliasName>(value: unknown, among?: readonly A[]): value is A;

/**
 * The references of a prompt: its versions, its aliases and \`"latest"\`.
 *
 * @throws PromptNotFoundError from untyped callers.
 */
export declare function references<N extends PromptName>(name: N): Extract<keyof Prompts[N], string>[];
`;
  return { head, separator: "", tail };
}

/** One prompt's part of `dist/index.d.ts`: what it can be loaded as. It is apart because every release changes it. */
export function emitKnownReferences(prompt: CompiledPrompt): string {
  return `  ${propertyKey(prompt.name)}: ${stringLiteral(referencesInWords(prompt))};\n`;
}

function emitImports(hasRetired: boolean): string {
  const types =
    "CannotLoad CheckedUri FoundPrompt InputOf LoadAt Loaded OutputOf RefusedRef ResolveUri SpecOf SplitOptions";
  const names = [...types.split(" "), ...(hasRetired ? ["ReasonOf", "Retired", "RetiredOptions"] : [])].sort();
  return `import type { ${names.join(", ")} } from "@cuecard/runtime";
export { ${PASSED_ON.join(", ")} } from "@cuecard/runtime";
export type { ${[...RUNTIME_TYPES, "FoundPrompt", "OutputIssue"].sort().join(", ")} } from "@cuecard/runtime";
`;
}

/** One member for each prompt, with an optional comment. */
function members(
  prompts: readonly PromptFacts[],
  type: (prompt: PromptFacts) => readonly [type: string, comment?: string | undefined],
): string {
  return prompts
    .map((prompt) => {
      const [source, comment] = type(prompt);
      return `${docComment([comment], "  ")}  ${propertyKey(prompt.name)}: ${source};\n`;
    })
    .join("");
}

/** The module of a prompt, as types import it. */
type TypesOf = (name: string) => string;

function weightedAliases({ aliases }: PromptFacts): string[] {
  return aliases.filter(({ isWeighted }) => isWeighted).map(({ alias }) => alias);
}

function emitUnweighted(weighted: readonly PromptFacts[], typesOf: TypesOf): string {
  if (weighted.length === 0) return "";
  const union = (names: readonly string[]) => names.map(stringLiteral).join(" | ");
  return `/** What can be loaded without a key. */
interface Unweighted extends Omit<Prompts, ${union(weighted.map(({ name }) => name))}> {
${members(weighted, (prompt) => [`Omit<${typesOf(prompt.name)}.Refs, ${union(weightedAliases(prompt))}>`])}}

`;
}

function nameAdvice(prompts: readonly PromptFacts[]): string {
  const names = prompts.map(({ name }) => name);
  return `the prompts are ${listInWords(names)}; check a string with isPromptName(), or use find()`;
}

function aliasAdvice(aliases: readonly string[]): string {
  return aliases.length === 0
    ? "no prompt has an alias"
    : `the aliases are ${listInWords(aliases)}; check a string with isAlias()`;
}

/**
 * Overloads that loading a retired version falls to. There are two, however many are retired: the reason is in the type of what
 * they return, which compilers and editors show. Any reference is taken by name, so that editors complete all of them, and
 * the options are such that only a retired one can be called.
 */
function emitRetiredOverloads(prompts: readonly PromptFacts[], unweighted: string, typesOf: TypesOf): string {
  if (prompts.length === 0) return "";
  return `/** The prompts that have retired versions. */
interface Retirements {
${members(prompts, ({ name }) => [`${typesOf(name)}.Retirements`])}}

/** @deprecated Retired: the type of what is returned says why, in its member \`retired\`. */
export declare function load<const U extends string>(
  uri: CheckedUri<Prompts, ${unweighted}, Known, U>,
  ...options: RetiredOptions<ResolveUri<Retirements, U>>
): Retired<ResolveUri<Retirements, U>> & Loaded<ResolveUri<Prompts, U>>;
/** @deprecated Retired: the type of what is returned says why, in its member \`retired\`. */
export declare function load<N extends keyof Prompts, R extends keyof Prompts[N]>(
  name: N,
  ref: R,
  ...options: RetiredOptions<ReasonOf<Retirements, N, R>>
): Retired<ReasonOf<Retirements, N, R>> & Loaded<Prompts[N][R]>;
`;
}
