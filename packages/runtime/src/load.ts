// Looking up a prompt by name and reference, or by URI: what the functions of a generated package do.

import { listNames, PromptArgumentError, PromptNotFoundError } from "./errors.js";
import { describeValue } from "./issue.js";
import { nearest } from "./nearest.js";
import { atAlias } from "./prompt.js";
import { isArray, ownProperty } from "./safe-members.js";
import { type Arm, splitBy } from "./split.js";
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
  readonly #armOf: (key: string) => T;

  /** @param scope `<name>:<alias>`, part of what is hashed, so that splits are independent of each other. */
  constructor(scope: string, arms: readonly Arm<T>[]) {
    this.#scope = scope;
    this.#armOf = splitBy(
      arms.map(({ weight, value }) => ({ weight, value: atArm(value, scope) })),
      scope,
    );
    Object.freeze(this);
  }

  /** @throws PromptArgumentError without a key. */
  choose(options?: { readonly key?: unknown }): T {
    const key = readKey(options);
    if (typeof key === "string") return this.#armOf(key);
    const given = key === undefined ? "" : `; the key that was passed is ${describeValue(key)}`;
    const reference = this.#scope.replace(":", "@");
    throw new PromptArgumentError(
      `${reference} is split between versions: pass { key }, the id of a user or session${given}`,
    );
  }
}

/** Options that cannot be read, such as a Proxy that throws, have no key. */
function readKey(options: unknown): unknown {
  try {
    return ownProperty(options, "key");
  } catch {
    return undefined;
  }
}

/** The prompt as its weighted alias gives it. */
function atArm<T extends object>(prompt: T, scope: string): T {
  const { version }: { readonly version?: number | string } = prompt;
  return version === undefined ? prompt : atAlias(prompt, scope.slice(scope.indexOf(":") + 1), normalizeRef(version));
}

type Options = { readonly key?: unknown } | undefined;
type LookUp<Result> = (nameOrUri: unknown, refOrOptions?: unknown, options?: unknown) => Result;

/** Makes the `load` of a package: `(name, ref, options?)` or `(uri, options?)`. */
export function createLoad(prompts: Prompts): LookUp<object> {
  const lookUp = createLookUp(prompts);
  return (first, second, third) => lookUp(first, second, third) ?? refuse(prompts, first, second);
}

/** Makes the `find` of a package: what `load` loads, or `undefined` if it does not exist. */
export function createFind(prompts: Prompts): LookUp<object | undefined> {
  return createLookUp(prompts);
}

/** Makes the `at` of a package: a function that loads prompts by one alias. */
export function createAt(prompts: Prompts): (alias: string) => (name: string, options?: Options) => object {
  return (alias) => {
    if (typeof alias !== "string")
      throw new PromptArgumentError(`pass at() the name of an alias, not ${describeValue(alias)}`);
    const known = new Map<unknown, object>();
    return (name, options) => {
      const found = known.get(name) ?? versionOf(referencesOf(prompts, name), alias) ?? notFound(prompts, name, alias);
      known.set(name, found);
      return choose(found, options);
    };
  };
}

/** Makes the `references` of a package: a prompt's versions and aliases. */
export function createReferences(prompts: Prompts): (name: string) => string[] {
  return (name) => Object.keys(referencesOf(prompts, name) ?? notFound(prompts, name));
}

/** The names of a package's prompts, sorted as they were emitted. */
export function namesOf(prompts: Prompts): readonly string[] {
  return Object.freeze([...prompts.keys()]);
}

/** Makes a guard: whether a value is among the names, and among those of the second argument if it is passed. */
export function createIncludes(names: readonly unknown[]): (value: unknown, among?: readonly unknown[]) => boolean {
  return (value, among = names) => names.includes(value) && isArray(among) && among.includes(value);
}

/**
 * What arguments of `load` and `find` lead to. What was found is kept, because reading arguments takes longer than everything else. A
 * reference has at most four URIs, and three spellings beside a name, so that not much is kept.
 */
function createLookUp(prompts: Prompts): LookUp<object | undefined> {
  const byUri = new Map<unknown, object>();
  const byName = new Map<unknown, Map<unknown, object>>();
  return (first, second, third) => {
    const isRef = typeof second === "string" || typeof second === "number";
    const known = isRef ? byName.get(first)?.get(second) : byUri.get(first);
    if (known) return choose(known, isRef ? third : second);
    const request = readRequest(first, second);
    const found = request && versionOf(referencesOf(prompts, request.name), request.ref);
    if (!found) return undefined;
    if (request.isUri) byUri.set(first, found);
    else byName.set(first, (byName.get(first) ?? new Map()).set(second, found));
    return choose(found, request.isUri ? second : third);
  };
}

/** What arguments ask for; `undefined` if they do not name a prompt and a reference. */
function readRequest(first: unknown, second: unknown): (PromptReference & { readonly isUri: boolean }) | undefined {
  if (typeof first !== "string") return undefined;
  const uri = parsePromptUri(first);
  if (uri) return { ...uri, isUri: true };
  return typeof second === "string" || typeof second === "number"
    ? { name: first, ref: normalizeRef(second), isUri: false }
    : undefined;
}

/** The prompt or split of a reference; `undefined` if there is no such reference. It is made once. */
export function versionOf(references: References | undefined, ref: string): object | undefined {
  const found = references?.[ref];
  if (references === undefined || typeof found !== "function") return found;
  const prompt: object = found();
  references[ref] = prompt;
  return prompt;
}

/** Throws what is wrong with arguments that lead to nothing. */
function refuse(prompts: Prompts, first: unknown, second: unknown): never {
  const request = readRequest(first, second);
  if (request) return notFound(prompts, request.name, request.ref);
  throw new PromptArgumentError(explain(prompts, first, second));
}

const USE = "pass load() a prompt's name and a version or alias, or a prompts:/ URI";

function explain(prompts: Prompts, first: unknown, second: unknown): string {
  const name = typeof first === "string" ? first.replace(/^prompts:\//, "") : undefined;
  const references = referencesOf(prompts, name);
  if (references) return `${USE}: ${name} has ${listNames(Object.keys(references))}`;
  const given = second === undefined ? "" : ` and ${describeValue(second)}`;
  const form = name === undefined ? "" : ", such as prompts:/name/1 or prompts:/name@production";
  const names = namesOf(prompts);
  const near = name && nearest(name, names);
  const hint = near ? `did you mean "${near}"? available: ` : "the prompts are ";
  return `${USE}${form}; it got ${describeValue(first)}${given}; ${hint}${listNames(names)}`;
}

function notFound(prompts: Prompts, name: unknown, ref?: string): never {
  if (typeof name !== "string") throw new PromptArgumentError(`pass a prompt's name, not ${describeValue(name)}`);
  const references = referencesOf(prompts, name);
  const requested = ref === undefined ? name : `${name}@${ref}`;
  throw references && ref !== undefined
    ? new PromptNotFoundError(requested, "version or alias", ref, Object.keys(references))
    : new PromptNotFoundError(requested, "prompt", name, namesOf(prompts));
}

function choose(found: object, options: unknown): object {
  return found instanceof Split ? found.choose(options as Options) : found;
}

function referencesOf(prompts: Prompts, name: unknown): References | undefined {
  const references = prompts.get(name as string)?.();
  if (references) prompts.set(name as string, () => references);
  return references;
}
