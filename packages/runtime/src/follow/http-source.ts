// Documents of an HTTP server, with ETags, so that a document that has not changed is not sent again.

import { FollowError, messageOf } from "./follow-error.js";
import { host, nodeModule, type UrlLike } from "./host.js";
import { requestWithFetch } from "./http-fetch.js";
import { type NodeHttp, requestWithNode } from "./http-node.js";
import type { HttpAnswer, HttpRequest } from "./http-request.js";
import type { Source } from "./source.js";

export function httpSource(url: UrlLike, headers: Readonly<Record<string, string>>): Source {
  const label = `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
  return {
    label,
    async read({ etag, maxBytes, signal }) {
      const conditions = etag === undefined ? {} : { "if-none-match": etag };
      const request = { url, headers: { accept: "application/json", ...headers, ...conditions }, maxBytes, signal };
      const answer = await send(request, label);
      if (answer.status === 304 && etag !== undefined) return undefined;
      if (answer.status !== 200) throw refuseStatus(answer, label);
      return { body: answer.body, etag: answer.header("etag") };
    },
  };
}

async function send(request: HttpRequest, label: string): Promise<HttpAnswer> {
  try {
    const { versions } = host.process ?? {};
    const isNode = versions?.node !== undefined && versions.bun === undefined && host.Deno === undefined;
    const module = isNode ? nodeModule<NodeHttp>(`node:${request.url.protocol.slice(0, -1)}`) : undefined;
    return await (module === undefined ? requestWithFetch(request) : requestWithNode(module, request));
  } catch (cause) {
    if (cause instanceof FollowError) throw cause;
    throw new FollowError("unreachable", `${label} cannot be reached: ${messageOf(rootOf(cause))}`, { cause });
  }
}

/** `fetch` says "fetch failed", and has the reason as its cause. */
function rootOf(error: unknown): unknown {
  return error instanceof TypeError && error.cause !== undefined ? error.cause : error;
}

function refuseStatus(answer: HttpAnswer, label: string): FollowError {
  const { status } = answer;
  // Followed redirects would carry the headers to another server, or leave https. 0: browsers do not show where it leads.
  if (status === 0 || (status >= 301 && status <= 308 && status !== 304)) {
    const to = answer.header("location");
    const where = to === undefined ? "elsewhere" : `to ${to}`;
    return new FollowError("redirect", `${label} redirects ${where}: make the final URL the source`);
  }
  const retryAfter = readRetryAfter(answer.header("retry-after"));
  return new FollowError("status", `${label} answered with status ${status}`, { retryAfter });
}

/** Milliseconds; the header has seconds or a date. */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return ms > 0 ? ms : undefined;
}
