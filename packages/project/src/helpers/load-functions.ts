// Loads the helpers as functions, for `render` and rendered comparisons. Nothing else in Cuecard runs them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { HelperFunction, ProjectHelpers } from "@cuecard/build";
import { sweepLeftovers, temporaryName } from "@cuecard/registry";
import { locateCache } from "../cache/locate-cache.js";
import { HelperError } from "./helper-error.js";

/**
 * Imports the helpers as they are in the package, from a temporary folder in the project's cache, where the packages that
 * they import can be resolved.
 *
 * @throws HelperError if the module throws while it is imported. A function that throws is reported the same way.
 */
export async function loadHelperFunctions(
  dir: string,
  helpers: ProjectHelpers,
): Promise<ReadonlyMap<string, HelperFunction>> {
  const folder = makeFolder(dir);
  try {
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
    for (const [file, text] of helpers.files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    const module = await importModule(path.join(folder, helpers.entry));
    return new Map(helpers.signatures.map(({ name }) => [name, guard(name, module[name])]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw new HelperError(`the helpers cannot be loaded: ${messageOf(error)}`, { cause: error });
  }
}

function guard(name: string, helper: unknown): HelperFunction {
  if (typeof helper !== "function") throw new HelperError(`"${name}" is not a function after the helpers are loaded`);
  return (...args: unknown[]) => {
    try {
      return helper(...args) as unknown;
    } catch (error) {
      throw new HelperError(`the helper "${name}" failed: ${messageOf(error)}`, { cause: error });
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function makeFolder(dir: string): string {
  const cache = locateCache(dir);
  try {
    if (cache !== undefined) {
      mkdirSync(cache, { recursive: true });
      sweepLeftovers(cache, "run-");
      const folder = path.join(cache, temporaryName("run-"));
      mkdirSync(folder, { mode: 0o700 });
      return folder;
    }
  } catch {
    // The disk is read-only. Helpers that do not import packages can run from any folder.
  }
  return mkdtempSync(path.join(os.tmpdir(), "cuecard-helpers-"));
}
