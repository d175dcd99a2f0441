// Adds what is missing to package.json and pnpm-workspace.yaml without changing any other character.

import { lineEndOf } from "@cuecard/model";
import { type ParseError, parse } from "jsonc-parser";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { type JsonPath, setJson } from "./set-json.js";

export interface ManifestAdditions {
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  /** Folder of the workspace package to add, if this file lists the workspaces. */
  readonly workspace: string | undefined;
}

export interface EditedManifest {
  readonly text: string;
  /** What was added, in words. */
  readonly added: readonly string[];
  /** Names of existing scripts that have the name of an addition, but do not run Cuecard. */
  readonly foreign: readonly string[];
}

/** Adds what is missing; `undefined` if the text is not a JSON object. */
export function editManifest(text: string, additions: ManifestAdditions): EditedManifest | undefined {
  const errors: ParseError[] = [];
  const manifest: unknown = parse(text, errors);
  if (errors.length > 0 || !isRecord(manifest)) return undefined;
  const added: string[] = [];
  const foreign: string[] = [];
  let edited = text;
  const set = (path: JsonPath, value: unknown) => {
    edited = setJson(edited, path, value);
  };
  const entryOf = (section: string, key: string): unknown =>
    isRecord(manifest[section]) && Object.hasOwn(manifest[section], key) ? manifest[section][key] : undefined;
  const has = (section: string, key: string) => entryOf(section, key) !== undefined;

  for (const [name, command] of Object.entries(additions.scripts)) {
    const existing = entryOf("scripts", name);
    if (existing === undefined) {
      set(["scripts", name], command);
      added.push(`script ${name}`);
    } else if (existing !== command && !String(existing).includes("cuecard")) foreign.push(name);
  }
  for (const section of ["dependencies", "devDependencies"] as const)
    for (const [name, range] of Object.entries(additions[section]))
      if (!["dependencies", "devDependencies", "peerDependencies"].some((other) => has(other, name))) {
        set([section, name], range);
        added.push(`${section === "dependencies" ? "dependency" : "devDependency"} ${name}`);
      }
  if (additions.workspace !== undefined) {
    const listed = manifest["workspaces"];
    const path: JsonPath = isRecord(listed) && !Array.isArray(listed) ? ["workspaces", "packages"] : ["workspaces"];
    const existing = isRecord(listed) && !Array.isArray(listed) ? listed["packages"] : listed;
    const patterns = Array.isArray(existing) ? existing.filter((pattern) => typeof pattern === "string") : [];
    if (!coversWorkspace(patterns, additions.workspace)) {
      if (Array.isArray(existing)) set([...path, existing.length], additions.workspace);
      else set(path, [additions.workspace]);
      added.push(`workspace ${additions.workspace}`);
    }
  }
  return { text: edited, added, foreign };
}

/** Whether a workspace's patterns (`packages/*`, `**`, `!old`) include a folder. */
export function coversWorkspace(patterns: readonly string[], folder: string): boolean {
  let covered = false;
  for (const pattern of patterns) {
    const excludes = pattern.startsWith("!");
    const clean = pattern
      .slice(excludes ? 1 : 0)
      .replace(/^\.\//, "")
      .replace(/\/+$/, "");
    const source = clean
      .split(/(\*\*\/?|\*)/)
      .map((part) =>
        part === "*" ? "[^/]*" : part.startsWith("**") ? ".*" : part.replace(/[.+^${}()|[\]\\?]/g, "\\$&"),
      )
      .join("");
    if (new RegExp(`^${source}$`).test(folder)) covered = !excludes;
  }
  return covered;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** The new text; the same text if the folder is already listed; `undefined` if it cannot be edited safely. */
export function editPnpmWorkspace(text: string, folder: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const eol = lineEndOf(text);
  const end = text === "" || text.endsWith("\n") ? "" : eol;
  const { contents } = document;
  if (contents === null) return `${text}${end}packages:${eol}  - ${folder}${eol}`;
  if (!isMap(contents) || contents.flow === true) return undefined;
  const packages = contents.get("packages", true);
  if (packages === undefined) return `${text}${end}packages:${eol}  - ${folder}${eol}`;
  if (!isSeq(packages)) return undefined;
  const patterns = packages.items.map((item) => (isScalar(item) ? String(item.value) : ""));
  if (coversWorkspace(patterns, folder)) return text;
  const last = packages.items.at(-1);
  if (packages.flow === true || !isScalar(last) || !last.range) return undefined;
  const lineStart = text.lastIndexOf("\n", last.range[0] - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "  ";
  const lineEnd = text.indexOf("\n", last.range[1]);
  if (lineEnd === -1) return `${text}${eol}${indent}- ${folder}${eol}`;
  return `${text.slice(0, lineEnd + 1)}${indent}- ${folder}${eol}${text.slice(lineEnd + 1)}`;
}
