// The catalog that `cuecard dev` serves, also while the project is opened again because its settings have changed.

import type { LiveCatalog, LiveCatalogOptions, LiveUpdate, Registry } from "@cuecard/project";

interface OpenCatalog {
  readonly registry: Registry;
  readonly catalog: LiveCatalog;
}

export class ServedCatalog {
  /** Whether the next update searches the code for places that load prompts. */
  searchesCode = false;
  readonly #options: LiveCatalogOptions;
  /** Whose pages are served. */
  #shown: OpenCatalog | undefined;
  /** That of the settings as they are now. */
  #current: OpenCatalog | undefined;

  constructor(options: LiveCatalogOptions) {
    this.#options = options;
  }

  /** Reads what has changed. If the project cannot be read, the pages stay as they are. */
  async update(registry: Registry): Promise<LiveUpdate> {
    if (this.#current?.registry !== registry) {
      if (this.#current !== this.#shown) await this.#current?.catalog.close();
      this.#current = { registry, catalog: await registry.openCatalog(this.#options) };
    }
    const { catalog } = this.#current;
    if (this.searchesCode) await catalog.searchCode();
    this.searchesCode = false;
    const update = await catalog.update();
    if (!update.isReadable || this.#shown === this.#current) return update;
    const before = this.#shown;
    this.#shown = this.#current;
    await before?.catalog.close();
    return { ...update, isChanged: true };
  }

  /** Whether there are pages. */
  get isReadable(): boolean {
    return this.#shown !== undefined;
  }

  /** @returns The text of a file of the site; `undefined` if there is no such file. */
  async file(path: string): Promise<string | undefined> {
    return this.#shown?.catalog.file(path);
  }

  async close(): Promise<void> {
    if (this.#current !== this.#shown) await this.#current?.catalog.close();
    await this.#shown?.catalog.close();
  }
}
