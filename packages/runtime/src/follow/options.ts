// Reads the options of `follow`. A mistake in them is an error of the caller, and throws at once: an option that is misspelled, or a
// public key that is undefined because a setting is missing, must not pass for one that is left out.

import { withArticle } from "../issue.js";
import { readDuration } from "./duration.js";
import { FollowError, messageOf, showValue } from "./follow-error.js";
import type { FollowOptions } from "./follow-types.js";
import { openSource } from "./open-source.js";
import { classOf, isPlainObject } from "./plain-data.js";
import { readPublicKeys, Verifier } from "./signature.js";
import type { Source } from "./source.js";

export interface Settings {
  readonly source: Source;
  /** Milliseconds, as all times here. */
  readonly interval: number | undefined;
  readonly timeout: number;
  readonly maxBytes: number;
  readonly verifier: Verifier | undefined;
  readonly minSequence: number;
  readonly onChange: FollowOptions["onChange"];
  readonly onError: FollowOptions["onError"];
}

/** A token of RFC 9110. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]+$/;
/** What Node and `fetch` refuse in the value of a header, and a line break at its end, which only `fetch` drops. */
const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/u;

const LEAST_INTERVAL = 100;
const TIMEOUT = 5_000;
const MAX_BYTES = 4 * 1024 * 1024;

const NAMES: readonly (keyof FollowOptions)[] = [
  "source",
  "interval",
  "timeout",
  "maxBytes",
  "headers",
  "publicKey",
  "minSequence",
  "onChange",
  "onError",
];

/** @throws FollowError with the code `option`. */
export function readOptions(options: unknown): Settings {
  if (typeof options !== "object" || options === null) throw wrong("follow() needs an object with a source");
  return reading(() => readAll(options as Readonly<Record<string, unknown>>));
}

/**
 * Reads the options of `refresh`.
 *
 * @returns Milliseconds, if there is a `maxAge`.
 * @throws FollowError with the code `option`.
 */
export function readMaxAge(options: unknown): number | undefined {
  if (typeof options !== "object" || options === null)
    throw wrong(`refresh() takes an object such as { maxAge: "30s" }, and got ${showValue(options)}`);
  return reading(() => {
    refuseUnknown(options, ["maxAge"]);
    const { maxAge } = options as { readonly maxAge?: unknown };
    return maxAge === undefined ? undefined : readDuration("maxAge", maxAge, 0);
  });
}

/** What reading an option throws, such as a getter, becomes an error of this module. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof FollowError) throw cause;
    throw new FollowError("option", `an option cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function refuseUnknown(given: object, names: readonly string[]): void {
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw wrong(`unknown option ${showValue(name)}; valid options are ${names.join(", ")}`);
}

function readAll(given: Readonly<Record<string, unknown>>): Settings {
  refuseUnknown(given, NAMES);
  const { source, interval, timeout = TIMEOUT, maxBytes = MAX_BYTES, headers, minSequence = 0 } = given;
  return {
    source: openSource(source, readHeaders(headers)),
    interval: interval === undefined ? undefined : readDuration("interval", interval, LEAST_INTERVAL),
    timeout: readDuration("timeout", timeout, 1),
    maxBytes: readInteger("maxBytes", maxBytes, 1),
    verifier: "publicKey" in given ? new Verifier(readPublicKeys(given["publicKey"])) : undefined,
    minSequence: readInteger("minSequence", minSequence, 0),
    onChange: readCallback("onChange", given),
    onError: readCallback("onError", given),
  };
}

function readInteger(option: string, value: unknown, least: number): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number;
  throw wrong(`${option} is ${showValue(value)}: pass an integer of at least ${least}`);
}

function readCallback(
  option: string,
  given: Readonly<Record<string, unknown>>,
): (<T>(argument: T) => void) | undefined {
  const value = given[option];
  if (value === undefined || typeof value === "function") return value as (<T>(argument: T) => void) | undefined;
  throw wrong(`${option} is not a function`);
}

function readHeaders(value: unknown): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) throw wrong("headers are not an object");
  // Object.entries finds nothing in a Map or in Headers, and requests would lack all of them.
  if (!isPlainObject(value)) throw wrong(`headers are ${withArticle(classOf(value))}: pass a plain object`);
  const entries = Object.entries(value).map(([name, text]): [string, string] => {
    if (!HEADER_NAME.test(name)) throw wrong(`${showValue(name)} cannot be the name of a header`);
    if (typeof text !== "string") throw wrong(`the header ${name} is not a string`);
    // The value can be a secret, so it is not shown.
    const [refused] = NOT_IN_HEADERS.exec(text) ?? [];
    if (refused !== undefined)
      throw wrong(`the header ${name} contains ${showValue(refused)}, which headers cannot have`);
    return [name.toLowerCase(), text];
  });
  return Object.fromEntries(entries);
}

function wrong(problem: string): FollowError {
  return new FollowError("option", problem);
}
