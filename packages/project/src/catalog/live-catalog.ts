// The catalog of a project that changes, for a process that shows it. A page is made when it is asked for, from the one prompt that it is
// about; of the other prompts, only what lists show is known, and kept until they change.

import {
  type CatalogPrompt,
  type PromptSummary,
  promptFiles,
  promptOfPath,
  sharedFiles,
  shownVersion,
  summarizePrompt,
} from "@cuecard/catalog";
import { assets } from "@cuecard/catalog/assets";
import { devAssets } from "@cuecard/catalog/dev-assets";
import type { Diagnostic } from "@cuecard/model";
import type { Project } from "../read/project.js";
import type { CatalogOptions } from "./catalog.js";
import { CatalogMemory } from "./catalog-memory.js";
import { type CatalogReader, type CatalogRequest, readCatalog } from "./read-catalog.js";

export interface LiveCatalog {
  /** Reads what has changed. If the project cannot be read, the pages stay as they are. */
  update(): Promise<LiveUpdate>;
  /** Searches the code again for places that load prompts; {@link update} then takes them over. */
  searchCode(): Promise<void>;
  /**
   * The text of a file of the site.
   *
   * @param path `prompts/greet@v2.html`.
   * @returns `undefined` if there is no such file.
   */
  file(path: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface LiveUpdate {
  /** Whether any page differs from what it was. */
  readonly isChanged: boolean;
  /** Whether there are pages. */
  readonly isReadable: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export type LiveCatalogOptions = Omit<CatalogOptions, "out">;

/** @param open Opens the project as it is now. */
export function openLiveCatalog(open: () => Project, request: Omit<CatalogRequest, "isLive">): LiveCatalog {
  const memory = new CatalogMemory();
  const own = new Map([...assets, ...devAssets].map(({ path, text }) => [path, text]));
  let shown: ShownProject | undefined;
  return {
    async update() {
      const project = open();
      const before = shown;
      try {
        const { reader, diagnostics } = await readCatalog(project, { ...request, isLive: true }, memory);
        if (reader === undefined) return { isChanged: false, isReadable: false, diagnostics };
        shown = new ShownProject(project, reader, before);
        return { isChanged: before?.reader.key !== reader.key, isReadable: true, diagnostics };
      } finally {
        await (shown === before ? project.close() : before?.close());
      }
    },
    async searchCode() {
      const project = open();
      try {
        await memory.searchAgain(project);
      } finally {
        await project.close();
      }
    },
    file: async (path) => own.get(path) ?? shown?.file(path),
    close: async () => shown?.close(),
  };
}

/** How many prompts are kept as they were read. */
const MOST_PROMPTS = 8;

interface Keyed<T> {
  readonly key: string;
  readonly value: T;
}

type SharedFiles = ReturnType<typeof sharedFiles>;

/** A project as it was at one time. */
class ShownProject {
  readonly reader: CatalogReader;
  readonly #project: Project;
  /** What lists show of each prompt; `undefined` for prompts that do not compile. */
  readonly #summaries: Map<string, Keyed<PromptSummary | undefined>>;
  /** The prompts whose pages were asked for last. */
  readonly #prompts: Map<string, Keyed<Promise<CatalogPrompt | undefined>>>;
  readonly #asked = new Set<Promise<unknown>>();
  /** The files about all prompts, once one of them was asked for. */
  #shared: Promise<SharedFiles> | undefined;

  /** @param before Where what has not changed is taken from. */
  constructor(project: Project, reader: CatalogReader, before: ShownProject | undefined) {
    this.#project = project;
    this.reader = reader;
    // Shared with the project as it was, whose pages may still be on their way.
    this.#summaries = before === undefined ? new Map() : before.#summaries;
    this.#prompts = before === undefined ? new Map() : before.#prompts;
  }

  file(path: string): Promise<string | undefined> {
    const text = this.#makeText(path);
    this.#asked.add(text);
    const done = () => this.#asked.delete(text);
    text.then(done, done);
    return text;
  }

  /** What was asked for before is answered. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#asked);
    await this.#project.close();
  }

  async #makeText(path: string): Promise<string | undefined> {
    const name = promptOfPath(path);
    const files = name === undefined ? await this.#sharedFiles() : await this.#filesOf(name);
    return files?.get(path)?.();
  }

  async #filesOf(name: string) {
    const prompt = await this.#prompt(name);
    const shown = prompt && shownVersion(prompt);
    return shown && new Map(promptFiles({ prompt, shown }, this.reader.facts));
  }

  #sharedFiles(): Promise<SharedFiles> {
    this.#shared ??= this.#summarizeAll().then((prompts) => sharedFiles(prompts, this.reader.facts));
    return this.#shared;
  }

  #prompt(name: string): Promise<CatalogPrompt | undefined> {
    const key = this.reader.keyOf(name);
    const known = this.#prompts.get(name);
    const prompt = known?.key === key ? known.value : this.#readOne(name);
    this.#prompts.delete(name);
    this.#prompts.set(name, { key, value: prompt });
    const [oldest] = this.#prompts.keys();
    if (this.#prompts.size > MOST_PROMPTS && oldest !== undefined) this.#prompts.delete(oldest);
    return prompt;
  }

  async #readOne(name: string): Promise<CatalogPrompt | undefined> {
    if (!this.reader.names.includes(name)) return undefined;
    for await (const prompt of this.reader.read([name])) return prompt;
    return undefined;
  }

  async #summarizeAll(): Promise<readonly PromptSummary[]> {
    const { reader } = this;
    const keys = new Map(reader.names.map((name) => [name, reader.keyOf(name)]));
    const changed = reader.names.filter((name) => this.#summaries.get(name)?.key !== keys.get(name));
    for await (const prompt of reader.read(changed, false)) {
      const shown = shownVersion(prompt);
      const value = shown && summarizePrompt(prompt, shown);
      this.#summaries.set(prompt.name, { key: keys.get(prompt.name) ?? "", value });
    }
    return reader.names.flatMap((name) => this.#summaries.get(name)?.value ?? []);
  }
}
