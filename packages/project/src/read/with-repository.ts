// Opens a project's repository for one piece of work.

import { openRepository, type Repository, type RepositoryOptions } from "@cuecard/registry";
import { chooseGit } from "../settings/git-choice.js";
import type { Project } from "../settings/open-project.js";
import { loadCompiler } from "./compiler.js";

export async function withRepository<T>(
  { dir, config }: Project,
  work: (repository: Repository) => Promise<T>,
  partialReferences?: RepositoryOptions["partialReferences"],
): Promise<T> {
  const repository = openRepository({
    dir,
    promptsDir: config.prompts,
    git: chooseGit(config.git, process.env),
    partialReferences: partialReferences ?? (async (text) => (await loadCompiler()).partialReferences(text)),
  });
  try {
    return await work(repository);
  } finally {
    await repository.close();
  }
}
