// Searches, filters and sorts the rows of the list. Their state is in the URL, so that every view has a link.

import MiniSearch from "minisearch";
import { RowWindow } from "./row-window.js";
import { announce } from "./themes.js";

const FILTERS = ["tag", "alias", "model", "owner"] as const;

interface Row {
  readonly element: HTMLTableRowElement;
  readonly name: string;
  /** What is searched as it is typed, in lower case. */
  readonly words: string;
  readonly values: Readonly<Record<(typeof FILTERS)[number], readonly string[]>>;
}

export function startList(): void {
  const table = document.getElementById("prompts");
  const form = document.getElementById("filters");
  if (table instanceof HTMLTableElement && form instanceof HTMLFormElement) new List(table, form);
}

class List {
  readonly #table: HTMLTableElement;
  readonly #form: HTMLFormElement;
  readonly #window: RowWindow | undefined;
  /** In the order of the list. */
  #rows: readonly Row[];
  /** In the order that was chosen. */
  #sorted: readonly Row[];
  /** Finds prompts by words of their texts; `undefined` until the texts are loaded. */
  #texts: MiniSearch | undefined;
  #isLoading = false;
  #sort = "";

  constructor(table: HTMLTableElement, form: HTMLFormElement) {
    this.#table = table;
    this.#form = form;
    const [body] = table.tBodies;
    this.#rows = [...(body?.rows ?? [])].map(readRow);
    this.#sorted = this.#rows;
    this.#window = body && new RowWindow(body);
    form.hidden = false;
    this.#makeSortable();
    this.#restore();
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.#update());
    document.getElementById("clear")?.addEventListener("click", () => {
      form.reset();
      this.#update();
      this.#search.focus();
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.#search.value === "") return;
      this.#search.value = "";
      this.#update();
    });
    addEventListener("popstate", () => this.#restore());
    this.#loadParts();
  }

  /** The other pages of a long list. */
  async #loadParts(): Promise<void> {
    const nav = document.getElementById("parts");
    if (nav === null) return;
    const parts: (readonly Row[])[] = [];
    for (const link of nav.querySelectorAll("a")) {
      const isOwn = link.getAttribute("aria-current") !== null;
      const rows = isOwn ? this.#rows : await readPart(link.href);
      // Without them, the links lead there.
      if (rows === undefined) return;
      parts.push(rows);
    }
    nav.hidden = true;
    this.#rows = parts.flat();
    this.#sortBy(this.#sort);
    this.#show();
  }

  get #search(): HTMLInputElement {
    return this.#form.elements.namedItem("q") as HTMLInputElement;
  }

  #value(name: string): string {
    const field = this.#form.elements.namedItem(name);
    return field instanceof HTMLSelectElement || field instanceof HTMLInputElement ? field.value : "";
  }

  #restore(): void {
    const query = new URLSearchParams(location.search);
    for (const name of ["q", ...FILTERS]) {
      const field = this.#form.elements.namedItem(name);
      if (field instanceof HTMLSelectElement || field instanceof HTMLInputElement) field.value = query.get(name) ?? "";
    }
    const sort = query.get("sort");
    if (sort !== null) this.#sortBy(sort);
    this.#show();
  }

  #update(): void {
    this.#show();
    const query = new URLSearchParams();
    for (const name of ["q", ...FILTERS]) if (this.#value(name) !== "") query.set(name, this.#value(name));
    if (this.#sort !== "") query.set("sort", this.#sort);
    const text = query.toString();
    history.replaceState(undefined, "", text === "" ? location.pathname : `?${text}`);
  }

  #show(): void {
    const words = this.#value("q").toLowerCase().trim();
    if (words !== "") this.#loadTexts();
    const found = words === "" ? undefined : this.#texts?.search(words, { prefix: true, combineWith: "AND" });
    const byText = new Set(found?.map(({ id }) => id as string));
    const chosen = FILTERS.map((filter) => [filter, this.#value(filter)] as const).filter(([, value]) => value !== "");
    const fitting = this.#sorted.filter(({ name, words: own, values }) => {
      const isFound = words === "" || own.includes(words) || byText.has(name);
      return isFound && chosen.every(([filter, value]) => values[filter].includes(value));
    });
    this.#window?.show(fitting.map(({ element }) => element));
    const label = document.getElementById("shown");
    const all = Number(label?.dataset["total"] ?? this.#rows.length);
    const shown = fitting.length === this.#rows.length ? all : fitting.length;
    const text = shown === all ? `${all} prompt${all === 1 ? "" : "s"}` : `${shown} of ${all} prompts`;
    if (label !== null && label.textContent !== text) {
      label.textContent = text;
      announce(text);
    }
    const nothing = document.getElementById("nothing");
    if (nothing !== null) nothing.hidden = shown > 0;
  }

  /** The texts of prompts are larger than the list: they are loaded with the first search. */
  async #loadTexts(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const response = await fetch("data/search.json").catch(() => undefined);
    if (response?.ok !== true) return;
    const index = new MiniSearch({ idField: "name", fields: ["text"], storeFields: [] });
    await index.addAllAsync(await response.json(), { chunkSize: 100 });
    this.#texts = index;
    this.#show();
  }

  #makeSortable(): void {
    for (const header of this.#table.tHead?.querySelectorAll<HTMLElement>("th[data-sort]") ?? []) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const key = header.dataset["sort"] ?? "";
        this.#sortBy(this.#sort === key ? `-${key}` : key);
        this.#update();
      });
    }
  }

  /** @param sort The key of a column; after `-`, descending. */
  #sortBy(sort: string): void {
    this.#sorted = this.#rows;
    const key = sort.replace(/^-/, "");
    const headers = [...(this.#table.tHead?.querySelectorAll<HTMLElement>("th[data-sort]") ?? [])];
    const column = headers.findIndex((header) => header.dataset["sort"] === key);
    if (column < 0) return;
    this.#sort = sort;
    for (const header of headers) header.removeAttribute("aria-sort");
    const sign = sort.startsWith("-") ? -1 : 1;
    headers[column]?.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    const valued = this.#rows.map((row) => ({ row, value: row.element.cells[column]?.dataset["value"] ?? "" }));
    this.#sorted = valued.sort((a, b) => sign * compareValues(a.value, b.value)).map(({ row }) => row);
  }
}

function compareValues(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows of another page of the list; `undefined` if it cannot be loaded. */
async function readPart(url: string): Promise<readonly Row[] | undefined> {
  const response = await fetch(url).catch(() => undefined);
  if (response?.ok !== true) return undefined;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return [...page.querySelectorAll<HTMLTableRowElement>("#prompts tbody tr")].map((row) =>
    readRow(document.adoptNode(row)),
  );
}

function readRow(element: HTMLTableRowElement): Row {
  const { name = "", tags = "", aliases = "", model = "", owner = "" } = element.dataset;
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  const description = element.querySelector(".description")?.textContent ?? "";
  return {
    element,
    name,
    words: [name, description, tags, model].join("\n").toLowerCase(),
    values: { tag: lines(tags), alias: lines(aliases), model: lines(model), owner: lines(owner) },
  };
}
