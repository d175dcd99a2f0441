// A project before any of it is parsed: its repository, the texts of its files, and the state that both are in. As long as the state
// is the same, everything that was found out about the project is still true.

import { ALIASES_FILE } from "../alias-file/parse-aliases.js";
import { readProjectFile } from "../git/project-file.js";
import { RepositoryUnreadable } from "../git/reader.js";
import { LOCK_FILE } from "../lock/lock-file.js";
import { type OpenRepository, openIfReadable, type Repository } from "../repository/repository.js";
import type { WorkingOptions } from "./read-working-tree.js";
import { type ReadingInputs, readInputs, type UnparsedFiles } from "./reading-inputs.js";
import { listWorkingFiles } from "./working-files.js";

export interface ProjectView {
  /** The repository, or why it cannot be read. */
  readonly opened: OpenRepository | RepositoryUnreadable;
  readonly files: UnparsedFiles;
  /** Everything that a reading is made from; see {@link readInputs}. */
  inputs(): Promise<ReadingInputs | undefined>;
}

/** @param frozen Whether prompts.lock is used without changes. */
export async function viewProject(repository: Repository, frozen: boolean): Promise<ProjectView> {
  // git lists the tags while the files are listed: it is started first, and files are read synchronously.
  const [opened, files] = await Promise.allSettled([repository.open(), listProjectFiles(repository)]);
  if (files.status === "rejected") throw files.reason;
  if (opened.status === "rejected") {
    if (!(opened.reason instanceof RepositoryUnreadable)) throw opened.reason;
    return { opened: opened.reason, files: files.value, inputs: async () => undefined };
  }
  let inputs: Promise<ReadingInputs | undefined> | undefined;
  return {
    opened: opened.value,
    files: files.value,
    inputs() {
      inputs ??= readInputs(opened.value, files.value, frozen).catch((error: unknown) => {
        if (error instanceof RepositoryUnreadable) return undefined; // reading it reports why
        throw error;
      });
      return inputs;
    },
  };
}

async function listProjectFiles(repository: Repository): Promise<UnparsedFiles> {
  const { dir } = repository;
  const [lockText, aliasesText, working] = await Promise.all([
    readProjectFile(dir, LOCK_FILE),
    readProjectFile(dir, ALIASES_FILE),
    listWorkingFiles(workingOptions(repository)),
  ]);
  return { lockText, aliasesText, working };
}

export function workingOptions(repository: Repository): WorkingOptions {
  const { memory } = repository;
  return {
    ...repository,
    knownTexts: memory?.texts,
    openReader: async () => (await openIfReadable(repository))?.reader,
  };
}
