// Pages stay up to date: the server reports when the site has changed.

export function startLive(): void {
  new EventSource("/@live").addEventListener("change", () => location.reload());
}
