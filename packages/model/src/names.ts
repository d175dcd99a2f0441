// The rules for names: prompts, partials, aliases and the git tags that are versions. Every package asks here.

import { characterName, codePoint } from "./characters/describe-character.js";

/** What a prompt's Markdown file ends in. */
export const PROMPT_EXTENSION = ".md";

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/;
const ALIAS = /^[A-Za-z0-9_-]{1,255}$/;
const RESERVED_ALIAS = /^(?:latest|working|v\d+)$/i;
const TAG = /^(?<name>.+)@v(?<version>[1-9]\d{0,8})$/;

/** The name that object literals, plain-object look-ups and Ajv's `required` all take for the prototype. */
const UNSAFE_PROPERTY = "__proto__";

/** Why a text is not a legal prompt name, or `undefined` when it is one. */
export function promptNameProblem(name: string): string | undefined {
  if (name.length === 0) return "it is empty";
  if (name.length > 200) return "it is longer than 200 characters";
  for (const segment of name.split("/")) {
    if (segment.length === 0) return "it has an empty path segment";
    if (!SEGMENT.test(segment))
      return `the segment "${segment}" may contain only letters, digits, "_", "." and "-", and must start with a letter or digit${foreignCharacter(segment)}`;
    if (segment.includes("..")) return `the segment "${segment}" contains "..", which git does not allow in a tag`;
    if (segment.endsWith(".")) return `the segment "${segment}" ends in "."`;
    if (segment.endsWith(".lock")) return `the segment "${segment}" ends in ".lock", which git does not allow in a tag`;
  }
  return undefined;
}

/** https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The folder or file of a prompt's or partial's path that Windows cannot create; `undefined` if it can create all. */
export function windowsNameProblem(path: string): string | undefined {
  return path.split("/").find((segment) => WINDOWS_DEVICE.test(segment));
}

/** Why a text is not a legal alias name, or `undefined` when it is one. */
export function aliasNameProblem(alias: string): string | undefined {
  if (alias === UNSAFE_PROPERTY) return `"${UNSAFE_PROPERTY}" has a meaning of its own in JavaScript`;
  if (/^v?\d+$/i.test(alias)) return `"${alias}" looks like a version`;
  if (RESERVED_ALIAS.test(alias)) return `"${alias.toLowerCase()}" is reserved: it is computed, never stored`;
  if (!ALIAS.test(alias))
    return `it may contain only letters, digits, "_" and "-", at most 255 of them${foreignCharacter(alias)}`;
  return undefined;
}

/** Names the first character that is not ASCII, because it may look like another or like nothing; otherwise empty. */
function foreignCharacter(name: string): string {
  const [found] = /[^\x20-\x7E]/u.exec(name) ?? [];
  if (found === undefined) return "";
  const isVisible = /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(found) && !/\p{DI}/u.test(found);
  return `; it contains ${codePoint(found)} (${isVisible ? found : characterName(found)})`;
}

/** Whether an input variable of this name is refused (Ajv cannot require it). */
export function isUnsafeVariable(name: string): boolean {
  return name === UNSAFE_PROPERTY;
}

export interface VersionId {
  readonly name: string;
  /** 1, 2, 3 … */
  readonly version: number;
}

/** The highest version number that tags and prompts.lock can have. */
export const MAX_VERSION = 999_999_999;

/** Reads a git tag's short name (`finance/forecast@v3`); `undefined` when the tag is not a version. */
export function parseVersionTag(tag: string): VersionId | undefined {
  const groups = TAG.exec(tag)?.groups;
  const name = groups?.["name"];
  if (name === undefined || promptNameProblem(name) !== undefined) return undefined;
  return { name, version: Number(groups?.["version"]) };
}

/** A version as people and prompts.lock write it, also its git tag without the prefix: `finance/forecast@v3`. */
export function versionTag(id: VersionId): string {
  return `${id.name}@v${id.version}`;
}

