// Opens the project that a command works on, shows progress on the terminal, and closes the project at the end.

import type { Registry, RegistryOptions } from "@cuecard/project";
import { RequestError } from "../exit.js";
import { plural } from "../report/count.js";
import { startProgress } from "../report/progress.js";
import type { CommandContext } from "./command-context.js";
import { findProjectsBelow } from "./find-projects-below.js";

/** In CI, prompts.lock is frozen unless `options` says otherwise. */
export async function withProject<T>(
  context: CommandContext,
  { onProgress, ...options }: Omit<RegistryOptions, "dir">,
  work: (registry: Registry) => Promise<T>,
): Promise<T> {
  await refuseTop(context);
  const { openRegistry } = await import("../open-registry.js");
  const progress = startProgress(context.terminal.stderr, "Reading versions");
  const registry = await openRegistry({
    dir: context.dir,
    frozen: context.automated,
    offline: context.offline,
    onFetch: (objects) => sayFetch(context, objects),
    ...options,
    onProgress(done, total) {
      onProgress?.(done, total);
      progress.report(done, total);
    },
  });
  try {
    return await work(registry);
  } finally {
    progress.end();
    registry.close();
  }
}

function sayFetch({ terminal }: CommandContext, objects: number): void {
  terminal.stderr.write(`Fetching ${plural(objects, "object")} that this partial clone left out …\n`);
}

/** @throws RequestError above the projects of a repository: which of them is meant is not known. */
export async function refuseTop(context: CommandContext): Promise<void> {
  const projects = await findProjectsBelow(context);
  const [first] = projects;
  if (first === undefined) return;
  const folders = projects.slice(0, NAMED).map(({ folder }) => folder);
  const named =
    projects.length > NAMED ? `${folders.join(", ")} and ${projects.length - NAMED} more` : folders.join(", ");
  throw new RequestError(
    `this folder is not a project; there ${projects.length === 1 ? "is one" : "are projects"} in ${named}`,
    `change to one of these folders, or name one: \`cuecard --cwd ${first.folder} …\``,
  );
}

/** How many folders are named. */
const NAMED = 4;
