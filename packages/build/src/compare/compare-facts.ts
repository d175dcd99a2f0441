// Compares what two contents of a prompt have besides their texts, and finds which changes break callers.
// docs/decisions/016-what-breaks-callers.md explains what counts as breaking.

import { compareText } from "@cuecard/model";
import type { CompiledContent, JsonSchema } from "../model.js";
import { isObject } from "../schema/json-schema.js";
import { canonical } from "./canonical.js";
import { compareSchemas } from "./compare-schemas.js";
import { compareTrust } from "./compare-trust.js";
import type { ChangeSubject, ContentChange } from "./comparison.js";
import { CONTRACT_MEMBERS, type Contract } from "./contract.js";

/** What a content has besides its texts. */
export type ContentFacts = Contract & Pick<CompiledContent, (typeof FACTS)[number]>;

const FACTS = ["trimMessages", "description", "ext", "examples"] as const;

export const FACT_MEMBERS: readonly (keyof ContentFacts)[] = [...CONTRACT_MEMBERS, ...FACTS];

/** The changes besides those of texts. */
export function compareFacts(before: ContentFacts, after: ContentFacts): ContentChange[] {
  const { inputs, kinds, outputs } = compareContracts(before, after);
  return [
    ...inputs,
    ...comparePrivacy(before, after),
    ...kinds,
    ...compareTrimming(before, after),
    ...outputs,
    ...compareValue({ subject: "model", path: "", name: "model" }, before.model, after.model),
    ...compareRecord("config", before.config, after.config),
    ...compareTools(before.tools, after.tools),
    ...compareRecord("tags", before.tags, after.tags),
    ...compareValue({ subject: "description", path: "", name: "description" }, before.description, after.description),
    ...compareRecord("metadata", { ...before.metadata, ...before.ext }, { ...after.metadata, ...after.ext }),
    ...compareRecord("examples", byName(before.examples), byName(after.examples)),
  ];
}

/** The changes that may break callers: only they have breaking ones among them. */
export function compareContracts(
  before: Contract,
  after: Contract,
): Readonly<Record<"inputs" | "kinds" | "outputs", readonly ContentChange[]>> {
  return {
    inputs: compareInputs(before, after),
    kinds: compareKinds(before, after),
    outputs: compareOutputs(before, after),
  };
}

/** The setting `trimMessages`. It concerns chat prompts only. */
function compareTrimming(before: ContentFacts, after: ContentFacts): ContentChange[] {
  if (before.kind !== after.kind || before.trimMessages === after.trimMessages) return [];
  const message =
    after.trimMessages === true
      ? "messages no longer begin or end with the template's line ends (trimMessages)"
      : "messages keep the template's line ends at their edges (trimMessages is off)";
  return [{ subject: "messages", path: "", change: "changed", breaking: false, message }];
}

/** What traces record of the variables that both have. */
export function comparePrivacy(before: Contract, after: Contract): ContentChange[] {
  return before.variables.flatMap((path) => {
    const [was, is] = [before, after].map((content) => content.privateVariables?.includes(path) === true);
    if (was === is || !after.variables.includes(path)) return [];
    const message = is
      ? `input "${path}" is now private: telemetry no longer records it`
      : `input "${path}" is no longer private: telemetry records it`;
    return [{ subject: "input", path, change: "changed", breaking: false, message } satisfies ContentChange];
  });
}

function compareInputs(before: Contract, after: Contract): ContentChange[] {
  // Most versions change only texts.
  if (isWrittenAlike([before.inputSchema, before.defaults], [after.inputSchema, after.defaults])) return [];
  const schemas = [callersSchema(before), callersSchema(after)] as const;
  const changes = [...compareSchemas(...schemas, "input"), ...compareTrust(...schemas)];
  const defaults = compareDefaults(before.defaults, after.defaults);
  if (changes.some(({ breaking }) => breaking) || !isEntangled(before, after)) return [...changes, ...defaults];
  const message = "the input's defaults or constraints changed, so input that was valid before may be rejected";
  return [...changes, { subject: "input", path: "", change: "changed", breaking: true, message }, ...defaults];
}

/** Whether two values are the same, with their members in the same order. */
function isWrittenAlike(before: unknown, after: unknown): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}

/** What callers have to pass: variables without a default. */
function callersSchema({ inputSchema, defaults }: Contract): JsonSchema {
  const { required, ...schema } = inputSchema;
  const demanded = required?.filter((name) => !Object.hasOwn(defaults, name)) ?? [];
  return demanded.length === 0 ? schema : { ...schema, required: demanded };
}

const MEMBER_WISE = [
  "type",
  "properties",
  "required",
  "additionalProperties",
  "description",
  "title",
  "$defs",
  "$schema",
];

/** Whether a schema with defaults has rules about several variables at once: those must be checked as a whole. */
function isEntangled(before: Contract, after: Contract): boolean {
  const judged = ({ inputSchema, defaults }: Contract) => canonical([inputSchema, defaults]);
  const isInvolved = ({ inputSchema, defaults }: Contract) =>
    Object.keys(defaults).length > 0 && !Object.keys(inputSchema).every((keyword) => MEMBER_WISE.includes(keyword));
  return judged(before) !== judged(after) && (isInvolved(before) || isInvolved(after));
}

