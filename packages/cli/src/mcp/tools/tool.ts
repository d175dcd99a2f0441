// What a tool is: its description, the arguments that it takes, and what it answers.

import { nearest } from "@cuecard/runtime";
import type { JSONObject } from "@modelcontextprotocol/server";
import { RequestError } from "../../exit.js";
import type { ServedProject } from "../served-project.js";

/** What a client may pass for one argument. */
export interface Parameter {
  readonly type: "string" | "boolean" | "integer";
  readonly description: string;
  readonly required?: boolean;
}

/** Arguments that were checked: each has the type of its parameter, or was left out. */
export type Arguments = Readonly<Record<string, unknown>>;

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** What `data` always has, as JSON Schema. */
  readonly output: Readonly<Record<string, JSONObject>>;
  /** Whether it writes to a branch. */
  readonly writes?: boolean;
  /** @throws RequestError with what the client is to know. */
  run(project: ServedProject, given: Arguments, signal: AbortSignal): Promise<Answer>;
}

export interface Answer {
  /** What the command line prints. */
  readonly text: string;
  /** What it prints with `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The parameters as JSON Schema. */
export function inputSchema({ parameters }: Tool): {
  type: "object";
  properties: Record<string, JSONObject>;
  required: string[];
  additionalProperties: false;
} {
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(parameters).map(([name, { type, description }]) => [name, { ...SCHEMAS[type], description }]),
    ),
    required: Object.keys(parameters).filter((name) => parameters[name]?.required === true),
    additionalProperties: false,
  };
}

const SCHEMAS: Readonly<Record<Parameter["type"], JSONObject>> = {
  string: { type: "string" },
  boolean: { type: "boolean" },
  integer: { type: "integer", minimum: 1 },
};

const CHECKS: Readonly<
  Record<Parameter["type"], { readonly fits: (value: unknown) => boolean; readonly what: string }>
> = {
  string: { fits: (value) => typeof value === "string", what: "a string" },
  boolean: { fits: (value) => typeof value === "boolean", what: "true or false" },
  integer: { fits: (value) => Number.isInteger(value) && Number(value) > 0, what: "a positive integer" },
};

/** @throws RequestError if an argument is unknown, is missing, or has another type. */
export function checkArguments({ name: tool, parameters }: Tool, given: Readonly<Record<string, unknown>>): Arguments {
  const names = Object.keys(parameters);
  for (const [name, value] of Object.entries(given)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) throw unknownName(tool, name, names);
    const { fits, what } = CHECKS[parameter.type];
    if (!fits(value)) throw new RequestError(`${tool}: ${name} must be ${what}, got ${show(value)}`);
  }
  const missing = names.filter((name) => parameters[name]?.required === true && !Object.hasOwn(given, name));
  if (missing.length > 0) throw new RequestError(`${tool} requires ${missing.join(" and ")}`);
  return given;
}

function unknownName(tool: string, name: string, names: readonly string[]): RequestError {
  const near = nearest(name, names);
  const takes = names.length === 0 ? "it takes no arguments" : `it takes ${names.join(", ")}`;
  return new RequestError(
    `${tool} has no argument ${show(name)}`,
    near === undefined ? takes : `did you mean "${near}"?`,
  );
}

const SHOWN = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** An argument that {@link checkArguments} has found to be a string or left out. */
export function textOf(given: Arguments, name: string): string | undefined {
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

export function flagOf(given: Arguments, name: string): boolean {
  return Object.hasOwn(given, name) && given[name] === true;
}

export function numberOf(given: Arguments, name: string): number | undefined {
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  return typeof value === "number" ? value : undefined;
}
