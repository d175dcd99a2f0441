// Opens a project as the environment says: CUECARD_GIT decides which adapter reads git, because it describes the machine.

import { UsageError } from "@cuecard/model";
import * as project from "@cuecard/project";
import { GIT_CHOICES, type GitChoice } from "@cuecard/project";

/**
 * Opens the project in a folder. Settings are read now; each function of the registry reads the repository anew, once, so a
 * registry that stays open sees what has changed on disk between two calls. The environment variable `CUECARD_GIT` decides
 * which adapter reads git, unless `options.git` does.
 *
 * @throws UsageError when the folder does not exist, or `CUECARD_GIT` is not a valid choice.
 * @example
 * const registry = await openRegistry({ dir: "." });
 * const { diagnostics } = await registry.check();
 * registry.close();
 */
export async function openRegistry(options: project.RegistryOptions): Promise<project.Registry> {
  return project.openRegistry(withEnvironment(options));
}

/**
 * Compiles the project in a folder, without writing anything.
 *
 * @example
 * const { files, diagnostics } = await compile({ dir: "." });
 */
export async function compile(options: project.RegistryOptions): Promise<project.Compilation> {
  return project.compile(withEnvironment(options));
}

function withEnvironment(options: project.RegistryOptions): project.RegistryOptions {
  return { ...options, git: options.git ?? gitFromEnvironment(process.env) };
}

/**
 * @returns the choice of `CUECARD_GIT`; `undefined` if it is unset or empty.
 * @throws UsageError when it is not a valid choice.
 */
export function gitFromEnvironment(environment: Readonly<Record<string, string | undefined>>): GitChoice | undefined {
  const wanted = environment["CUECARD_GIT"];
  if (wanted === undefined || wanted === "") return undefined;
  const choice = GIT_CHOICES.find((known) => known === wanted);
  if (choice === undefined)
    throw new UsageError(`CUECARD_GIT is "${wanted}"; use ${GIT_CHOICES.join(", ").replace(/, (?=\w+$)/, " or ")}`);
  return choice;
}
