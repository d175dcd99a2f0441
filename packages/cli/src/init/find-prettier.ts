// Finds where Prettier is used, which would otherwise rewrite prompts: each rewrite of a prompt changes its text.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { readText } from "./read-text.js";

export const PRETTIER_IGNORE = ".prettierignore";

/** https://prettier.io/docs/configuration */
const CONFIG = /^(?:\.prettierrc(?:\..+)?|prettier\.config\.[cm]?[jt]s)$/;

/**
 * The folders where Prettier is run, from a project's folder up to the top of its repository: those that depend on it or have a
 * `.prettierignore`, otherwise the nearest one with its configuration.
 *
 * @param top The top of the repository; `undefined` if there is none.
 */
export function findPrettierFolders(dir: string, top: string | undefined): string[] {
  const folders = [dir];
  for (let folder = dir; top !== undefined && folder !== top && folder !== path.dirname(folder); ) {
    folder = path.dirname(folder);
    folders.push(folder);
  }
  const run = folders.filter((folder) => existsSync(path.join(folder, PRETTIER_IGNORE)) || dependsOnPrettier(folder));
  return run.length > 0 ? run : folders.filter(isConfigured).slice(0, 1);
}

function dependsOnPrettier(folder: string): boolean {
  const manifest = readManifest(folder);
  return ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"].some((key) => {
    const list = manifest[key];
    return typeof list === "object" && list !== null && Object.hasOwn(list, "prettier");
  });
}

function isConfigured(folder: string): boolean {
  if (Object.hasOwn(readManifest(folder), "prettier")) return true;
  try {
    return readdirSync(folder).some((name) => CONFIG.test(name));
  } catch {
    return false;
  }
}

function readManifest(folder: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readText(folder, "package.json") ?? "{}");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
