// Opens what the option `source` names: an HTTP server, a file, or a function.

import { malformed } from "./document.js";
import { fileSource } from "./file-source.js";
import { FollowError, messageOf } from "./follow-error.js";
import { host, type UrlLike } from "./host.js";
import { httpSource } from "./http-source.js";
import { findForeign } from "./plain-data.js";
import type { Source } from "./source.js";

/** @throws FollowError if the option is wrong. */
export function openSource(source: unknown, headers: Readonly<Record<string, string>> | undefined): Source {
  const found = findSource(source, headers);
  if (headers !== undefined && found.takesHeaders !== true)
    throw new FollowError("option", "headers are for a source that is an http: or https: URL");
  return found;
}

type FoundSource = Source & { readonly takesHeaders?: true };

function findSource(source: unknown, headers: Readonly<Record<string, string>> = {}): FoundSource {
  if (typeof source === "function") return functionSource(source as (request: object) => unknown);
  const text = typeof source === "object" && source !== null && "href" in source ? source.href : source;
  if (typeof text !== "string" || text === "" || text.includes("\0"))
    throw new FollowError("option", `source is ${describe(source)}: pass a URL, the path of a file, or a function`);
  // A letter and a colon is a drive of Windows.
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(text) ?? [];
  if (scheme === undefined) return fileSource(text);
  const url = parseUrl(text);
  if (url.protocol === "file:") return fileSource(url);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new FollowError("option", `source is a ${url.protocol} URL: pass an https:, http: or file: URL`);
  if (url.username !== "" || url.password !== "")
    throw new FollowError("option", "source contains a user name or password: pass them in headers, as authorization");
  return { ...httpSource(url, headers), takesHeaders: true };
}

function parseUrl(text: string): UrlLike {
  try {
    return new host.URL(text);
  } catch {
    // The whole text, and the cause, could contain a password.
    throw new FollowError(
      "option",
      `source is not a valid URL; it begins with ${JSON.stringify(text.slice(0, text.indexOf(":") + 1))}`,
    );
  }
}

function describe(value: unknown): string {
  if (value === "") return "empty";
  if (value === null || value === undefined) return String(value);
  return typeof value === "string" ? "a string with a null character" : `a value of the type ${typeof value}`;
}

function functionSource(call: (request: object) => unknown): Source {
  return {
    label: "function",
    async read({ signal }) {
      const value = await callSource(call, signal);
      return value === undefined ? undefined : { body: toBody(value), etag: undefined };
    },
  };
}

async function callSource(call: (request: object) => unknown, signal: unknown): Promise<unknown> {
  try {
    return await call({ signal });
  } catch (cause) {
    throw new FollowError("source", `the function for the source failed: ${messageOf(cause)}`, { cause });
  }
}

function toBody(value: unknown): string | Uint8Array {
  if (typeof value === "string" || value instanceof Uint8Array) return value;
  let foreign: string | undefined;
  try {
    foreign = findForeign(value);
    if (foreign === undefined) return JSON.stringify(value);
  } catch (cause) {
    throw malformed(messageOf(cause), cause);
  }
  throw malformed(foreign);
}
