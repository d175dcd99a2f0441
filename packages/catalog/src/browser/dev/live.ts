// Pages stay up to date: the server reports when it has read the project again, and when the site has changed.

/** What happens when the project was read again; a page without it loads again if the site has changed. */
let own: (() => void) | undefined;

/** In milliseconds: how long after a lost connection, or a refusal, the page asks again. */
const RETRY = 2_000;

let wasLost = false;

export function startLive(): void {
  const events = new EventSource("/@live");
  const change = () => (own === undefined ? location.reload() : own());
  events.addEventListener("change", change);
  events.addEventListener("read", () => own?.());
  events.addEventListener("open", () => {
    // What changed while nothing was heard.
    if (wasLost) change();
    wasLost = false;
  });
  events.addEventListener("error", () => {
    wasLost = true;
    // Browsers do not ask again after a refusal, and wait long after several failures.
    events.close();
    setTimeout(startLive, RETRY);
  });
}

/**
 * For pages with something that must not be lost, such as an edit: they bring themselves up to date.
 *
 * @param listener Called when the project was read again, even if the site is the same.
 */
export function onChange(listener: () => void): void {
  own = listener;
}
