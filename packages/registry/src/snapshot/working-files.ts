// The files of the prompts folder in the working tree: their paths, and their texts, each read once.

import { join } from "node:path";
import { compareText, type Diagnostic, diagnose, isWithin } from "@cuecard/model";
import { BLOB_LIMIT, type Decoded, decodeText } from "../disk/text.js";
import { notAFile, type TreeEntry } from "../git/objects.js";
import type { GitReader } from "../git/reader.js";
import { type KnownTexts, readFileText } from "../repository/known-texts.js";
import { SCORES_EXTENSION, SCORES_LIMIT } from "../scores/scores-file.js";
import { listPromptFiles, type PromptFolder } from "./list-prompt-files.js";
import { listSkippedFiles } from "./skipped-files.js";

export interface WorkingFiles {
  /** Within the prompts folder, sorted; also of files that a sparse checkout leaves out. */
  readonly paths: readonly string[];
  /** Whether a sparse checkout leaves files out. */
  readonly isSparse: boolean;
  /** Findings about files and folders that cannot be prompts. */
  readonly diagnostics: readonly Diagnostic[];
  /** @param path One of the paths. */
  read(path: string): Decoded;
}

export interface WorkingFolder extends PromptFolder {
  /** Default: every file is read. */
  readonly knownTexts?: KnownTexts | undefined;
  /** Texts in place of files, by their paths relative to `dir`. Default: none. */
  readonly drafts?: ReadonlyMap<string, string> | undefined;
  /** Reads the objects of files that a sparse checkout leaves out; `undefined` if the repository cannot be read. */
  readonly openReader: () => Promise<Pick<GitReader, "readObject"> | undefined>;
}

/** If the prompts folder does not exist, there are none. */
export async function listWorkingFiles(folder: WorkingFolder): Promise<WorkingFiles> {
  const { dir, promptsDir, openReader, knownTexts } = folder;
  const diagnostics: Diagnostic[] = [];
  const onDisk = new Set(listPromptFiles(folder, diagnostics));
  const skipped = await listSkippedFiles(dir, promptsDir, openReader);
  // All at once: in a partial clone they may have to be fetched.
  const texts = new Map(
    await Promise.all(
      [...skipped].flatMap(([path, entry]) =>
        onDisk.has(path) ? [] : [readSkipped(entry, folder, limitOf(path)).then((text) => [path, text] as const)],
      ),
    ),
  );
  const drafted = draftsWithin(folder);
  for (const [path, text] of drafted) texts.set(path, decodeText(Buffer.from(text)));
  return {
    paths: [...new Set([...onDisk, ...skipped.keys(), ...drafted.keys()])].sort(compareText),
    isSparse: skipped.size > 0,
    diagnostics,
    read(path) {
      const known = texts.get(path);
      if (known !== undefined) return known;
      const file = join(dir, promptsDir, path);
      const text = knownTexts?.read(file, limitOf(path)) ?? readFileText(file, limitOf(path));
      texts.set(path, text);
      return text;
    },
  };
}

/** By their paths within the prompts folder. */
function draftsWithin({ promptsDir, drafts = new Map() }: WorkingFolder): ReadonlyMap<string, string> {
  const all = [...drafts].filter(([file]) => isWithin(file, promptsDir));
  return new Map(all.map(([file, text]) => [file.slice(promptsDir.length + 1), text]));
}

function limitOf(path: string): number {
  return path.endsWith(SCORES_EXTENSION) ? SCORES_LIMIT : BLOB_LIMIT;
}

/** A file that is only in the index. */
async function readSkipped({ mode, oid }: TreeEntry, { openReader }: WorkingFolder, limit?: number): Promise<Decoded> {
  const what = notAFile(mode);
  if (what !== undefined) return { report: (...at) => diagnose("prompt/not-a-file", { what }, ...at) };
  const object = await (await openReader())?.readObject(oid);
  if (object === undefined) return { report: (...at) => diagnose("prompt/not-here", {}, ...at) };
  return decodeText(object.data, object.size, limit);
}
