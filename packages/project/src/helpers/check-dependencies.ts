// Checks that the generated package depends on the packages that the helpers import.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { type Diagnostic, diagnose } from "@cuecard/model";
import { findNonFile } from "@cuecard/registry";
import type { ImportedPackage } from "./emit-modules.js";

/** @param out The folder of the generated package, relative to the project's. */
export async function checkDependencies(
  dir: string,
  out: string,
  packages: readonly ImportedPackage[],
): Promise<Diagnostic[]> {
  if (packages.length === 0) return [];
  const manifest = path.posix.join(out, "package.json");
  const listed =
    findNonFile(dir, manifest) === undefined ? await readDependencies(path.join(dir, manifest)) : undefined;
  if (listed === undefined) return [];
  return packages
    .filter(({ name }) => !listed.has(name))
    .map(({ name, place }) => diagnose("helpers/missing-dependency", { package: name, manifest }, place));
}

/** `undefined` if there is no readable manifest. */
async function readDependencies(file: string): Promise<Set<string> | undefined> {
  try {
    const manifest = JSON.parse(await readFile(file, "utf8")) as Record<string, object | undefined>;
    const kinds = ["dependencies", "peerDependencies", "optionalDependencies"];
    return new Set(kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {})));
  } catch {
    return undefined;
  }
}
