// What a reading of a project is made from: the refs, the commit that is checked out, and every file. It is kept with the reading, so that
// the next one finds out whether anything has changed, and what.

import { createHash } from "node:crypto";
import type { ProjectFile } from "../git/project-file.js";
import { readHeads } from "../history/heads.js";
import type { OpenRepository } from "../repository/repository.js";
import type { WorkingFiles } from "./working-files.js";

/** What is in the project's folder, before any of it is parsed. */
export interface UnparsedFiles {
  readonly lockText: ProjectFile | undefined;
  readonly aliasesText: ProjectFile | undefined;
  readonly working: WorkingFiles;
}

/** Objects of git need not be part of it: their ids are. */
export interface ReadingInputs {
  /** The settings, and which files they ignore. */
  readonly settings: string;
  /** The commits whose histories count. */
  readonly heads: readonly string[];
  /** See {@link TagList.text}. */
  readonly tags: string;
  /** The exact texts, and what is wrong with them. */
  readonly lock: string;
  readonly aliases: string;
  /** The texts of files by path within the prompts folder, or hashes of them. */
  readonly files: ReadonlyMap<string, Fingerprint>;
  /** Hashes of groups of files, where their texts were not kept; see {@link groupOf}. */
  readonly groups?: readonly string[] | undefined;
  /** A hash of all of this. */
  readonly state: () => string;
}

/** A file's text, or a hash of it in a reading that was kept on disk. */
export interface Fingerprint {
  readonly text?: string | undefined;
  /** A hash of the text, if one was made. Files that cannot be read have the same one. */
  hash?: string | undefined;
}

/** `undefined` where objects may be missing and come later, and where files are not in the working tree. */
export async function readInputs(
  repository: OpenRepository,
  { lockText, aliasesText, working }: UnparsedFiles,
  frozen: boolean,
): Promise<ReadingInputs | undefined> {
  const { facts, reader, promptsDir, tagPrefix, trimMessages, isIgnored } = repository;
  if (facts.partial || facts.shallow || facts.bare || working.isSparse) return undefined;
  const { commits, absentBranches } = await readHeads(repository);
  const ignored = working.paths.filter(isIgnored);
  const settings = JSON.stringify([
    ...[promptsDir, tagPrefix, trimMessages, frozen, reader.adapter, reader.prefix],
    ...[absentBranches, ignored, working.diagnostics],
  ]);
  const inputs = {
    settings,
    heads: commits,
    tags: repository.tags.text,
    lock: textOf(lockText),
    aliases: textOf(aliasesText),
    files: new Map(
      working.paths.map((path): [string, Fingerprint] => [path, { text: working.read(path).text ?? UNREADABLE }]),
    ),
  };
  return withState(inputs);
}

function withState(inputs: Omit<ReadingInputs, "state">): ReadingInputs {
  let state: string | undefined;
  return {
    ...inputs,
    state() {
      state ??= hashOf(inputs);
      return state;
    },
  };
}

/** The same with another text of prompts.lock. */
export function withLock({ state, ...inputs }: ReadingInputs, lock: string): ReadingInputs {
  return withState({ ...inputs, lock });
}

const UNREADABLE = "\0";

function textOf(file: ProjectFile | undefined): string {
  if (file === undefined) return "";
  return file.diagnostics.length === 0 ? file.exact : `${UNREADABLE}${JSON.stringify(file.diagnostics)}`;
}

function hashOf({ settings, heads, tags, lock, aliases, files }: Omit<ReadingInputs, "state">): string {
  const hash = createHash("sha256");
  // One long text takes a third of the time of many.
  const add = (texts: readonly string[]) => hash.update(texts.map((text) => `${text.length}\0${text}`).join(""));
  add([settings, heads.join(), tags, lock, aliases]);
  add([...files].map(([path, { text }]) => `${path}\0${text}`));
  return hash.digest("base64url");
}

/** The paths of all files that are not the same, or not in both. */
export function findChangedFiles(earlier: ReadingInputs, { files }: ReadingInputs): string[] {
  const changed = [...earlier.files.keys()].filter((path) => !files.has(path));
  const groups = earlier.groups === undefined ? [] : hashGroups(files);
  for (const [path, file] of files) {
    const before = earlier.files.get(path);
    const own = groupOf(path);
    const isSame = groups[own] !== undefined && groups[own] === earlier.groups?.[own];
    if (before !== undefined && (isSame || isSameFile(before, file))) file.hash ??= before.hash;
    else changed.push(path);
  }
  return changed;
}

function isSameFile(one: Fingerprint, other: Fingerprint): boolean {
  if (one.text !== undefined && other.text !== undefined) return one.text === other.text;
  return hashFile(one) === hashFile(other);
}

function hashFile(file: Fingerprint): string {
  file.hash ??= hashText(file.text ?? "");
  return file.hash;
}

function hashText(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

const GROUPS = 64;

/** Comparing a few hashes of many files each takes a tenth of the time of comparing one for each file. */
function groupOf(path: string): number {
  let sum = 0;
  for (let at = 0; at < path.length; at++) sum = (sum * 31 + path.charCodeAt(at)) | 0;
  return Math.abs(sum) % GROUPS;
}

function hashGroups(files: ReadingInputs["files"]): string[] {
  const groups = Array.from({ length: GROUPS }, (): string[] => []);
  for (const [path, { text = "" }] of files) groups[groupOf(path)]?.push(`${path}\0${text.length}\0${text}`);
  return groups.map((texts) => hashText(texts.join("\0")));
}

/** Whether nothing differs, where both have the texts of files. */
export function areSameInputs(one: ReadingInputs, other: ReadingInputs): boolean {
  if (one.settings !== other.settings || one.heads.join() !== other.heads.join()) return false;
  if (one.tags !== other.tags || one.lock !== other.lock || one.aliases !== other.aliases) return false;
  return findChangedFiles(one, other).length === 0;
}

/** Inputs as texts: large ones that rarely change are apart. */
export interface PrintedInputs {
  readonly tags: string;
  readonly lock: string;
  /** Everything else. */
  readonly others: string;
}

export function printInputs({ settings, heads, tags, lock, aliases, files }: ReadingInputs): PrintedInputs {
  const hashes = [...files].map(([path, file]) => `${path}\0${hashFile(file)}\n`).join("");
  return {
    ...{ tags, lock },
    others: `${JSON.stringify([settings, heads, hashGroups(files), aliases.length])}\n${aliases}${hashes}`,
  };
}

/** @param state The hash of all of it. */
export function parseInputs({ tags, lock, others }: PrintedInputs, state: string): ReadingInputs {
  const end = others.indexOf("\n") + 1;
  const [settings, heads, groups, length] = JSON.parse(others.slice(0, end)) as [string, string[], string[], number];
  const files = others
    .slice(end + length)
    .split("\n")
    .slice(0, -1)
    .map((line): [string, Fingerprint] => {
      const split = line.lastIndexOf("\0");
      return [line.slice(0, split), { hash: line.slice(split + 1) }];
    });
  const aliases = others.slice(end, end + length);
  return { settings, heads, tags, lock, aliases, files: new Map(files), groups, state: () => state };
}
