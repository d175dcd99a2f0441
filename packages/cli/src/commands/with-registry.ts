// The registry of the project that a command works on, with progress on the terminal. Where CI is set, prompts.lock is
// taken as it is, unless the command says otherwise.

import type { Registry, RegistryOptions } from "@cuecard/project";
import { openRegistry } from "../open-registry.js";
import { startProgress } from "../report/progress.js";
import type { CommandContext } from "./command-context.js";

export async function withRegistry<T>(
  context: CommandContext,
  options: Omit<RegistryOptions, "dir" | "onProgress">,
  work: (registry: Registry) => Promise<T>,
): Promise<T> {
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
