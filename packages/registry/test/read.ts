// For tests: reads a repository as the command line would, with a stand-in for the template parser.

import { type Diagnostic, formatPlace } from "@cuecard/model";
import {
  openRepository,
  type ReadOptions,
  type ReadResult,
  type Repository,
  type RepositoryOptions,
  readSnapshot,
  saveLock,
} from "../src/index.js";

/** Finds partials with a pattern: the registry accepts any function. */
function partialReferences(text: string): string[] {
  return [...text.matchAll(/\{\{>\s*([\w/-]+)/g)].map((match) => match[1] ?? "");
}

/** How a test opens a repository, in place of the usual way. */
export type OpenOptions = Partial<Omit<RepositoryOptions, "dir">>;

/** Opens the repository of a folder for as long as the work takes. */
export async function withRepository<T>(
  dir: string,
  {
    promptsDir = "prompts",
    git,
    onFetch,
    releaseBranches,
    partialReferences: references = partialReferences,
  }: OpenOptions,
  work: (repository: Repository) => Promise<T>,
): Promise<T> {
  const repository = openRepository({ dir, promptsDir, git, onFetch, releaseBranches, partialReferences: references });
  try {
    return await work(repository);
  } finally {
    await repository.close();
  }
}

export function read(dir: string, options: OpenOptions & ReadOptions = {}): Promise<ReadResult> {
  return withRepository(dir, options, (repository) => readSnapshot(repository, options));
}

/** Reads, writes the lock, and returns what was read. */
export async function lock(dir: string, options: OpenOptions & ReadOptions = {}): Promise<ReadResult> {
  const result = await read(dir, options);
  await saveLock(dir, result.lock);
  return result;
}

/** `prompts/a.md@v1:1:1 tag/moved`, one per diagnostic. */
export function brief(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => `${formatPlace(diagnostic)} ${diagnostic.code}`);
}

/** `name@v1`, one per version. */
export function versionsOf(result: ReadResult): string[] | undefined {
  return result.snapshot?.versions.map(({ name, version }) => `${name}@v${version}`);
}
