// Who may use a server on a machine: programs of this machine, and not the web pages that its browsers show.

import type { IncomingHttpHeaders } from "node:http";
import {
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  validateHostHeader,
  validateOriginHeader,
} from "@modelcontextprotocol/server";
import { isSecret } from "../../support/local-server.js";

export interface Access {
  /** The address that the server listens on, as the user gave it. */
  readonly host: string;
  /** What requests have to show; `undefined` if they need nothing. */
  readonly token: string | undefined;
}

export interface Denial {
  readonly status: 401 | 403;
  readonly problem: string;
}

/**
 * - `Host` must be this machine's: a web page whose name was pointed at this machine (DNS rebinding) sends its own name.
 * - `Origin`, which browsers send, must be a page of this machine.
 * - `Authorization` must have the token.
 */
export function findDenial(headers: IncomingHttpHeaders, { host, token }: Access): Denial | undefined {
  // A server for other machines has names that it does not know. It always has a token, which a web page does not know.
  if (isLoopback(host)) {
    const named = validateHostHeader(headers.host, localhostAllowedHostnames());
    if (!named.ok) return { status: 403, problem: `the header Host must be localhost, got ${quote(headers.host)}` };
  }
  const origin = validateOriginHeader(headers.origin, [...localhostAllowedOrigins(), host]);
  if (!origin.ok)
    return {
      status: 403,
      problem: `web pages of other origins are not allowed, got the Origin ${quote(headers.origin)}`,
    };
  if (token !== undefined && !isSecret(bearerIn(headers.authorization) ?? "", token))
    return { status: 401, problem: "the header Authorization must be Bearer and the token of the server" };
  return undefined;
}

/** The token of a header `Authorization`. The name of a scheme has no case: https://www.rfc-editor.org/rfc/rfc9110#section-11.1 */
function bearerIn(header: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function quote(text: string | undefined): string {
  return text === undefined ? "none" : JSON.stringify(text.slice(0, 100));
}
