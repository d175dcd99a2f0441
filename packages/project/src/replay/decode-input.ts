// The input of a recorded call as it was passed, or why the trace does not have all of it. Inputs that Cuecard recorded are never guessed;
// those of other programs are decoded by the schema.

import type { CompiledContent } from "@cuecard/build";
import { isShallow, type RecordedCall } from "./recorded-calls.js";
import type { SkipReason } from "./replay-report.js";

export type DecodedInput =
  | { readonly input: Readonly<Record<string, unknown>> }
  | { readonly reason: SkipReason; readonly detail: string };

/**
 * @param ran The version that ran.
 * @param candidate The version in its place.
 */
export function decodeInput(call: RecordedCall, ran: CompiledContent, candidate: CompiledContent): DecodedInput {
  const { json, unrecorded, variables } = call;
  // What other programs record has no digest, and none of the lists.
  const isOwn = call.digest !== undefined;
  if (json === undefined || unrecorded === undefined || Number.isNaN(call.length))
    return { reason: "unreadable", detail: "an attribute that begins with cuecard.prompt." };
  const isEmpty = ran.variables.length === 0 && ran.usesInput !== true;
  if (isOwn ? call.length === undefined : variables.size === 0)
    return isEmpty ? { input: {} } : { reason: "no-input", detail: "" };
  const missing = missingOf(call, unrecorded, ran, candidate);
  if (missing !== undefined) return missing;
  const total = [...variables.values()].reduce<number>((sum, value) => sum + lengthOf(value), 0);
  if (isOwn && total !== call.length)
    return { reason: "changed", detail: `${total} of ${call.length} characters of the values are left` };
  const input: [string, unknown][] = [];
  for (const [name, value] of variables) {
    const decoded =
      typeof value === "string" ? decodeValue(value, isOwn ? json.includes(name) : guess(name, ran)) : value;
    if (decoded === undefined || !isShallow(decoded)) return { reason: "unreadable", detail: name };
    input.push([name, decoded]);
  }
  return { input: Object.fromEntries(input) };
}

/** What Cuecard records is a text; backends make numbers and marks of some. */
function lengthOf(value: unknown): number {
  return typeof value === "object" ? 0 : String(value).length;
}

/** @returns `undefined` for what should be JSON and is not. */
function decodeValue(text: string, isJson: boolean | "maybe"): unknown {
  if (isJson === false) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return isJson === "maybe" ? text : undefined;
  }
}

/** Whether a value that another program recorded is JSON: not if the schema allows text. */
function guess(name: string, { inputSchema }: CompiledContent): boolean | "maybe" {
  const schema = inputSchema.properties?.[name];
  const types = typeof schema === "object" ? [schema.type ?? "string"].flat() : ["string"];
  return types.includes("string") ? false : "maybe";
}

function missingOf(
  { variables }: RecordedCall,
  unrecorded: readonly string[],
  ran: CompiledContent,
  candidate: CompiledContent,
): Exclude<DecodedInput, { readonly input: unknown }> | undefined {
  const named = unrecorded.filter((name) => name !== "*");
  const isPrivate = (name: string) => ran.privateVariables?.includes(name) === true;
  const byReason = {
    private: named.filter(isPrivate),
    cut: named.filter((name) => variables.has(name)),
    "not-recorded": named.filter((name) => !variables.has(name) && !isPrivate(name)),
  };
  for (const reason of ["private", "cut", "not-recorded"] as const)
    if (byReason[reason].length > 0) return { reason, detail: byReason[reason].join(", ") };
  // Members that are not declared matter only if something reads them.
  const isRead =
    ran.usesInput === true ||
    candidate.usesInput === true ||
    typeof ran.inputSchema.additionalProperties === "object" ||
    candidate.variables.some((name) => !ran.variables.includes(name));
  return unrecorded.includes("*") && isRead
    ? { reason: "not-recorded", detail: "members that the schema does not declare" }
    : undefined;
}
