// Who may read the pages of `cuecard dev`: a browser of this machine that was given the token, and no page of another site.

import { randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isSecret } from "../support/local-server.js";

export interface Admission {
  readonly kind: "admitted" | "token" | "denied";
  /** Why a request is denied. */
  readonly problem?: string;
}

export class Access {
  readonly token: string = randomBytes(24).toString("base64url");
  readonly #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  /** The cookie by which a browser that had the token is known. Other sites cannot make a browser send it. */
  get cookie(): string {
    return `${this.#name}=${this.token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /**
   * - `Host` must be this machine's: a page whose name was pointed at this machine (DNS rebinding) sends its own name.
   * - A request that a page of another site makes is refused, whatever it has.
   * - The address has the token once; then the cookie has it. `token`: the request is admitted, and its browser gets the cookie.
   */
  admit(headers: IncomingHttpHeaders, url: URL): Admission {
    const hosts = ["127.0.0.1", "localhost", "[::1]"].map((name) => `${name}:${this.#port}`);
    if (!hosts.includes(headers.host ?? "")) return denied(`the host must be 127.0.0.1:${this.#port}`);
    const isNavigation = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
    const site = headers["sec-fetch-site"] ?? "none";
    if (site !== "same-origin" && site !== "none" && !isNavigation) return denied("it comes from another site");
    const given = url.searchParams.get("token");
    if (given !== null)
      return isSecret(given, this.token) ? { kind: "token" } : denied("the token is not the one of this run");
    const cookies = (headers.cookie ?? "").split(/;\s*/);
    const own = cookies.find((cookie) => cookie.startsWith(`${this.#name}=`))?.slice(this.#name.length + 1);
    return isSecret(own ?? "", this.token) ? { kind: "admitted" } : denied("open the address that cuecard dev printed");
  }

  /**
   * Whether a page of this server sends the request. Browsers report it in headers that pages cannot set: older ones only in `Origin`,
   * newer ones also in `Sec-Fetch-Site`; some leave out `Origin`, depending on the page's policy for referrers.
   */
  isOwnPage(headers: IncomingHttpHeaders): boolean {
    const { host = "", origin } = headers;
    if (origin !== undefined && origin !== "null") return origin === `http://${host}`;
    return headers["sec-fetch-site"] === "same-origin";
  }

  get #name(): string {
    return `cuecard-dev-${this.#port}`;
  }
}

function denied(problem: string): Admission {
  return { kind: "denied", problem };
}
