// The project that a server is about: its registry, and the prompts that it offers, read again whenever files or versions change.

import { compareText } from "@cuecard/model";
import type { PromptAt, PromptsAt, Registry, RegistryOptions } from "@cuecard/project";
import { openRegistry } from "../open-registry.js";
import { TooMany, takeTurns } from "../support/in-turn.js";
import { watchProject } from "../watch/watched-project.js";

export interface ServedOptions {
  /** `working`, `latest`, or an alias. Default: the latest version, or the working file before the first release. */
  readonly alias?: string | undefined;
  /** Selects the version of weighted aliases. Default: the one with the largest weight. */
  readonly key?: string | undefined;
  /** Whether prompts may call the project's helpers, which runs them. */
  readonly helpers: boolean;
  /** Whether tools may write to branches. */
  readonly allowWrite: boolean;
}

export interface ServedProject {
  readonly options: ServedOptions;
  /** Does something with the registry, after all requests that came before. */
  use<T>(work: (registry: Registry) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Settles when the prompts have been read: a client is answered before, because in a large project that takes seconds. */
  readonly ready: Promise<void>;
  /** The prompts that are offered, sorted by name; empty before `ready`. */
  readonly prompts: readonly PromptAt[];
  /** What was read last. */
  readonly read: PromptsAt;
  /** Reads the prompts again, for a client that knows of a change before the watcher does. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Calls the listener whenever the offered prompts have changed. Returns a function that ends this. */
  onChange(listener: () => void): () => void;
  /** Rejects if reading or watching fails, which is a bug. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** How many requests may wait for others. */
const MOST_WAITING = 256;

const NOTHING_READ: PromptsAt = { prompts: [], names: [], aliases: [], helperFiles: [], diagnostics: [] };

/** Opens the project, and begins to read and to watch it. */
export async function serveProject(where: RegistryOptions, options: ServedOptions): Promise<ServedProject> {
  const { alias, key } = options;
  const turns = takeTurns(MOST_WAITING);
  const listeners = new Set<() => void>();
  let read = NOTHING_READ;
  let prompts = read.prompts;

  async function readAgain(): Promise<void> {
    await project.reopen();
    const isFirst = read === NOTHING_READ;
    const before = JSON.stringify(prompts.map(identity));
    read = await project.registry.promptsAt({ ref: alias, key });
    prompts = keepBroken(prompts, read);
    if (!isFirst && JSON.stringify(prompts.map(identity)) !== before) for (const listener of listeners) listener();
  }

  const project = await watchProject(
    where.dir,
    () => openRegistry(where),
    async () => {
      try {
        await turns.run(readAgain);
      } catch (error) {
        // The requests that wait read the repository themselves, and the next change triggers this again.
        if (!(error instanceof TooMany)) throw error;
      }
      await project.watch(read.helperFiles);
    },
  );

  const ready = turns.run(readAgain);
  const watching = ready.then(() => project.watch(read.helperFiles));
  const failed = Promise.race([project.loop.failed, watching.then(() => new Promise<never>(() => {}))]);
  failed.catch(() => {}); // A rejection without a listener would end the process.
  return {
    options,
    ready,
    get prompts() {
      return prompts;
    },
    get read() {
      return read;
    },
    use: (work, signal) => turns.run(() => work(project.registry), signal),
    refresh: (signal) => turns.run(readAgain, signal),
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    failed,
    async close() {
      await watching.catch(() => {});
      await project.stop();
      await turns.settled();
      await project.registry.save();
      project.registry.close();
    },
  };
}

/** What clients see of a prompt in a list, and what decides about its text. */
function identity({ name, ref, compiled: { version, digest, content } }: PromptAt): unknown {
  return [name, ref, version, digest, content.description, content.inputSchema, content.defaults];
}

/**
 * A prompt that is being edited is broken from time to time. It stays in the list as it was, because menus would flicker otherwise;
 * its text is never an old one: getting it reports the errors.
 */
function keepBroken(before: readonly PromptAt[], { prompts, diagnostics, names }: PromptsAt): readonly PromptAt[] {
  const found = new Set(prompts.map(({ name }) => name));
  const broken = new Set(
    diagnostics.flatMap(({ severity, subject }) => (severity === "error" ? subject?.name : []) ?? []),
  );
  const kept = before.filter(({ name }) => !found.has(name) && broken.has(name) && names.includes(name));
  return [...prompts, ...kept].sort((a, b) => compareText(a.name, b.name));
}
