// Pages stay up to date: the server reports when the site has changed.

/** What happens when the site has changed. Default: the page loads again. */
let changed: () => void = () => location.reload();

/** In milliseconds: how long after a refusal the page asks again. */
const RETRY = 2_000;

export function startLive(): void {
  const events = new EventSource("/@live");
  let wasLost = false;
  events.addEventListener("change", () => changed());
  events.addEventListener("open", () => {
    // What changed while nothing was heard.
    if (wasLost) changed();
    wasLost = false;
  });
  events.addEventListener("error", () => {
    wasLost = true;
    // Browsers try again by themselves only if the connection was lost, not if it was refused.
    if (events.readyState === EventSource.CLOSED) setTimeout(startLive, RETRY);
  });
}

/** For pages with something that must not be lost, such as an edit: they bring themselves up to date. */
export function onChange(listener: () => void): void {
  changed = listener;
}
