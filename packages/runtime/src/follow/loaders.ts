// `load`, `find` and `at` of a package whose pointers move. What a document did not move, the package's own functions load.

import { parsePromptUri } from "../uri.js";
import type { BuiltPackage } from "./built-package.js";
import { BUILT, type PointerTable } from "./pointer-table.js";

type Options = { readonly key?: unknown } | undefined;

/** @param current The pointers that are in effect. */
export function makeLoaders(
  built: BuiltPackage,
  current: () => PointerTable,
): Pick<BuiltPackage, "load" | "find" | "at"> {
  const { Split } = built;
  const choose = (found: object, options: unknown) =>
    found instanceof Split ? found.choose(options as Options) : found;
  const loadWith =
    <T extends object | undefined>(loadBuilt: (...args: readonly unknown[]) => T) =>
    (first?: unknown, second?: unknown, third?: unknown): T | object => {
      const table = current();
      const known = typeof second === "string" ? table.find(first, second) : table.uris.get(first);
      if (known !== undefined && known !== BUILT) return choose(known, typeof second === "string" ? third : second);
      if (known === BUILT || typeof first !== "string" || !first.startsWith("prompts:/"))
        return loadBuilt(first, second, third);
      const uri = parsePromptUri(first);
      const moved = uri && table.find(uri.name, uri.ref);
      const found = moved === undefined ? loadBuilt(first, second, third) : choose(moved, second);
      // Only those that lead somewhere, so that not many are kept.
      if (found !== undefined && uri)
        table.uris.set(first, moved ?? (table.isWeighted(uri.name, uri.ref) ? BUILT : found));
      return found;
    };
  return {
    load: loadWith(built.load),
    find: loadWith(built.find),
    at: (alias) => {
      const builtAt = built.at(alias);
      return (name, options) => {
        const moved = current().find(name, alias);
        return moved === undefined ? builtAt(name, options) : choose(moved, options);
      };
    },
  };
}
