// Which files can be edited: prompts, partials and named schemas of the prompts folder, whether they exist or not.

import { existsSync, lstatSync, readdirSync } from "node:fs";
import path from "node:path";
import type { EditableFile } from "@cuecard/catalog";
import {
  classifyPath,
  type Diagnostic,
  diagnose,
  PROMPT_EXTENSION,
  type PromptPath,
  partialName,
  schemaName,
} from "@cuecard/model";
import { findNonFile, findSkippedFile, SCORES_EXTENSION } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { createIgnore } from "../settings/ignore.js";

/**
 * @param file Relative to the project's folder, with `/`.
 * @returns What the file is, or why it cannot be edited.
 */
export function findEditable(project: Project, file: string): EditableFile | Diagnostic {
  const named = classify(project, file);
  if ("code" in named) return named;
  return findObstacle(project, named) ?? named;
}

/** The kind and the name of a file of the prompts folder by its path alone; `undefined` if it cannot be edited. */
export function nameEditable(promptsDir: string, inside: string): EditableFile | undefined {
  const file = `${promptsDir}/${inside}`;
  const schema = schemaName(inside);
  if (schema !== undefined) return { file, kind: "schema", name: schema };
  const { kind } = classifyPath(inside);
  if (kind === "partial") return { file, kind, name: partialName(inside) };
  return kind === "prompt" ? { file, kind, name: inside.slice(0, -PROMPT_EXTENSION.length) } : undefined;
}

function classify({ config }: Project, file: string): EditableFile | Diagnostic {
  const { prompts } = config;
  const refuse = (problem: string, instead?: string) =>
    diagnose("edit/not-editable", { path: file, problem, instead }, { file: prompts });
  const inside = file.startsWith(`${prompts}/`) ? file.slice(prompts.length + 1) : undefined;
  const parts = file.split("/");
  if (inside === undefined || parts.some((part) => part === "" || part === "." || part === ".."))
    return refuse(`it is not in the folder ${prompts}/`);
  const named = nameEditable(prompts, inside);
  if (named === undefined) return refuseName(classifyPath(inside), refuse, prompts);
  const folder = parts.slice(0, -1).find((part) => part.endsWith(PROMPT_EXTENSION) || part.endsWith(SCORES_EXTENSION));
  if (folder !== undefined) return refuse(`the name of its folder ${folder} is that of a file, so it is not read`);
  // Partials are read if a prompt uses them, whatever they are called.
  if (named.kind === "prompt" && createIgnore(config.ignore)(inside))
    return refuse('the setting "ignore" matches it, so it is not a prompt');
  return named;
}

function refuseName(
  named: PromptPath,
  refuse: (problem: string, instead?: string) => Diagnostic,
  prompts: string,
): Diagnostic {
  if (named.kind === "invalid")
    return diagnose("register/invalid-name", { name: named.name, problem: named.problem }, { file: prompts });
  const instead = `prompts and partials end in .md; named schemas are in ${prompts}/schemas/ and end in .yaml, .yml or .json`;
  return refuse("it is not a prompt, a partial or a named schema", instead);
}

/** What is in the way of a file, or of a new one. */
function findObstacle({ dir, config }: Project, { file, name }: EditableFile): Diagnostic | undefined {
  const refuse = (problem: string) => diagnose("edit/not-editable", { path: file, problem }, { file });
  const folders = foldersAbove(file, config.prompts);
  const blocked = folders.find((folder) => isFile(path.join(dir, folder)));
  if (blocked !== undefined) return refuse(`${blocked} is a file, not a folder`);
  const nonFile = findNonFile(dir, file);
  if (nonFile !== undefined) return diagnose("prompt/not-a-file", { what: nonFile.what }, { file: nonFile.path });
  const repository = folders.find((folder) => existsSync(path.join(dir, folder, ".git")));
  if (repository !== undefined) return refuse(`${repository} is another repository`);
  const other = findOtherCase(dir, file);
  if (other !== undefined) return diagnose("prompt/case-conflict", { name, other }, { file });
  return existsSync(path.join(dir, file)) ? undefined : findSkippedFile(dir, file);
}

/** The folders of a file, the prompts folder first. */
function foldersAbove(file: string, prompts: string): string[] {
  const folders: string[] = [];
  for (let folder = path.posix.dirname(file); folder.length >= prompts.length; folder = path.posix.dirname(folder))
    folders.unshift(folder);
  return folders;
}

function isFile(place: string): boolean {
  return existsSync(place) && lstatSync(place).isFile();
}

/** Another file or folder whose name differs from that of the file, or of a folder above it, only in case. */
function findOtherCase(dir: string, file: string): string | undefined {
  const parts = file.split("/");
  for (const [at, part] of parts.entries()) {
    const above = parts.slice(0, at).join("/");
    const names = listNames(path.join(dir, above));
    if (names.includes(part)) continue;
    const other = names.find((name) => name.toLowerCase() === part.toLowerCase());
    return other === undefined ? undefined : [...parts.slice(0, at), other].join("/");
  }
  return undefined;
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
