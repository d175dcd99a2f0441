// What a trace records of a call: which version of a prompt was used, how it was found, and the input. The names are those of
// OpenTelemetry (https://opentelemetry.io/docs/specs/semconv/registry/attributes/gen-ai/) where it has one.

import { isArray, isPlain, ownProperty } from "./safe-members.js";

/**
 * Attributes for a span. Also allows the names of OpenTelemetry's own type, so that it can be passed to `span.setAttributes`.
 *
 * `cuecard.prompt.commit` is left out for a working file, `alias` for a prompt that was loaded by its version, and `arm` unless the
 * alias is weighted. `json` and `unrecorded` are left out if they would be empty.
 */
export type PromptTelemetry = {
  "gen_ai.prompt.name": string;
  /** The version's number, such as `3`; or `working`. */
  "gen_ai.prompt.version": string;
  "cuecard.prompt.digest": string;
  "cuecard.prompt.commit"?: string;
  "cuecard.prompt.alias"?: string;
  /** The version that a weighted alias selected, such as `v3`. */
  "cuecard.prompt.arm"?: string;
  /** The variables whose values are not text: their attributes contain JSON. */
  "cuecard.prompt.json"?: string[];
  /** Given but not recorded, or only in part: names of variables, and `*` for members that the schema does not declare. */
  "cuecard.prompt.unrecorded"?: string[];
  /**
   * How many UTF-16 code units the recorded values have together; left out without an input. Exporters can cut attributes without a
   * trace.
   */
  "cuecard.prompt.length"?: number;
} & { [variable: `gen_ai.prompt.variable.${string}`]: string };

export interface TelemetryOptions {
  /** How many UTF-16 code units are recorded of each value. Default: 8,192. */
  readonly maxLength?: number | undefined;
}

/** How a caller got a prompt, if not by its version. */
export interface Origin {
  readonly alias?: string | undefined;
  /** The version that a weighted alias selected. */
  readonly arm?: string | undefined;
}

interface Described {
  readonly name?: string;
  readonly version?: number | string;
  readonly commit?: string;
  readonly digest?: string;
  /** The names that the schema declares. */
  readonly variables: readonly string[];
  readonly privateVariables?: readonly string[];
}

const MAX_LENGTH = 8_192;
/** OpenTelemetry's SDKs drop attributes after the 128th of a span by default: others need some as well. */
const MAX_VARIABLES = 64;

/**
 * Never throws, whatever the input is: a trace must not break a call.
 *
 * @param input What the caller gave, without the prompt's defaults. Without it, no values are recorded.
 * @param filled What `partial` filled in: of two values, the caller's counts.
 */
export function describeCall(
  { name, version, digest, commit, variables, privateVariables = [] }: Described,
  { alias, arm }: Origin,
  [input, filled]: readonly [input: unknown, filled: unknown],
  options: TelemetryOptions | undefined,
): object {
  const inputs = input === undefined ? [] : [input, filled];
  const maxLength = maxLengthOf(options);
  const values: [name: string, text: string][] = [];
  const json: string[] = [];
  const unrecorded: string[] = [];
  let length = 0;
  for (const variable of variables) {
    const value = givenValue(inputs, variable);
    if (value === undefined) continue;
    const text = typeof value === "string" ? value : toJson(value);
    if (text === undefined || privateVariables.includes(variable) || values.length === MAX_VARIABLES) {
      unrecorded.push(variable);
      continue;
    }
    const recorded = cut(text, maxLength);
    if (recorded !== text) unrecorded.push(variable);
    if (value !== text) json.push(variable);
    length += recorded.length;
    values.push([`gen_ai.prompt.variable.${variable}`, recorded]);
  }
  if (inputs.some((given) => namesOf(given).some((key) => !variables.includes(key)))) unrecorded.push("*");
  const facts = { digest, commit, alias, arm, json, unrecorded, length: inputs[0] === undefined ? "" : length };
  const own = Object.entries(facts)
    .filter(([, value]) => value !== undefined && (value as { readonly length?: number }).length !== 0)
    .map(([key, value]) => [`cuecard.prompt.${key}`, value]);
  // The variables come last: what exceeds a limit on the number of attributes is dropped from the end.
  return {
    "gen_ai.prompt.name": name,
    "gen_ai.prompt.version": `${version}`,
    ...Object.fromEntries([...own, ...values]),
  };
}

/** Another value than a number from 0 on is the default. */
function maxLengthOf(options: TelemetryOptions | undefined): number {
  try {
    const length = options?.maxLength;
    return typeof length === "number" && length >= 0 ? length : MAX_LENGTH;
  } catch {
    return MAX_LENGTH;
  }
}

/** A value that cannot be read. */
const UNREADABLE = Symbol();

/** What the caller gave for a variable. */
function givenValue(inputs: readonly unknown[], name: string): unknown {
  try {
    return inputs.map((input) => ownProperty(input ?? undefined, name)).find((value) => value !== undefined);
  } catch {
    return UNREADABLE;
  }
}

/** The names of a value's members, as far as they can be read. What is not an object has one that no schema declares. */
function namesOf(input: unknown): string[] {
  try {
    return input === undefined || Object(input) === input ? Object.keys(input ?? {}) : ["*"];
  } catch {
    return [];
  }
}

/** A value as JSON; `undefined` if JSON would change it: read back, it would not be what was rendered. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, onlyData);
  } catch {
    return undefined;
  }
}

function onlyData(this: object, key: string, value: unknown): unknown {
  const isData =
    typeof value === "number"
      ? Number.isFinite(value)
      : typeof value === "string" ||
        typeof value === "boolean" ||
        value === null ||
        isArray(value) ||
        isPlain(value) ||
        (value === undefined && !isArray(this));
  // JSON.stringify throws at a bigint. A value that differs was changed by a method toJSON.
  return isData && ownProperty(this, key) === value ? value : 0n;
}

/** The beginning of a text. A character of two code units is not split. */
const cut = (text: string, length: number): string =>
  text.length > length ? text.slice(0, length).replace(/[\ud800-\udbff]$/, "") : text;