/** Reads a git tag of a project whose tags begin with `prefix`; `undefined` when the tag is not a version of it. */
export function parseGitTag(tag: string, prefix: string): VersionId | undefined {
  return tag.startsWith(prefix) ? parseVersionTag(tag.slice(prefix.length)) : undefined;
}

/** The git tag of a version in a project whose tags begin with `prefix`: `bot/greet@v1`. */
export function gitTag(id: VersionId, prefix: string): string {
  return prefix + versionTag(id);
}

/** Why a text is not a legal prefix of a project's tags, or `undefined` when it is one. Empty: no prefix. */
export function tagPrefixProblem(prefix: string): string | undefined {
  if (prefix === "") return undefined;
  return prefix.endsWith("/") ? promptNameProblem(prefix.slice(0, -1)) : 'it does not end in "/"';
}

/**
 * A tag prefix for the project in a folder: `services/bot` → `bot/`. `undefined` if its name makes none, or the project
 * has that prefix already.
 */
export function suggestTagPrefix(folder: string, current = ""): string | undefined {
  const last =
    folder
      .split("/")
      .filter((segment) => segment !== "")
      .at(-1) ?? "";
  const clean = last
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replaceAll(/^[_-]+|[_-]+$/g, "");
  const prefix = `${clean}/`;
  return clean === "" || prefix === current ? undefined : prefix;
}

/** Reads `v3` as 3; `undefined` for anything else. */
export function parseVersionNumber(text: string): number | undefined {
  return /^v[1-9]\d{0,8}$/.test(text) ? Number(text.slice(1)) : undefined;
}

/** Names in the order people and files see them: by path, then by version number, whatever the locale. */
export function compareVersions(a: VersionId, b: VersionId): number {
  return compareText(a.name, b.name) || a.version - b.version;
}

/** Orders texts by code unit, so that every machine agrees. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The paths within the prompts folder where a partial can be, in order of precedence: the prompt's own folder, then each parent.
 * `{{> guidelines}}` in `finance/forecast` is `finance/_guidelines.md`, else `_guidelines.md`.
 * Empty when the name cannot name a partial.
 */
export function partialCandidates(promptName: string, partialName: string): string[] {
  if (promptNameProblem(partialName) !== undefined) return [];
  const parts = partialName.split("/");
  const base = `_${parts.pop()}${PROMPT_EXTENSION}`;
  const folders = promptName.split("/").slice(0, -1);
  const candidates: string[] = [];
  for (let depth = folders.length; depth >= 0; depth--)
    candidates.push([...folders.slice(0, depth), ...parts, base].join("/"));
  return candidates;
}

/** What a path within the prompts folder holds, by its name alone. */
export type PromptPath =
  | { readonly kind: "prompt"; readonly name: string }
  | { readonly kind: "partial"; readonly name: string }
  | { readonly kind: "other" }
  | { readonly kind: "invalid"; readonly name: string; readonly problem: string };

/** Classifies a path within the prompts folder (`finance/forecast.md`, `_guidelines.md`, `logo.png`). */
export function classifyPath(path: string): PromptPath {
  if (!path.endsWith(PROMPT_EXTENSION)) return { kind: "other" };
  const stem = path.slice(0, -PROMPT_EXTENSION.length);
  const segments = stem.split("/");
  const base = segments.at(-1) ?? "";
  const partial = base.startsWith("_");
  const name = partial ? [...segments.slice(0, -1), base.slice(1)].join("/") : stem;
  const problem = promptNameProblem(name);
  if (problem !== undefined) return { kind: "invalid", name: stem, problem };
  return { kind: partial ? "partial" : "prompt", name };
}

/**
 * What templates call a partial: `finance/_guidelines.md` is used as `finance/guidelines`.
 *
 * @param path Within the prompts folder.
 */
export function partialName(path: string): string {
  const classified = classifyPath(path);
  return classified.kind === "partial" ? classified.name : path;
}

/** The reference by which a version is loaded and exported: `v3`, `working`. */
export function versionRef(version: number | "working"): string {
  return version === "working" ? "working" : `v${version}`;
}
