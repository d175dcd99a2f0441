// Reads the options of `follow`. A mistake in them is an error of the caller, and throws at once: an option that is misspelled, or a
// public key that is undefined because a setting is missing, must not pass for one that is left out.

import { readDuration } from "./duration.js";
import { FollowError } from "./follow-error.js";
import type { FollowOptions } from "./follow-types.js";
import { openSource } from "./open-source.js";
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
  const given = options as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given))
    if (!(NAMES as readonly string[]).includes(name))
      throw wrong(`unknown option ${JSON.stringify(name)}; valid options are ${NAMES.join(", ")}`);
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
  throw wrong(`${option} is ${String(value)}: pass an integer of at least ${least}`);
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
  const entries = Object.entries(value).map(([name, text]): [string, string] => {
    if (typeof text !== "string") throw wrong(`the header ${name} is not a string`);
    return [name.toLowerCase(), text];
  });
  return Object.fromEntries(entries);
}

function wrong(problem: string): FollowError {
  return new FollowError("option", problem);
}
