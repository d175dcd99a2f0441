// Requests by `fetch`: edge run times, browsers, Deno and Bun.

import { FollowError } from "./follow-error.js";
import { type FetchResponse, host } from "./host.js";
import { type HttpAnswer, type HttpRequest, join, tooLarge } from "./http-request.js";

export async function requestWithFetch({ url, headers, maxBytes, signal }: HttpRequest): Promise<HttpAnswer> {
  if (host.fetch === undefined) throw new FollowError("unreachable", "this run time has no fetch: pass a function");
  const response = await host.fetch(url.href, { headers, redirect: "manual", signal });
  const header = (name: string) => response.headers.get(name) ?? undefined;
  if (response.status !== 200) {
    await response.body?.cancel();
    return { status: response.status, header, body: new Uint8Array() };
  }
  return { status: 200, header, body: await readBody(response, maxBytes) };
}

async function readBody({ headers, body }: FetchResponse, maxBytes: number): Promise<Uint8Array> {
  if (body === null) return new Uint8Array();
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  // What the server announces spares reading it; what comes counts.
  let length = Number(headers.get("content-length") ?? 0) > maxBytes ? Infinity : 0;
  while (length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done || value === undefined) return join(chunks, length);
    chunks.push(value);
    length += value.length;
  }
  await reader.cancel();
  throw tooLarge(maxBytes);
}
