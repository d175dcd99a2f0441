// The calls of prompts that a line of traces records. Reads OTLP as JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding), as the
// OpenTelemetry Collector writes it, spans as objects with their attributes, and what MLflow, Langfuse and LangSmith export.

import type { CallPlace } from "./replay-report.js";

/** A span that names a prompt. */
export interface RecordedCall {
  readonly name: string;
  /** As recorded: `7`, `v7` or `working`. */
  readonly version: string;
  readonly digest: string | undefined;
  readonly alias: string | undefined;
  /** The attributes of the variables, by name. */
  readonly variables: ReadonlyMap<string, unknown>;
  /** The variables whose attributes are JSON; `undefined` if the list cannot be read. */
  readonly json: readonly string[] | undefined;
  readonly unrecorded: readonly string[] | undefined;
  /** How long all values are; `undefined` if no input was recorded. */
  readonly length: number | undefined;
  readonly place: CallPlace;
}

type Values = Readonly<Record<string, unknown>>;

const NAME = "gen_ai.prompt.name";
const VARIABLE = "gen_ai.prompt.variable.";

/** How deep lists and objects may be in each other, in a line and in a value. Spans of all formats take less than 20. */
export const MAX_DEPTH = 200;

/** A line with lists and objects that are too deep in each other. */
export class TooDeep extends Error {}

/** Whether no lists and objects are deeper in each other than the limit. */
export function isShallow(value: unknown, left: number = MAX_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return true;
  return left > 0 && Object.values(value).every((member) => isShallow(member, left - 1));
}

/**
 * @param value A line's JSON.
 * @throws TooDeep
 */
export function recordedCalls(value: unknown, line: number): RecordedCall[] {
  return spansIn(value).flatMap(({ span, attributes }) => {
    const name = attributes.get(NAME);
    if (typeof name !== "string") return [];
    return [readCall(name, attributes, { line, ...idsOf(span) })];
  });
}

function readCall(name: string, attributes: ReadonlyMap<string, unknown>, place: CallPlace): RecordedCall {
  const text = (key: string): string | undefined => {
    const value = attributes.get(key);
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
    return value === undefined || value === null ? undefined : "";
  };
  const length = text("cuecard.prompt.length");
  return {
    name,
    version: text("gen_ai.prompt.version") ?? "",
    digest: text("cuecard.prompt.digest"),
    alias: text("cuecard.prompt.alias"),
    variables: new Map(
      [...attributes].flatMap(([key, value]) =>
        key.startsWith(VARIABLE) ? [[key.slice(VARIABLE.length), value]] : [],
      ),
    ),
    json: listOf(attributes.get("cuecard.prompt.json")),
    unrecorded: listOf(attributes.get("cuecard.prompt.unrecorded")),
    length: length === undefined ? undefined : Number(length),
    place,
  };
}

/** Some backends write a list of an attribute as JSON. */
function listOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return [];
  const list = typeof value === "string" ? parse(value) : value;
  return Array.isArray(list) && list.every((item) => typeof item === "string") ? list : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface FoundSpan {
  readonly span: Values;
  readonly attributes: ReadonlyMap<string, unknown>;
}

/** Members that contain spans, or what contains them. */
const CONTAINERS = ["resourceSpans", "scopeSpans", "instrumentationLibrarySpans", "spans", "data", "observations"];

function spansIn(value: unknown, isMlflow = false, depth = 0): FoundSpan[] {
  if (depth > MAX_DEPTH) throw new TooDeep();
  if (Array.isArray(value)) return value.flatMap((item) => spansIn(item, isMlflow, depth + 1));
  if (!isObject(value)) return [];
  // A trace of MLflow is { info, data: { spans } }.
  const inner = CONTAINERS.flatMap((key) =>
    spansIn(value[key], isMlflow || (key === "data" && isObject(value[key])), depth + 1),
  );
  const found = ATTRIBUTES.map((at) => at(value)).find((attributes) => attributes?.has(NAME));
  if (found === undefined) return inner;
  return [{ span: value, attributes: isMlflow ? decoded(found) : found }, ...inner];
}

/** Where the attributes of a span are: of OpenTelemetry, of a run of LangSmith, of an observation of Langfuse. */
const ATTRIBUTES: readonly ((span: Values) => ReadonlyMap<string, unknown> | undefined)[] = [
  (span) => attributesOf(span["attributes"]),
  (span) => attributesOf(isObject(span["extra"]) ? span["extra"]["metadata"] : undefined),
  (span) => attributesOf(isObject(span["metadata"]) ? span["metadata"]["attributes"] : undefined),
];

/** What SDKs put before the names of metadata that they write to spans. */
const METADATA = /^(?:ai\.telemetry|langsmith|langfuse\.observation)\.metadata\./;

/** `{ key: value }`, or OTLP's `[{ key, value: { stringValue } }]`. */
function attributesOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  const entries = Array.isArray(value)
    ? value.flatMap((entry) =>
        isObject(entry)
          ? [[typeof entry["key"] === "string" ? entry["key"] : "", plainValue(entry["value"])] as const]
          : [],
      )
    : isObject(value)
      ? Object.entries(value)
      : undefined;
  return entries && new Map(entries.map(([key, member]) => [key.replace(METADATA, ""), member]));
}

/** A value of OTLP. 64-bit integers are texts there. */
function plainValue(value: unknown, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new TooDeep();
  if (!isObject(value)) return value;
  const { stringValue, intValue, doubleValue, boolValue, arrayValue } = value;
  if (isObject(arrayValue)) {
    const { values } = arrayValue;
    return Array.isArray(values) ? values.map((item) => plainValue(item, depth + 1)) : [];
  }
  return stringValue ?? (intValue === undefined ? (doubleValue ?? boolValue) : Number(intValue));
}

/** MLflow writes each attribute as JSON. */
function decoded(attributes: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> {
  return new Map(
    [...attributes].map(([key, value]) => [key, typeof value === "string" ? (parse(value) ?? value) : value]),
  );
}

/** The ids of a span, under the names of the exporters. */
function idsOf(span: Values): Omit<CallPlace, "line"> {
  const context = isObject(span["context"]) ? span["context"] : {};
  const first = (values: readonly unknown[]) => values.find((value) => typeof value === "string") as string | undefined;
  const traceId = first([span["traceId"], span["trace_id"], context["trace_id"], context["traceId"]]);
  const spanId = first([span["spanId"], span["span_id"], context["span_id"], context["spanId"], span["id"]]);
  return { ...(traceId === undefined ? {} : { traceId }), ...(spanId === undefined ? {} : { spanId }) };
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
