// Looking up a prompt by name and reference, or by URI: what `load` of a generated package does.

import { PromptNotFoundError } from "./errors.js";
import { ownProperty } from "./safe-members.js";
import { type Arm, chooseArm } from "./split.js";
import { normalizeRef, parsePromptUri } from "./uri.js";

/** A prompt's references: versions and aliases to prompts, weighted aliases to {@link Split}. Has no prototype. */
export type References = Readonly<Record<string, object>>;

/** A weighted alias: `choose({ key })` gives the arm of a key. */
export class Split<T extends object> {
  readonly #scope: string;
  readonly #arms: readonly Arm<T>[];

  /** @param scope `<name>:<alias>`, part of what is hashed, so that splits are independent of each other. */
  constructor(scope: string, arms: readonly Arm<T>[]) {
    this.#scope = scope;
    this.#arms = arms;
  }

  choose(options: { readonly key: string }): T {
    return chooseArm(this.#arms, this.#scope, ownProperty(options, "key") as string);
  }
}

/**
 * Makes the `load` of a package.
 * @param prompts For each name the maker of its references, called once, when the prompt is first asked for.
 */
export function createLoad(prompts: ReadonlyMap<string, () => References>): (...args: unknown[]) => object {
  const made = new Map<string, References>();

  return (...args) => {
    const { name, ref, options } = readArguments(args);
    const make = prompts.get(name);
    const requested = `${name}@${ref}`;
    if (make === undefined) throw new PromptNotFoundError(requested, "prompt", name, [...prompts.keys()]);
    let references = made.get(name);
    if (references === undefined) {
      references = make();
      made.set(name, references);
    }
    const found = references[ref];
    if (found === undefined) throw new PromptNotFoundError(requested, "version or alias", ref, Object.keys(references));
    if (!(found instanceof Split)) return found;
    const key = ownProperty(options, "key");
    if (typeof key !== "string")
      throw new TypeError(`${requested} is split between versions: pass { key }, the id of a user or session`);
    return found.choose({ key });
  };
}

interface LoadArguments {
  readonly name: string;
  readonly ref: string;
  readonly options: { readonly key?: unknown } | undefined;
}

/** `(name, ref, options?)` or `(uri, options?)`. */
function readArguments(args: readonly unknown[]): LoadArguments {
  const [first, second, third] = args;
  const uri = typeof first === "string" ? parsePromptUri(first) : undefined;
  if (uri !== undefined) return { ...uri, options: second as LoadArguments["options"] };
  if (typeof first === "string" && (typeof second === "string" || typeof second === "number"))
    return { name: first, ref: normalizeRef(second), options: third as LoadArguments["options"] };
  throw new TypeError("pass load() a prompt's name and a version or alias, or a prompts:/ URI");
}
