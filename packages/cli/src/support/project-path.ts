// Paths that users write, as the project knows its files.

import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { CommandContext } from "./command-context.js";

/**
 * The path of a file within the project's folder, with `/`, as diagnostics print it. A relative path starts in the user's
 * folder or, if there is no such file, in the project's folder: paths can then be copied from diagnostics.
 *
 * @returns `undefined` if the path leads out of the project.
 */
export function pathInProject({ terminal, dir }: CommandContext, written: string): string | undefined {
  const fromHere = path.resolve(terminal.cwd, written);
  const inner = within(dir, fromHere);
  if (inner !== undefined && existsSync(fromHere)) return inner;
  const fromProject = path.resolve(dir, written);
  return existsSync(fromProject) ? within(dir, fromProject) : (inner ?? within(dir, fromProject));
}

/** Links are followed if the path is not within the folder as it is written. */
function within(folder: string, file: string): string | undefined {
  return below(folder, file) ?? (existsSync(file) ? below(realpathSync(folder), realpathSync(file)) : undefined);
}

function below(folder: string, file: string): string | undefined {
  const relative = path.relative(folder, file);
  if (relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) return undefined;
  return relative.split(path.sep).join("/");
}
