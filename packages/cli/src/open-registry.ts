// Opens a project as the environment says.

import * as project from "@cuecard/project";
import { gitFromEnvironment } from "./git-choice.js";

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
