// Shows the first of many rows, and more when their end comes near: what the browser lays out again does not grow with the table.

/** How many rows are added at a time. */
const STEP = 100;
/** How far below the screen the last row must be. */
const MARGIN = "1500px";

export class RowWindow {
  readonly #body: HTMLTableSectionElement;
  readonly #observer: IntersectionObserver;
  #rows: readonly HTMLTableRowElement[] = [];
  #shown = 0;

  constructor(body: HTMLTableSectionElement) {
    this.#body = body;
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#extend(this.#shown + STEP);
      },
      { rootMargin: MARGIN },
    );
    addEventListener("beforeprint", () => this.#extend(this.#rows.length));
    // A page that is shown again is scrolled to where it was.
    addEventListener("pagehide", () => history.replaceState({ rows: this.#shown }, ""));
  }

  show(rows: readonly HTMLTableRowElement[]): void {
    // More rows may only have been added at the end.
    const isSame = this.#shown > 0 && this.#rows.slice(0, this.#shown).every((row, index) => row === rows[index]);
    const isFirst = this.#rows.length === 0;
    this.#rows = rows;
    if (isSame) {
      this.#extend(STEP);
      return;
    }
    this.#shown = Math.min(rows.length, isFirst ? Math.max(STEP, rowsBefore()) : STEP);
    this.#body.replaceChildren(...rows.slice(0, this.#shown));
    this.#watchLast();
  }

  /** @param count How many rows are shown at least. */
  #extend(count: number): void {
    const next = this.#rows.slice(this.#shown, count);
    this.#shown += next.length;
    this.#body.append(...next);
    this.#watchLast();
  }

  #watchLast(): void {
    this.#observer.disconnect();
    const last = this.#body.lastElementChild;
    if (last !== null && this.#shown < this.#rows.length) this.#observer.observe(last);
  }
}

/** How many rows the page had when it was left. */
function rowsBefore(): number {
  const { rows } = (history.state ?? {}) as { readonly rows?: unknown };
  return typeof rows === "number" ? rows : 0;
}