function compareDefaults(before: Contract["defaults"], after: Contract["defaults"]): ContentChange[] {
  return compareRecord("input", before, after).map((change) => ({
    ...change,
    message: `the default of ${change.message}`,
  }));
}

function compareKinds(before: Contract, after: Contract): ContentChange[] {
  const changes: ContentChange[] = [];
  if (before.kind !== after.kind) {
    const returns = after.kind === "chat" ? "format() now returns { system, messages }" : "format() now returns text";
    const message = `the prompt changed from ${before.kind} to ${after.kind}: ${returns}`;
    changes.push({
      subject: "kind",
      path: "",
      change: "changed",
      breaking: true,
      message,
      before: before.kind,
      after: after.kind,
    });
  }
  if (before.media !== after.media) {
    const message = after.media
      ? "messages may now contain media, so content is no longer always a string"
      : "messages no longer contain media";
    changes.push({ subject: "kind", path: "media", change: "changed", breaking: after.media, message });
  }
  const gone = before.sections.filter((name) => !after.sections.includes(name));
  const come = after.sections.filter((name) => !before.sections.includes(name));
  for (const name of gone)
    changes.push({
      subject: "kind",
      path: name,
      change: "removed",
      breaking: true,
      message: `the section "${name}" was removed`,
    });
  for (const name of come)
    changes.push({
      subject: "kind",
      path: name,
      change: "added",
      breaking: false,
      message: `the section "${name}" is new`,
    });
  return changes;
}

function compareOutputs(before: Contract, after: Contract): ContentChange[] {
  const answer = { subject: "output", path: "format", name: "the answer's format" } as const;
  const format = compareValue(answer, before.outputFormat, after.outputFormat);
  const [was, is] = [before.outputSchema, after.outputSchema];
  if (isWrittenAlike(was, is)) return format;
  if (was !== undefined && is !== undefined) return [...format, ...compareSchemas(was, is, "output")];
  const change = { subject: "output", path: "" } as const;
  if (was === undefined)
    return [
      ...format,
      { ...change, change: "added", breaking: false, message: "the answer now has a schema", after: is },
    ];
  const message = "the answer no longer has a schema, so parseOutput() does not exist";
  return [...format, { ...change, change: "removed", breaking: true, message, before: was }];
}

/** Tools by name; those without a name by position. */
export function compareTools(before: readonly unknown[], after: readonly unknown[]): ContentChange[] {
  const named = (tools: readonly unknown[]) =>
    Object.fromEntries(tools.map((tool, index) => [nameOfTool(tool) ?? `${index + 1}`, tool]));
  return compareRecord("tools", named(before), named(after));
}

function nameOfTool(tool: unknown): string | undefined {
  if (typeof tool === "string") return tool;
  const name = isObject(tool)
    ? (tool["name"] ?? (isObject(tool["function"]) ? tool["function"]["name"] : undefined))
    : undefined;
  return typeof name === "string" ? name : undefined;
}

function byName(examples: CompiledContent["examples"]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    examples.map(({ name, input, expected }) => [name, expected === undefined ? input : { input, expected }]),
  );
}

type Values = Readonly<Record<string, unknown>>;

/** What changed, key by key, in the order of the keys. Such changes are never breaking: these values are not typed. */
function compareRecord(subject: ChangeSubject, before: Values, after: Values): ContentChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText);
  return keys.flatMap((key) => {
    const [was, is] = [before, after].map((values) => (Object.hasOwn(values, key) ? values[key] : undefined));
    return compareValue({ subject, path: key, name: `${ONE_OF[subject] ?? subject} "${key}"` }, was, is);
  });
}

/** What is compared, and how a message names it. */
interface Compared {
  readonly subject: ChangeSubject;
  readonly path: string;
  readonly name: string;
}

function compareValue({ subject, path, name }: Compared, before: unknown, after: unknown): ContentChange[] {
  if (isWrittenAlike(before, after) || canonical(before) === canonical(after)) return [];
  const shared = { subject, path, breaking: false };
  // A tool is known by its name: a definition that is too long to quote says nothing more in words.
  const isNamedOnly = (value: unknown) => value === path || (subject === "tools" && isObject(value));
  if (before === undefined)
    return [
      { ...shared, change: "added", message: `${name} is ${isNamedOnly(after) ? "new" : inWords(after)}`, after },
    ];
  if (after === undefined)
    return [
      {
        ...shared,
        change: "removed",
        message: `${name} was removed${isNamedOnly(before) ? "" : ` (${inWords(before)})`}`,
        before,
      },
    ];
  const message = `${name} changed from ${inWords(before)} to ${inWords(after)}`;
  return [{ ...shared, change: "changed", message, before, after }];
}

/** How a message names one item of several. */
const ONE_OF: Readonly<Partial<Record<ChangeSubject, string>>> = { tools: "tool", tags: "tag", examples: "example" };

/** How many characters of a value are quoted. */
const MOST_CHARACTERS = 60;

function inWords(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  if (text.length <= MOST_CHARACTERS) return text;
  return Array.isArray(value) ? "a list" : isObject(value) ? "an object" : `${text.slice(0, MOST_CHARACTERS)}…"`;
}
