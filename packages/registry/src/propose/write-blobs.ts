// Writes what a proposal contains as blobs, which no tree names yet, with the filters of git's attributes.

import { join } from "node:path";
import { type Diagnostic, diagnose } from "@cuecard/model";
import { digestFile } from "../disk/digest-file.js";
import { findNonFile } from "../disk/find-link.js";
import { readIfPresent } from "../disk/read-if-present.js";
import { tryGit } from "../git/run.js";
import { hashBlob } from "../register/file-state.js";
import { unlessUnreadable } from "../register/unless-unreadable.js";
import type { Repository } from "../repository/repository.js";
import { findForeignFile } from "./foreign-file.js";
import { type ProposedFile, UNMERGED } from "./proposal.js";

export interface ChosenFile {
  /** Relative to the project's folder. */
  readonly file: string;
  /** What the file on disk must be; see {@link ChangedFile.digest}. Empty: it must not exist. */
  readonly digest: string;
}

/** Writes files of the working tree as they are on disk, each read once. */
export function writeChosen(
  repository: Repository,
  chosen: readonly ChosenFile[],
): Promise<readonly ProposedFile[] | Diagnostic> {
  return unlessUnreadable(async () => {
    const foreign = findForeignFile(repository, chosen);
    if (foreign !== undefined) return foreign;
    const unmerged = await findUnmerged(repository, chosen);
    if (unmerged !== undefined) return unmerged;
    const files: ProposedFile[] = [];
    for (const one of chosen) {
      const written = await writeFile(repository, one);
      if ("code" in written) return written;
      files.push(written);
    }
    return files;
  });
}

/** A file with conflicts has their marks in its text. */
async function findUnmerged(repository: Repository, chosen: readonly ChosenFile[]): Promise<Diagnostic | undefined> {
  const { facts, reader } = await repository.open();
  const { text } = await tryGit(facts, ["ls-files", "--unmerged", "-z", "--", `:(top,literal)${reader.prefix}`]);
  // https://git-scm.com/docs/git-ls-files#_output: the path follows a tab.
  const paths = new Set(text.split("\0").map((line) => line.slice(line.indexOf("\t") + 1)));
  const found = chosen.find(({ file }) => paths.has(`${reader.prefix}${file}`));
  return found && diagnose("propose/not-proposable", { path: found.file, problem: UNMERGED }, { file: found.file });
}

async function writeFile(repository: Repository, { file, digest }: ChosenFile): Promise<ProposedFile | Diagnostic> {
  const { facts, reader } = await repository.open();
  const nonFile = findNonFile(repository.dir, file);
  if (nonFile !== undefined) {
    const problem = `${nonFile.path} is ${nonFile.what}`;
    return diagnose("propose/not-proposable", { path: file, problem }, { file });
  }
  let bytes: Buffer | undefined;
  try {
    bytes = readIfPresent(join(repository.dir, file));
  } catch {
    return diagnose("propose/not-proposable", { path: file, problem: "it cannot be read" }, { file });
  }
  const now = bytes === undefined ? "" : digestFile(bytes);
  if (now !== digest) return diagnose("propose/file-changed", { path: file }, { file });
  const blob = bytes === undefined ? undefined : await hashBlob(facts, `${reader.prefix}${file}`, bytes, true);
  return { file, blob };
}

/** Writes a text as the content of a file. */
export async function writeText(
  repository: Repository,
  file: string,
  text: string,
): Promise<ProposedFile | Diagnostic> {
  return unlessUnreadable(async () => {
    const { facts, reader } = await repository.open();
    return { file, blob: await hashBlob(facts, `${reader.prefix}${file}`, text, true) };
  });
}
