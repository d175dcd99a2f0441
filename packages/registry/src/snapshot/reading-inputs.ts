// What a reading of a project is made from: the refs, the commit that is checked out, and every file. It is kept with the reading, so that
// the next one finds out whether anything has changed, and what.

import type { ProjectFile } from "../git/project-file.js";
import { readHeads } from "../history/heads.js";
import type { OpenRepository } from "../repository/repository.js";
import { InputFiles } from "./input-files.js";
import { hashText, InputText } from "./input-text.js";
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
  readonly tags: InputText;
  /** The exact text, or what is wrong with it. */
  readonly lock: InputText;
  /** As `lock`. */
  readonly aliases: string;
  readonly files: InputFiles;
  /** A hash of all of this. */
  readonly state: () => string;
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
  return withState({
    settings,
    heads: commits,
    tags: InputText.of(repository.tags.text),
    lock: InputText.of(textOf(lockText)),
    aliases: textOf(aliasesText),
    files: new InputFiles(working.paths.map((path) => [path, InputText.of(working.read(path).text ?? UNREADABLE)])),
  });
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
  return withState({ ...inputs, lock: InputText.of(lock) });
}

const UNREADABLE = "\0";

function textOf(file: ProjectFile | undefined): string {
  if (file === undefined) return "";
  return file.diagnostics.length === 0 ? file.exact : `${UNREADABLE}${JSON.stringify(file.diagnostics)}`;
}

function hashOf({ settings, heads, tags, lock, aliases, files }: Omit<ReadingInputs, "state">): string {
  return hashText(JSON.stringify([settings, heads, tags.hash, lock.hash, hashText(aliases), files.groups]));
}

/** Whether nothing differs. */
export function areSameInputs(one: ReadingInputs, other: ReadingInputs): boolean {
  if (one.settings !== other.settings || one.heads.join() !== other.heads.join()) return false;
  if (!one.tags.isSame(other.tags) || !one.lock.isSame(other.lock) || one.aliases !== other.aliases) return false;
  return other.files.changedSince(one.files).length === 0;
}

/** Inputs as texts. */
export interface PrintedInputs extends Pick<ReadingInputs, "tags" | "lock"> {
  /** Everything else, with the hashes of the texts that are apart because they are large and rarely change. */
  readonly others: string;
}

type Header = [settings: string, heads: string[], groups: string[], aliases: number, tags: string, lock: string];

export function printInputs({ settings, heads, tags, lock, aliases, files }: ReadingInputs): PrintedInputs {
  const hashes = [...files.files].map(([path, file]) => `${path}\0${file.hash}\n`).join("");
  const header: Header = [settings, [...heads], [...files.groups], aliases.length, tags.hash, lock.hash];
  return { tags, lock, others: `${JSON.stringify(header)}\n${aliases}${hashes}` };
}

/** Reads the texts that are apart when they are needed. */
type KeptTexts = Readonly<Record<keyof Pick<ReadingInputs, "tags" | "lock">, () => string | undefined>>;

/** @param state The hash of all of it. */
export function parseInputs(others: string, texts: KeptTexts, state: string): ReadingInputs {
  const end = others.indexOf("\n") + 1;
  const [settings, heads, groups, length, tags, lock] = JSON.parse(others.slice(0, end)) as Header;
  const files = others
    .slice(end + length)
    .split("\n")
    .slice(0, -1)
    .map((line) => {
      const split = line.lastIndexOf("\0");
      return [line.slice(0, split), InputText.kept(line.slice(split + 1))] as const;
    });
  return {
    ...{ settings, heads, aliases: others.slice(end, end + length) },
    tags: InputText.kept(tags, texts.tags),
    lock: InputText.kept(lock, texts.lock),
    files: new InputFiles(files, groups),
    state: () => state,
  };
}
