// Names of local variables in emitted code. They follow the template's own words where that is safe: the items of `sources`
// are called `source`.

import * as runtime from "@cuecard/runtime";
import type { Expression, PartialFunction } from "../template/ir.js";
import { isModuleConstant } from "./version-names.js";

const KEYWORDS =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false " +
  "finally for function if implements import in instanceof interface let new null package private protected public return " +
  "static super switch this throw true try typeof undefined var void while with yield Infinity NaN";

/** Names that emitted modules use for something else. */
const OWN = "data input load messages options original prompts";

const RESERVED: readonly string[] = [...`${KEYWORDS} ${OWN}`.split(" "), ...Object.keys(runtime)];

/** The names that are taken at one place of a function. */
export class LocalNames {
  readonly #taken = new Set(RESERVED);

  /**
   * Takes a name until it is released: the one that is wanted, or that with a number. A name that a module's constant
   * could have gets an `_`: no such constant ends in one, or in one and a number.
   */
  take(wanted: string): string {
    const free = isModuleConstant(wanted) ? `${wanted}_` : wanted;
    let name = free;
    for (let count = 2; this.#taken.has(name) || isModuleConstant(name); count++) name = `${free}${count}`;
    this.#taken.add(name);
    return name;
  }

  release(names: readonly string[]): void {
    for (const name of names) this.#taken.delete(name);
  }
}

/**
 * What one item of a list is called.
 *
 * @example `input.sources` → `source`, `input.past_entries` → `past_entry`, `input.staff` → `item`
 */
export function itemName(list: Expression): string {
  const name = lastMember(list);
  if (name === undefined) return "item";
  const singular = name
    .replace(/ies$/, "y")
    .replace(/(ss|x|ch|sh)es$/, "$1")
    .replace(/([^su])s$/, "$1");
  return singular === name ? "item" : singular;
}

/**
 * What the value of a block or a partial's context is called.
 *
 * @example `input.user` → `user`, a helper's result → `value`
 */
export function valueName(value: Expression): string {
  return lastMember(value) ?? "value";
}

/**
 * What the function of a partial that includes itself is called.
 *
 * @example `forum/comment-tree` → `renderCommentTree`
 */
export function partialFunctionName({ name }: PartialFunction): string {
  const words =
    name
      .split("/")
      .at(-1)
      ?.match(/[A-Za-z0-9]+/g) ?? [];
  return `render${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("") || "Partial"}`;
}

/** The last member that a path names, if it can be a variable's name: Latin letters, digits and `_` only. */
function lastMember(expression: Expression): string | undefined {
  const name = expression.kind === "path" ? expression.members.at(-1) : undefined;
  return name !== undefined && /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}
