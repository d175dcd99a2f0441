// Opens the project that a command works on, shows progress on the terminal, and closes the project at the end.

import type { Registry, RegistryOptions } from "@cuecard/project";
import { startProgress } from "../report/progress.js";
import type { CommandContext } from "./command-context.js";

/** In CI, prompts.lock is frozen unless `options` says otherwise. */
export async function withProject<T>(
  context: CommandContext,
  options: Omit<RegistryOptions, "dir" | "onProgress">,
  work: (registry: Registry) => Promise<T>,
): Promise<T> {
  const { openRegistry } = await import("../open-registry.js");
  const progress = startProgress(context.terminal.stderr, "Reading versions");
  const registry = await openRegistry({
    dir: context.dir,
    frozen: context.automated,
    ...options,
    onProgress: progress.report,
  });
  try {
    return await work(registry);
  } finally {
    progress.end();
    registry.close();
  }
}
