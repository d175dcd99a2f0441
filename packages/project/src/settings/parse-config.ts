// Parses the settings' JSON into a Config. An invalid value is reported at its place and replaced by the default.

import {
  aliasNameProblem,
  allowedCharacterProblem,
  type Diagnostic,
  diagnose,
  type JsonNode,
  type LineIndex,
  METADATA_PRESETS,
  metadataKeyProblem,
  type Place,
  tagPrefixProblem,
} from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { branchProblem } from "./branches.js";
import { type Config, defaultConfig, GIT_CHOICES } from "./config.js";
import { findGateProblem, findRuleProblem, readNode } from "./gates.js";
import { patternProblem } from "./ignore.js";

export interface ParsedConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the prompts folder is named; `undefined` if the default is used. */
  readonly promptsPlace?: Place | undefined;
  /** Where the settings name the helpers module. */
  readonly helpersPlace?: Place | undefined;
}

type Setting = { [K in keyof Config]: { readonly kind: SettingKind } };
type SettingKind = "folder" | "module" | "file" | "boolean" | ListKind | NestedKind | "tag-prefix" | readonly string[];
type NestedKind = keyof typeof NESTED;
type ListKind = keyof typeof LISTS;

/** Settings that are lists of texts. */
const LISTS = {
  aliases: {
    form: 'must be an array of alias names, such as ["dev"]',
    item: "a valid alias name",
    problem: aliasNameProblem,
  },
  branches: {
    form: 'must be an array of branch names or globs, such as ["main", "release/*"]',
    item: "a valid branch",
    problem: branchProblem,
  },
  patterns: {
    form: 'must be an array of file names or globs, such as ["README", "drafts/"]',
    item: "a valid pattern",
    problem: patternProblem,
  },
  keys: {
    form: `must be an array of front-matter keys or presets (${METADATA_PRESETS.join(", ")}), such as ["claude", "owner"]`,
    item: "a key that can go to metadata",
    problem: metadataKeyProblem,
  },
  characters: {
    form: 'must be an array of code points, such as ["U+200F"]',
    item: "a code point",
    problem: allowedCharacterProblem,
  },
} as const;

/** Settings that are objects. */
const NESTED = { gates: findGateProblem, rules: findRuleProblem } as const;

const settings: Setting = {
  prompts: { kind: "folder" },
  tagPrefix: { kind: "tag-prefix" },
  out: { kind: "folder" },
  versions: { kind: ["all", "aliased"] },
  working: { kind: "boolean" },
  validation: { kind: "boolean" },
  git: { kind: GIT_CHOICES },
  helpers: { kind: "module" },
  allowedSigners: { kind: "file" },
  releaseBranches: { kind: "branches" },
  workingAliases: { kind: "aliases" },
  trimMessages: { kind: "boolean" },
  metadataKeys: { kind: "keys" },
  allowCharacters: { kind: "characters" },
  ignore: { kind: "patterns" },
  gates: { kind: "gates" },
  rules: { kind: "rules" },
};

/** Reads the settings from an object of a parsed JSON document. */
export function parseConfig(node: JsonNode, lines: LineIndex, file: string): ParsedConfig {
  const diagnostics: Diagnostic[] = [];
  const found: Record<string, unknown> = {};
  const places: Partial<Record<keyof Config, Place>> = {};
  const place = (at: JsonNode) => ({ file, range: lines.range(at.offset, at.offset + at.length) });
  if (node.type !== "object")
    return {
      config: defaultConfig,
      diagnostics: [diagnose("config/invalid", { problem: "the settings must be a JSON object" }, place(node))],
    };
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    if (name === "$schema") continue;
    if (!isSetting(name)) {
      const known = Object.keys(settings);
      diagnostics.push(diagnose("config/unknown-key", { key: name, nearest: nearest(name, known), known }, place(key)));
      continue;
    }
    const { kind } = settings[name];
    if (isNestedKind(kind)) {
      const nested = NESTED[kind](value);
      if (nested === undefined) found[name] = readNode(value);
      else diagnostics.push(diagnose("config/invalid", { problem: `"${name}" ${nested.problem}` }, place(nested.at)));
      continue;
    }
    const problem =
      settingProblem(kind, value) ??
      (name === "prompts" && cleanFolder(String(value.value)) === "." ? "must be a folder of its own" : undefined);
    const isPath = isPathKind(kind);
    if (problem === undefined)
      found[name] = isPath ? cleanFolder(String(value.value)) : isListKind(kind) ? textsOf(value) : value.value;
    else diagnostics.push(diagnose("config/invalid", { problem: `"${name}" ${problem}` }, place(value)));
    places[name] = place(value);
  }
  return {
    config: { ...defaultConfig, ...found },
    diagnostics,
    promptsPlace: places.prompts,
    helpersPlace: places.helpers,
  };
}

