// What `follow` gets of a package, and of the copy of the runtime that the package uses: a prompt of another copy is a stranger to it.

import type { Split } from "../load.js";
import type { atAlias } from "../prompt.js";

export interface BuiltPackage {
  readonly load: (...args: readonly unknown[]) => object;
  readonly find: (...args: readonly unknown[]) => object | undefined;
  readonly at: (alias: string) => (name: string, options?: { readonly key?: unknown }) => object;
  readonly atAlias: typeof atAlias;
  readonly Split: typeof Split;
}
