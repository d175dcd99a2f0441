// Informs the pages of `cuecard dev` that something has changed: server-sent events, https://html.spec.whatwg.org/#server-sent-events

import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

export class LiveEvents {
  /** Another one for each start of the server. */
  readonly #start = randomBytes(6).toString("hex");
  readonly #listeners = new Set<ServerResponse>();
  #changes = 0;

  /** Of the site: another one after each change, and after each start. */
  get state(): string {
    return `${this.#start}-${this.#changes}`;
  }

  /** Sends the state first: a page that was not yet connected, or not for some time, learns whether the site has changed since. */
  connect(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(this.#print("state"));
    this.#listeners.add(response);
    response.once("close", () => this.#listeners.delete(response));
  }

  /** @param event `change`: the site is another one. `read`: the project was read again. */
  announce(event: "change" | "read"): void {
    if (event === "change") this.#changes++;
    for (const listener of this.#listeners) listener.write(this.#print(event));
  }

  #print(event: string): string {
    return `event: ${event}\ndata: ${this.state}\n\n`;
  }
}
