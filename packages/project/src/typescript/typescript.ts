// TypeScript's compiler API. Import this file only after `findTypeScript` has found one, and dynamically: it takes long to load.

import { createRequire } from "node:module";
import type TS from "typescript";
import { findTypeScript } from "./find-typescript.js";

function load(): typeof TS {
  const found = findTypeScript();
  if (!("specifier" in found)) throw new Error("TypeScript was imported, although it is not installed");
  return createRequire(import.meta.url)(found.specifier) as typeof TS; // the package of that name, in a version that was checked
}

export const ts: typeof TS = load();
