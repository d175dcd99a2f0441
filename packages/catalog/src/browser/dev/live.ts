// Pages stay up to date: the server reports when it has read the project again, and when the site has changed.

/** What happens when the project was read again; a page without it loads again if the site has changed. */
let own: ((hasChanged: boolean) => void) | undefined;

/** In milliseconds: how long after a lost connection, or a refusal, the page asks again. */
const RETRY = 2_000;

let events: EventSource | undefined;
/** Of the site, as the server names it. The server puts that of the page into the page. */
let state: string | undefined;
let wasConnected = false;

/** Only pages that are seen are connected: browsers open at most six connections to a server, for all their pages together. */
export function startLive(): void {
  state = document.querySelector<HTMLMetaElement>('meta[name="live-state"]')?.content;
  connect();
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return connect();
    events?.close();
    events = undefined;
  });
}

function connect(): void {
  if (events !== undefined || document.hidden) return;
  const opened = new EventSource("/@live");
  events = opened;
  for (const name of ["state", "change", "read"])
    opened.addEventListener(name, ({ data }: MessageEvent<string>) => {
      const hasChanged = data !== state;
      if (wasConnected || hasChanged) report(hasChanged);
      wasConnected = true;
      state = data;
    });
  opened.addEventListener("error", () => {
    // Browsers do not ask again after a refusal, and wait long after several failures.
    opened.close();
    setTimeout(() => {
      if (events !== opened) return;
      events = undefined;
      connect();
    }, RETRY);
  });
}

function report(hasChanged: boolean): void {
  if (own !== undefined) own(hasChanged);
  else if (hasChanged) location.reload();
}

/**
 * For pages with something that must not be lost, such as an edit: they bring themselves up to date.
 *
 * @param listener Called when the project was read again, even if the site is the same.
 */
export function onChange(listener: (hasChanged: boolean) => void): void {
  own = listener;
}
