// Looking up a prompt by name and reference, or by URI: what the functions of a generated package do.

import { PromptNotFoundError } from "./errors.js";
import { atAlias } from "./prompt.js";
import { ownProperty } from "./safe-members.js";
import { type Arm, chooseArm } from "./split.js";
import { normalizeRef, type PromptReference, parsePromptUri } from "./uri.js";

/**
 * A prompt's references: versions and aliases to prompts, weighted aliases to {@link Split}, or each to a function that makes it.
 * Has no prototype.
 */
export type References = Record<string, object>;

/** For each name the maker of its references. Once called, it is replaced by one that returns the same references. */
type Prompts = Map<string, () => References>;

/** A weighted alias: `choose({ key })` gives the arm of a key. */
export class Split<T extends object> {
  readonly #scope: string;
  readonly #arms: readonly Arm<T>[];

  /** @param scope `<name>:<alias>`, part of what is hashed, so that splits are independent of each other. */
  constructor(scope: string, arms: readonly Arm<T>[]) {
    this.#scope = scope;
    this.#arms = arms.map(({ weight, value }) => ({ weight, value: atArm(value, scope) }));
    Object.freeze(this);
  }

  choose(options: { readonly key: string }): T {
    return chooseArm(this.#arms, this.#scope, ownProperty(options, "key") as string);
  }

  /** The arm for the options of `load`. */
  static choose(split: Split<object>, options: Options): object {
    const key = ownProperty(options, "key");
    if (typeof key === "string") return split.choose({ key });
    const reference = split.#scope.replace(":", "@");
    throw new TypeError(`${reference} is split between versions: pass { key }, the id of a user or session`);
  }
}

/** The prompt as its weighted alias gives it. */
function atArm<T extends object>(prompt: T, scope: string): T {
  const { version }: { readonly version?: number | string } = prompt;
  return version === undefined ? prompt : atAlias(prompt, scope.slice(scope.indexOf(":") + 1), normalizeRef(version));
}

type Options = { readonly key?: unknown } | undefined;

/** Makes the `load` of a package: `(name, ref, options?)` or `(uri, options?)`. */
export function createLoad(prompts: Prompts): (...args: unknown[]) => object {
  const lookUp = createLookUp((request) => findOrThrow(prompts, request));
  return (...args) => {
    const found = lookUp(args);
    if (!found) throw new TypeError("pass load() a prompt's name and a version or alias, or a prompts:/ URI");
    return found;
  };
}

/** Makes the `find` of a package: what `load` loads, or `undefined` if it does not exist. */
export function createFind(prompts: Prompts): (...args: unknown[]) => object | undefined {
  const lookUp = createLookUp(({ name, ref }) => versionOf(referencesOf(prompts, name), ref));
  return (...args) => lookUp(args);
}

/** Makes the `at` of a package: a function that loads prompts by one alias. */
export function createAt(prompts: Prompts): (ref: string) => (name: string, options?: Options) => object {
  return (ref) => (name, options) => choose(findOrThrow(prompts, { name, ref }), options);
}

/** Makes the `references` of a package: a prompt's versions and aliases. */
export function createReferences(prompts: Prompts): (name: string) => string[] {
  return (name) => Object.keys(referencesOf(prompts, name) ?? notFound(prompts, name, name));
}

/** The names of a package's prompts, sorted as they were emitted. */
export function namesOf(prompts: Prompts): readonly string[] {
  return Object.freeze([...prompts.keys()]);
}

/** Makes a guard: whether a value is among the names, and among those of the second argument if it is passed. */
export function createIncludes(names: readonly unknown[]): (value: unknown, among?: readonly unknown[]) => boolean {
  return (value, among) => names.includes(value) && (!among || among.includes(value));
}

/**
 * Reads the arguments of `load` and `find`; `undefined` if they do not ask for a prompt. A URI that was found is not read again:
 * reading it takes longer than everything else. A reference has at most four URIs, so that not many are kept.
 */
function createLookUp(
  find: (request: PromptReference) => object | undefined,
): (args: readonly unknown[]) => object | undefined {
  const known = new Map<unknown, object>();
  return ([first, second, third]) => {
    const isRef = typeof second === "string" || typeof second === "number";
    const before = isRef ? undefined : known.get(first);
    if (before) return choose(before, second as Options);
    if (typeof first !== "string") return undefined;
    const uri = parsePromptUri(first);
    if (!uri && !isRef) return undefined;
    const found = find(uri ?? { name: first, ref: normalizeRef(second as string | number) });
    if (found && uri) known.set(first, found);
    return found && choose(found, (uri ? second : third) as Options);
  };
}

function findOrThrow(prompts: Prompts, { name, ref }: PromptReference): object {
  const references = referencesOf(prompts, name);
  const found = versionOf(references, ref);
  if (found !== undefined) return found;
  const requested = `${name}@${ref}`;
  if (references === undefined) return notFound(prompts, name, requested);
  throw new PromptNotFoundError(requested, "version or alias", ref, Object.keys(references));
}

/** The prompt or split of a reference; `undefined` if there is no such reference. It is made once. */
export function versionOf(references: References | undefined, ref: string): object | undefined {
  const found = references?.[ref];
  if (references === undefined || typeof found !== "function") return found;
  const prompt: object = found();
  references[ref] = prompt;
  return prompt;
}

function notFound(prompts: Prompts, name: string, requested: string): never {
  throw new PromptNotFoundError(requested, "prompt", name, namesOf(prompts));
}

function choose(found: object, options: Options): object {
  return found instanceof Split ? Split.choose(found, options) : found;
}

function referencesOf(prompts: Prompts, name: string): References | undefined {
  const references = prompts.get(name)?.();
  if (references) prompts.set(name, () => references);
  return references;
}
