// A project that stays open: opened again when its settings change, and watched with whatever it is made of at the moment.

import type { Registry } from "@cuecard/project";
import { coalesce, type Loop } from "./coalesce.js";
import { SETTLE_MS, settingsText, startWatcher, type Watcher, watchedFiles } from "./start-watcher.js";

export interface WatchedProject {
  /** As it was opened last. */
  readonly registry: Registry;
  /** Opens the project again if its settings have changed. */
  reopen(): Promise<void>;
  /**
   * Watches what the project is made of now. If that differs from before, it triggers once more: a change before the watcher started has no
   * event.
   *
   * @returns Whether it differs.
   */
  watch(helperFiles: readonly string[]): Promise<boolean>;
  /** Runs after changes. */
  readonly loop: Loop;
  /** Waits for a run in progress, and ends watching. The registry stays open, so that it can be saved. */
  stop(): Promise<void>;
}

/** @param changed Runs when something has changed, and never twice at once. */
export async function watchProject(
  dir: string,
  open: () => Promise<Registry>,
  changed: () => Promise<void>,
): Promise<WatchedProject> {
  let registry = await open();
  let settings = settingsText(dir);
  let watched = "";
  let watcher: Watcher | undefined;
  const loop = coalesce(changed, SETTLE_MS);
  return {
    get registry() {
      return registry;
    },
    loop,
    async reopen() {
      const text = settingsText(dir);
      if (text === settings) return;
      registry.close();
      registry = await open();
      settings = text;
    },
    async watch(helperFiles) {
      const files = watchedFiles(registry, helperFiles);
      if (files === watched) return false;
      watched = files;
      await watcher?.close();
      watcher = await startWatcher(registry, helperFiles, () => loop.trigger());
      loop.trigger();
      return true;
    },
    async stop() {
      // The loop first, because it may be starting a watcher.
      await loop.stop();
      await watcher?.close();
    },
  };
}