function isSetting(name: string): name is keyof Config {
  return Object.hasOwn(settings, name);
}

function isPathKind(kind: SettingKind): kind is "folder" | "module" | "file" {
  return kind === "folder" || kind === "module" || kind === "file";
}

function settingProblem(kind: Exclude<SettingKind, NestedKind>, value: JsonNode): string | undefined {
  if (kind === "boolean") return value.type === "boolean" ? undefined : "must be true or false";
  if (isListKind(kind)) return listProblem(kind, value);
  if (kind === "tag-prefix") return prefixProblem(value);
  if (isPathKind(kind)) {
    const written = value.type === "string" ? String(value.value) : undefined;
    if (kind === "file") return fileProblem(written);
    return kind === "folder" ? folderProblem(written) : moduleProblem(written);
  }
  if (value.type === "string" && kind.includes(String(value.value))) return undefined;
  const near = value.type === "string" ? nearest(String(value.value), kind) : undefined;
  const choices = kind.map((choice) => `"${choice}"`).join(" or ");
  return `must be ${choices}${near === undefined ? "" : `; did you mean "${near}"?`}`;
}

/** The texts of an array; `undefined` if it is not an array of texts. */
function textsOf({ type, children = [] }: JsonNode): string[] | undefined {
  const texts = children.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  return type === "array" && texts.length === children.length ? texts : undefined;
}

function isNestedKind(kind: SettingKind): kind is NestedKind {
  return typeof kind === "string" && Object.hasOwn(NESTED, kind);
}

function isListKind(kind: SettingKind): kind is ListKind {
  return typeof kind === "string" && Object.hasOwn(LISTS, kind);
}

function listProblem(kind: ListKind, value: JsonNode): string | undefined {
  const { form, item, problem: problemOf } = LISTS[kind];
  const texts = textsOf(value);
  if (texts === undefined) return form;
  for (const text of texts) {
    const problem = problemOf(text);
    if (problem !== undefined) return `names "${text}", which is not ${item}: ${problem}`;
  }
  return undefined;
}

function prefixProblem(value: JsonNode): string | undefined {
  const problem = value.type === "string" ? tagPrefixProblem(String(value.value)) : "it is not a string";
  return problem === undefined ? undefined : `must be a prefix for git tags, such as "bot/": ${problem}`;
}

/** Why a path is not a folder inside the project; `undefined` if it is one. */
export function folderProblem(folder: string | undefined): string | undefined {
  if (folder === undefined || folder === "") return "must be a folder, relative to the project's folder";
  return pathProblem(folder);
}

/** Why a path is not a file inside the project; `undefined` if it is one. */
function fileProblem(file: string | undefined): string | undefined {
  if (file === undefined || file === "" || file.endsWith("/"))
    return "must be a file, relative to the project's folder";
  return pathProblem(file);
}

/** Why a path is not a module inside the project; `undefined` if it is one. */
function moduleProblem(file: string | undefined): string | undefined {
  if (file === undefined || !/(?<!\.d)\.m?[jt]s$/.test(file))
    return "must be a TypeScript or JavaScript module (.ts, .mts, .js, .mjs), relative to the project's folder";
  return pathProblem(file);
}

function pathProblem(folder: string): string | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(folder)) return "must be relative to the project's folder";
  if (folder.includes("\\")) return 'must be written with "/"';
  if (folder.includes("\0")) return "must not contain a NUL character";
  const segments = cleanFolder(folder).split("/");
  if (segments.includes("..")) return "must stay inside the project's folder";
  if (segments[0] === ".git" || segments.includes("node_modules")) return "must not be inside .git or node_modules";
  return undefined;
}

/** `./packages//prompts/` is `packages/prompts`. */
export function cleanFolder(folder: string): string {
  const segments: string[] = [];
  for (const segment of folder.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === ".." && segments.length > 0 && segments.at(-1) !== "..") segments.pop();
    else segments.push(segment);
  }
  return segments.join("/") || ".";
}
