// `load`, `find` and `at` of a package whose pointers move. What a document did not move, the package's own functions load.

import { parsePromptUri } from "../uri.js";
import type { BuiltPackage } from "./built-package.js";
import type { PointerTable } from "./pointer-table.js";

type Options = { readonly key?: unknown } | undefined;

/** @param current The pointers that are in effect. */
export function makeLoaders(
  built: BuiltPackage,
  current: () => PointerTable,
): Pick<BuiltPackage, "load" | "find" | "at"> {
  const { Split } = built;
  const choose = (found: object, options: unknown) =>
    found instanceof Split ? found.choose(options as Options) : found;
  const knownUris = keepUris(current);
  const loadWith =
    <T extends object | undefined>(loadBuilt: (...args: readonly unknown[]) => T) =>
    (first?: unknown, second?: unknown, third?: unknown): T | object => {
      const moved = typeof second === "string" ? current().find(first, second) : undefined;
      if (moved !== undefined) return choose(moved, third);
      if (typeof first !== "string" || !first.startsWith("prompts:/")) return loadBuilt(first, second, third);
      const uris = knownUris();
      const known = uris.get(first) ?? findUri(first, current());
      const found = known === BUILT ? loadBuilt(first, second, third) : choose(known, isRef(second) ? third : second);
      // Only those that lead somewhere, so that not many are kept.
      if (found !== undefined) uris.set(first, known);
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

/** Marks a URI of something that was not moved. */
const BUILT = Object.freeze({});

function findUri(uri: string, table: PointerTable): object {
  const parsed = parsePromptUri(uri);
  return (parsed && table.find(parsed.name, parsed.ref)) ?? BUILT;
}

/** What URIs lead to: reading one takes longer than everything else. Anew for each document. */
function keepUris(current: () => PointerTable): () => Map<string, object> {
  let table: PointerTable | undefined;
  let uris = new Map<string, object>();
  return () => {
    if (table !== current()) {
      table = current();
      uris = new Map();
    }
    return uris;
  };
}

function isRef(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
