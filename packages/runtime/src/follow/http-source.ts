// Documents of an HTTP server, with ETags, so that a document that has not changed is not sent again.

import { FollowError, messageOf } from "./follow-error.js";
import { host, nodeModule, type UrlLike } from "./host.js";
import { requestWithFetch } from "./http-fetch.js";
import { type NodeHttp, requestWithNode } from "./http-node.js";
import type { HttpAnswer, HttpRequest } from "./http-request.js";
import type { Source } from "./source.js";

export function httpSource(url: UrlLike, headers: Readonly<Record<string, string>>): Source {
  const label = labelOf(url);
  return {
    label,
    async read({ etag, maxBytes, signal }) {
      const conditions = etag === undefined ? {} : { "if-none-match": etag };
      const request = { url, headers: { accept: "application/json", ...headers, ...conditions }, maxBytes, signal };
      const answer = await send(request, label);
      if (answer.status === 304 && etag !== undefined) return undefined;
      if (answer.status !== 200) throw refuseStatus(answer, url);
      return { body: answer.body, etag: answer.header("etag") };
    },
  };
}

/** A URL as messages and logs may have it: a query can contain a signature, and a user name a password. */
function labelOf({ origin, pathname, search }: UrlLike): string {
  return `${origin}${pathname}${search === "" ? "" : "?…"}`;
}

async function send(request: HttpRequest, label: string): Promise<HttpAnswer> {
  try {
    const { versions } = host.process ?? {};
    const isNode = versions?.node !== undefined && versions.bun === undefined && host.Deno === undefined;
    const module = isNode ? nodeModule<NodeHttp>(`node:${request.url.protocol.slice(0, -1)}`) : undefined;
    return await (module === undefined ? requestWithFetch(request) : requestWithNode(module, request));
  } catch (cause) {
    if (cause instanceof FollowError) throw cause;
    const reason = messageOf(rootOf(cause));
    // Deno's messages contain the URL.
    const { search } = request.url;
    const isSecret = search !== "" && [reason, messageOf(cause)].some((text) => text.includes(search));
    const shown = isSecret ? reason.replaceAll(search, "?…") : reason;
    throw new FollowError("unreachable", `${label} cannot be reached: ${shown}`, isSecret ? {} : { cause });
  }
}

/** `fetch` says "fetch failed", and has the reason as its cause. */
function rootOf(error: unknown): unknown {
  return error instanceof TypeError && error.cause !== undefined ? error.cause : error;
}

function refuseStatus(answer: HttpAnswer, url: UrlLike): FollowError {
  const { status } = answer;
  const label = labelOf(url);
  // Followed redirects would carry the headers to another server, or leave https. 0: browsers do not show where it leads.
  if (status === 0 || (status >= 301 && status <= 308 && status !== 304)) {
    const where = redirectTarget(answer, url);
    return new FollowError("redirect", `${label} redirects ${where}: make the final URL the source`);
  }
  const retryAfter = readRetryAfter(answer.header("retry-after"));
  return new FollowError("status", `${label} answered with status ${status}`, { retryAfter });
}

function redirectTarget(answer: HttpAnswer, url: UrlLike): string {
  try {
    const to = new host.URL(answer.header("location") ?? "data:", url.href);
    return /^https?:$/.test(to.protocol) ? `to ${labelOf(to)}` : "elsewhere";
  } catch {
    return "elsewhere";
  }
}

/** Milliseconds; the header has seconds or a date. */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return ms > 0 ? ms : undefined;
}
