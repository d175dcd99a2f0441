// Finds the project's folder when a command runs somewhere inside it.

import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { ALIASES_FILE, decodeUtf8, LOCK_FILE } from "@cuecard/model";
import { findNonFile } from "@cuecard/registry";
import { CONFIG_FILE } from "./config.js";

const MARKS = [CONFIG_FILE, ALIASES_FILE, LOCK_FILE];

/** The nearest folder with a project's files, from here up to the repository's root; otherwise this folder. */
export async function findProject(from: string): Promise<string> {
  for (let dir = path.resolve(from); ; dir = path.dirname(dir)) {
    if (await isProject(dir)) return dir;
    if (dir === path.dirname(dir) || (await exists(path.join(dir, ".git")))) return path.resolve(from);
  }
}

/** Whether a folder has a project's files. */
export async function isProject(dir: string): Promise<boolean> {
  for (const mark of MARKS) if (await exists(path.join(dir, mark))) return true;
  return hasSettings(dir);
}

/** Whether a folder's package.json has the key with the project's settings. */
export async function hasSettings(dir: string): Promise<boolean> {
  if (findNonFile(dir, "package.json") !== undefined) return false;
  const data = await readFile(path.join(dir, "package.json")).catch(() => undefined);
  // In any encoding.
  if (data?.toString("latin1").replaceAll("\0", "").includes('"cuecard"') !== true) return false;
  try {
    const value: unknown = JSON.parse(decodeUtf8(data).text ?? "");
    return typeof value === "object" && value !== null && Object.hasOwn(value, "cuecard");
  } catch {
    return true; // It may hold settings; reading them says what is wrong with it.
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
