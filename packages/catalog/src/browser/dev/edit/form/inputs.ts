// The inputs of a prompt as rows of a table, read from Picoschema or JSON Schema, and what changes of a row are in the front matter.
// What a row cannot express stays in the text.

import type { FieldChange } from "../../../../dev/protocol.js";
import { isRecord } from "../../../is-record.js";

export interface InputRow {
  readonly name: string;
  /** As the table shows it. */
  readonly type: string;
  /** Whether the table can change the type. */
  readonly isSimple: boolean;
  readonly description: string;
  readonly isRequired: boolean;
  /** Of a choice. */
  readonly options?: readonly string[];
}

export type InputStyle = "none" | "picoschema" | "json" | "text";

export interface Inputs {
  /** How the schema is written. `none`: it is inferred from the template. `text`: only the text can show it. */
  readonly style: InputStyle;
  readonly rows: readonly InputRow[];
  readonly defaults: Readonly<Record<string, unknown>>;
}

type Data = Readonly<Record<string, unknown>>;

export const SIMPLE_TYPES = ["string", "number", "integer", "boolean", "any"] as const;
export const CHOICE = "choice";

const SCHEMA = ["input", "schema"] as const;
const DEFAULTS = ["input", "default"] as const;

/** `tone?(enum, how to answer)` */
const KEY = /^([^?(]+)(\?)?(?:\(\s*([a-z]+)\s*(?:,\s*([\s\S]*))?\))?$/;
/** `string, what the user asks` */
const VALUE = /^\s*([a-z]+)\s*(?:,\s*([\s\S]*))?$/;

export function readInputs(value: unknown): Inputs {
  const input = isRecord(value) ? value : {};
  const defaults = isRecord(input["default"]) ? input["default"] : {};
  const schema = input["schema"];
  if (schema === undefined || schema === null) return { style: "none", rows: [], defaults };
  if (!isRecord(schema)) return { style: "text", rows: [], defaults };
  const isJson = schema["type"] === "object" && isRecord(schema["properties"]);
  const rows = isJson ? jsonRows(schema) : Object.entries(schema).map(([key, of]) => picoRow(key, of));
  const known = rows.filter((row) => row !== undefined);
  if (known.length < rows.length) return { style: "text", rows: [], defaults };
  return { style: isJson ? "json" : "picoschema", rows: known, defaults };
}

function picoRow(key: string, value: unknown): InputRow | undefined {
  const [, name = "", optional, kind, inKey = ""] = KEY.exec(key) ?? [];
  if (name === "" || name.includes("*")) return undefined;
  const shared = { name, isRequired: optional === undefined };
  if (kind === "enum" && Array.isArray(value))
    return { ...shared, type: CHOICE, isSimple: true, description: inKey.trim(), options: value.map(String) };
  if (kind !== undefined) {
    const items = typeof value === "string" ? VALUE.exec(value)?.[1] : "objects";
    const type = kind === "array" ? `list of ${items ?? "values"}` : kind;
    return { ...shared, type, isSimple: false, description: inKey.trim() };
  }
  const [, type = "", description = ""] = (typeof value === "string" ? VALUE.exec(value) : null) ?? [];
  if (type === "")
    return { ...shared, type: isRecord(value) ? "object" : String(value), isSimple: false, description: "" };
  const isSimple = (SIMPLE_TYPES as readonly string[]).includes(type);
  return { ...shared, type, isSimple, description: description.trim() };
}

function jsonRows(schema: Data): InputRow[] {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(schema["properties"] as Data).map(([name, of]) => {
    const property = isRecord(of) ? of : {};
    const { type, enum: options, description } = property;
    const isChoice = Array.isArray(options) && options.every((option) => typeof option === "string");
    return {
      name,
      type: isChoice ? CHOICE : typeof type === "string" ? type : "any",
      isSimple: isChoice || (typeof type === "string" && (SIMPLE_TYPES as readonly string[]).includes(type)),
      description: typeof description === "string" ? description : "",
      isRequired: required.includes(name),
      ...(isChoice ? { options } : {}),
    };
  });
}

/** Writes a row anew: the key stays where it is. */
export function changeRow(inputs: Inputs, at: number, next: InputRow): FieldChange[] {
  const old = inputs.rows[at];
  if (old === undefined) return [];
  const renamed = old.name === next.name ? [] : renameValues(inputs, old.name, next.name);
  return [...(inputs.style === "json" ? changeJson(inputs, old, next) : changePico(old, next)), ...renamed];
}

function changePico(old: InputRow, next: InputRow): FieldChange[] {
  const [was, is] = [picoKey(old), picoKey(next)];
  const value = picoValue(next);
  return [
    ...(was === is ? [] : [{ path: [...SCHEMA, was], rename: is }]),
    ...(value === undefined || JSON.stringify(value) === JSON.stringify(picoValue(old))
      ? []
      : [{ path: [...SCHEMA, is], value }]),
  ];
}

function picoKey({ name, type, isRequired, isSimple, description }: InputRow): string {
  const kind = type === CHOICE ? "enum" : isSimple ? undefined : type.startsWith("list of ") ? "array" : type;
  const note = description === "" ? "" : `, ${description}`;
  // An object without a mark in its key.
  if (kind === undefined) return `${name}${isRequired ? "" : "?"}`;
  return `${name}${isRequired ? "" : "?"}(${kind}${note})`;
}

function picoValue({ type, isSimple, description, options }: InputRow): unknown {
  if (type === CHOICE) return options ?? [];
  if (!isSimple) return undefined;
  return description === "" ? type : `${type}, ${description}`;
}

function changeJson({ rows }: Inputs, old: InputRow, next: InputRow): FieldChange[] {
  const at = [...SCHEMA, "properties", next.name];
  const required = rows.flatMap((row) => (row === old ? next : row)).filter(({ isRequired }) => isRequired);
  const wasRequired = rows.filter(({ isRequired }) => isRequired);
  const names = (all: readonly InputRow[]) => all.map(({ name }) => name);
  const put = (key: string, value: unknown): FieldChange =>
    value === undefined ? { path: [...at, key], remove: true } : { path: [...at, key], value };
  return [
    ...(old.name === next.name ? [] : [{ path: [...SCHEMA, "properties", old.name], rename: next.name }]),
    ...(old.type === next.type ? [] : [put("type", next.type === CHOICE ? "string" : next.type)]),
    ...(String(old.options) === String(next.options) ? [] : [put("enum", next.options)]),
    ...(old.description === next.description ? [] : [put("description", next.description || undefined)]),
    ...(String(names(required)) === String(names(wasRequired))
      ? []
      : [{ path: [...SCHEMA, "required"], value: names(required) }]),
  ];
}

function renameValues({ defaults }: Inputs, from: string, to: string): FieldChange[] {
  return Object.hasOwn(defaults, from) ? [{ path: [...DEFAULTS, from], rename: to }] : [];
}

export function addRow({ style, rows }: Inputs, { name, type }: Pick<InputRow, "name" | "type">): FieldChange[] {
  if (style !== "json") return [{ path: [...SCHEMA, name], value: type }];
  const required = [...rows.filter(({ isRequired }) => isRequired).map((row) => row.name), name];
  return [
    { path: [...SCHEMA, "properties", name], value: { type } },
    { path: [...SCHEMA, "required"], value: required },
  ];
}

/** A value for each example, to be replaced by a better one. */
export function giveExamples(examples: unknown, name: string): FieldChange[] {
  if (!Array.isArray(examples)) return [];
  return examples.map((_, index) => ({ path: ["examples", index, "input", name], value: `some ${name}` }));
}

export function removeRow({ style, rows, defaults }: Inputs, row: InputRow): FieldChange[] {
  const required = rows.filter((one) => one.isRequired && one !== row).map(({ name }) => name);
  return [
    ...(style === "json"
      ? [
          { path: [...SCHEMA, "properties", row.name], remove: true as const },
          ...(row.isRequired ? [{ path: [...SCHEMA, "required"], value: required }] : []),
        ]
      : [{ path: [...SCHEMA, picoKey(row)], remove: true as const }]),
    ...setDefault(defaults, row.name, undefined),
  ];
}

export function setDefault(defaults: Data, name: string, value: unknown): FieldChange[] {
  if (value !== undefined) return [{ path: [...DEFAULTS, name], value }];
  return Object.hasOwn(defaults, name) ? [{ path: [...DEFAULTS, name], remove: true }] : [];
}
