// Lists the files of the prompts folder in the working tree, without reading them.

import { type Dirent, existsSync, lstatSync, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnose, PROMPT_EXTENSION, schemaName } from "@cuecard/model";
import { findLink } from "../disk/find-link.js";
import { SCORES_EXTENSION } from "../scores/scores-file.js";
import { findStrayFile } from "./stray-files.js";
import { listSubmodules } from "./submodules.js";

export interface PromptFolder {
  /** The project's folder, absolute. */
  readonly dir: string;
  /** Relative to it: `prompts`. */
  readonly promptsDir: string;
  /** Whether a Markdown file within the prompts folder is not a prompt. */
  readonly isIgnored: (path: string) => boolean;
  /** Whether to look into a folder, by its path within the prompts folder. Default: into all. */
  readonly isEntered?: ((folder: string) => boolean) | undefined;
}

/**
 * The paths of all Markdown and scores files within the prompts folder, and of all that can be named schemas, also links. Links and
 * folders with the names of prompts are reported, and so are files that look like prompts and have another ending.
 */
export function listPromptFiles(
  { dir, promptsDir, isIgnored, isEntered = () => true }: PromptFolder,
  diagnostics: Diagnostic[],
): string[] {
  const root = join(dir, promptsDir);
  const report = (path: string, what: string, isFolder = false) =>
    diagnostics.push(
      diagnose("prompt/not-a-file", { what, isFolder }, { file: path === "" ? promptsDir : `${promptsDir}/${path}` }),
    );

  const submodules = listSubmodules(root);
  const isRepository = (path: string) => {
    const found = submodules.has(path) || existsSync(join(root, path, ".git"));
    if (found) report(path, "a submodule, or another repository", true);
    return found;
  };

  function walk(folder: string): string[] {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch {
      report(folder, "a folder that cannot be read");
      return [];
    }
    return entries.flatMap((entry) => visit(folder === "" ? entry.name : `${folder}/${entry.name}`, entry));
  }

  function visit(path: string, entry: Dirent): string[] {
    if (entry.name.startsWith(".")) return [];
    const markdown = entry.name.endsWith(PROMPT_EXTENSION) || entry.name.endsWith(SCORES_EXTENSION);
    const isSchema = schemaName(path) !== undefined;
    if (entry.isSymbolicLink()) {
      if (isSchema) return [path];
      const isFolder = followLink(join(root, path))?.isDirectory() === true;
      if (markdown || isFolder) report(path, "a symbolic link", isFolder && !markdown);
      return [];
    }
    if (entry.isDirectory()) {
      if (!isEntered(path) || isRepository(path)) return [];
      if (!markdown) return walk(path);
      report(path, "a folder");
      return [];
    }
    if (isSchema) return entry.isFile() ? [path] : [];
    if (!markdown && entry.isFile() && !isIgnored(path)) {
      const stray = findStrayFile(promptsDir, path, (other) => existsSync(join(root, other)));
      if (stray !== undefined) diagnostics.push(stray);
    }
    if (markdown && !entry.isFile()) report(path, "a special file");
    return markdown && entry.isFile() ? [path] : [];
  }

  const link = findLink(dir, promptsDir);
  if (link !== undefined) {
    diagnostics.push(diagnose("prompt/not-a-file", { what: link.what, isFolder: true }, { file: link.path }));
    return [];
  }
  const own: Stats | undefined = lstatSync(root, { throwIfNoEntry: false });
  if (own === undefined) return [];
  if (own.isDirectory()) return isRepository("") ? [] : walk("");
  report("", "a file", true);
  return [];
}

/** The target of a link; `undefined` if it does not exist. */
function followLink(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
