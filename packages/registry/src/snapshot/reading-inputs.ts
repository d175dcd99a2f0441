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
  /** A hash of all of this. */
  readonly state: () => string;
}

/** The text of a file, until it is kept on disk; then a hash. Files that cannot be read have the same one. */
export type Fingerprint = { readonly text: string } | { readonly hash: string };

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
    files: new Map(working.paths.map((path) => [path, { text: working.read(path).text ?? UNREADABLE }] as const)),
  };
  let state: string | undefined;
  return {
    ...inputs,
    state() {
      state ??= hashOf(inputs);
      return state;
    },
  };
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
  add([...files].map(([path, file]) => `${path}\0${"text" in file ? file.text : file.hash}`));
  return hash.digest("base64url");
}

/** Whether two fingerprints are of the same text. */
export function isSameFile(one: Fingerprint, other: Fingerprint): boolean {
  if ("text" in one && "text" in other) return one.text === other.text;
  return hashFile(one) === hashFile(other);
}

function hashFile(file: Fingerprint): string {
  return "hash" in file ? file.hash : createHash("sha256").update(file.text).digest("base64url");
}

/** The inputs as a text: the small ones and the lengths of the others on the first line, then the others. */
export function printInputs({ settings, heads, tags, lock, aliases, files }: ReadingInputs): string {
  const hashes = [...files].map(([path, file]) => `${path}\0${hashFile(file)}\n`).join("");
  const texts = [tags, lock, aliases, hashes];
  return `${JSON.stringify([settings, heads, ...texts.map(({ length }) => length)])}\n${texts.join("")}`;
}

/** @param state The hash of all of it. */
export function parseInputs(text: string, state: string): ReadingInputs {
  const end = text.indexOf("\n");
  const [settings, heads, ...lengths] = JSON.parse(text.slice(0, end)) as [string, string[], ...number[]];
  let at = end + 1;
  const next = (length = 0): string => {
    at += length;
    return text.slice(at - length, at);
  };
  const [tags, lock, aliases, hashes] = [next(lengths[0]), next(lengths[1]), next(lengths[2]), next(lengths[3])];
  const files = hashes
    .split("\n")
    .slice(0, -1)
    .map((line): [string, Fingerprint] => {
      const split = line.lastIndexOf("\0");
      return [line.slice(0, split), { hash: line.slice(split + 1) }];
    });
  return { settings, heads, tags, lock, aliases, files: new Map(files), state: () => state };
}
