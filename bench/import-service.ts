// A service that has the generated package installed, and beside it an empty package of the same form: a module for each
// import that is measured, all by the package's name, as services write them.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchRepository } from "./bench-repository.js";
import { CHECKOUT } from "./paths.js";

export interface ImportService {
  /** The address of a module of the service that imports this and nothing else. */
  moduleFor(specifier: string): string;
  /** The generated package's name. */
  readonly packageName: string;
}

/** The name of the package in which there is nothing. */
export const EMPTY_PACKAGE = "@empty/package";

/** @param dir The service's folder, made here. Packages are copied into it, as an installation would. */
export function makeImportService(repository: BenchRepository, dir: string): ImportService {
  const modules = join(dir, "node_modules");
  const manifest = JSON.parse(readFileSync(join(repository.packageDir, "package.json"), "utf8")) as { name: string };
  const install = (from: string, name: string) => {
    for (const part of ["package.json", "dist"])
      cpSync(join(from, part), join(modules, name, part), { recursive: true });
  };
  install(repository.packageDir, manifest.name);
  install(join(CHECKOUT, "packages/runtime"), "@cuecard/runtime");

  const empty = join(modules, EMPTY_PACKAGE);
  mkdirSync(join(empty, "dist"), { recursive: true });
  writeFileSync(join(empty, "package.json"), JSON.stringify({ ...manifest, name: EMPTY_PACKAGE }));
  writeFileSync(join(empty, "dist/index.js"), "");

  let count = 0;
  return {
    packageName: manifest.name,
    moduleFor(specifier) {
      const file = join(dir, `module-${++count}.mjs`);
      writeFileSync(file, `export * from ${JSON.stringify(specifier)};\n`);
      return pathToFileURL(file).href;
    },
  };
}
