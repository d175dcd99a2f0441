// The settings `gates` (what a version must have scored before an alias may point at it) and `rules` (the severities of findings).

import { aliasNameProblem, catalogue, type JsonNode, metricNameProblem, type Severity } from "@cuecard/model";
import { nearest } from "@cuecard/runtime";
import { patternProblem } from "./ignore.js";

/** What a version must have scored. Without a limit, it must only have a score. */
export interface Gate {
  readonly metric: string;
  /** What was measured on. Default: scores without a data set. */
  readonly dataset?: string;
  /** Which prompts it is for: a name or a glob, such as `finance/*`. Default: all. */
  readonly prompts?: string;
  readonly min?: number;
  readonly max?: number;
  /** By how much the score may be lower than that of the version that the alias points at now. */
  readonly maxDrop?: number;
  /** By how much it may be higher, for metrics of which less is better. */
  readonly maxRise?: number;
}

export type Gates = Readonly<Record<string, readonly Gate[]>>;

/** By code; `off` for findings that are not reported. */
export type Rules = Readonly<Record<string, Severity | "off">>;

export interface NestedProblem {
  /** Where it is. */
  readonly at: JsonNode;
  /** Continues a sentence about the setting. */
  readonly problem: string;
}

const LIMITS = ["min", "max", "maxDrop", "maxRise"] as const;
const MEMBERS: readonly string[] = ["metric", "dataset", "prompts", ...LIMITS];

export function findGateProblem(gates: JsonNode): NestedProblem | undefined {
  if (gates.type !== "object") return { at: gates, problem: "must be an object of lists, by alias" };
  for (const [alias, key, list] of membersOf(gates)) {
    const invalid = aliasNameProblem(alias);
    if (invalid !== undefined) return { at: key, problem: `names the alias "${alias}": ${invalid}` };
    if (list.type !== "array") return { at: list, problem: `must have a list for "${alias}"` };
    for (const gate of list.children ?? []) {
      const found = findProblemOfGate(gate);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function findProblemOfGate(gate: JsonNode): NestedProblem | undefined {
  if (gate.type !== "object")
    return { at: gate, problem: 'must hold objects such as { "metric": "accuracy", "min": 0.9 }' };
  const members = membersOf(gate);
  for (const [name, key, value] of members) {
    if (!MEMBERS.includes(name)) {
      const near = nearest(name, MEMBERS);
      return {
        at: key,
        problem: `has the unknown member "${name}"${near === undefined ? "" : `; did you mean "${near}"?`}`,
      };
    }
    const isLimit = LIMITS.some((limit) => limit === name);
    if (isLimit && !(value.type === "number" && Number.isFinite(value.value)))
      return { at: value, problem: `must have a number as "${name}"` };
    if (name.startsWith("max") && name.length > 3 && value.value < 0)
      return { at: value, problem: `must have a number of 0 or more as "${name}"` };
    if (isLimit) continue;
    const text = value.type === "string" ? String(value.value) : undefined;
    const invalid = text === undefined ? "it is not a string" : problemOfText(name, text);
    if (invalid !== undefined) return { at: value, problem: `has an invalid "${name}": ${invalid}` };
  }
  return members.some(([name]) => name === "metric") ? undefined : { at: gate, problem: 'must name a "metric"' };
}

function problemOfText(name: string, text: string): string | undefined {
  if (name === "prompts") return patternProblem(text);
  if (name === "metric") return metricNameProblem(text);
  return text === "" ? "it is empty" : undefined;
}

const SEVERITIES: readonly string[] = ["error", "warning", "info", "off"];

export function findRuleProblem(rules: JsonNode): NestedProblem | undefined {
  if (rules.type !== "object") return { at: rules, problem: "must be an object of severities, by code" };
  for (const [code, key, value] of membersOf(rules)) {
    const known = Object.keys(catalogue);
    if (!known.includes(code)) {
      const near = nearest(code, known);
      return {
        at: key,
        problem: `names the unknown code "${code}"${near === undefined ? "" : `; did you mean "${near}"?`}`,
      };
    }
    if (value.type !== "string" || !SEVERITIES.includes(value.value))
      return {
        at: value,
        problem: `must set "${code}" to ${SEVERITIES.map((severity) => `"${severity}"`).join(" or ")}`,
      };
    const own = catalogue[code as keyof typeof catalogue].severity;
    if (own === "error" && value.value !== "error")
      return { at: value, problem: `cannot change "${code}": it is an error` };
  }
  return undefined;
}

function membersOf({ children = [] }: JsonNode): (readonly [name: string, key: JsonNode, value: JsonNode])[] {
  return children.flatMap(({ children: parts = [] }) => {
    const [key, value] = parts;
    return key === undefined || value === undefined ? [] : [[String(key.value), key, value] as const];
  });
}

/** The value of a node that has no problem. */
export function readNode(node: JsonNode): unknown {
  if (node.type === "array") return (node.children ?? []).map(readNode);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(membersOf(node).map(([name, , value]) => [name, readNode(value)]));
}
