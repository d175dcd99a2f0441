// Which field of a form edits a value, by its JSON Schema.

import { asSchema, describeType, isSchema, resolveSchema, type UnknownSchema as Schema } from "@cuecard/model";
import { isRecord } from "../is-record.js";

export type Field = {
  /** Whether the value can also be `null`. */
  readonly nullable: boolean;
} & (
  | { readonly kind: "text"; readonly format: string | undefined }
  | { readonly kind: "boolean" }
  | { readonly kind: "number"; readonly isInteger: boolean }
  | { readonly kind: "choice"; readonly options: readonly unknown[] }
  | { readonly kind: "list"; readonly items: Schema }
  | { readonly kind: "object"; readonly members: readonly Member[] }
  /** One of several forms: `oneOf`, `anyOf`, or several types. */
  | { readonly kind: "union"; readonly variants: readonly Variant[] }
  /** Whatever no field fits is edited as JSON. */
  | { readonly kind: "json" }
);

export interface Member {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

export interface Variant {
  readonly label: string;
  readonly schema: Schema;
}

export function formOf(schema: Schema, root: Schema): Field {
  const own = resolveSchema(schema, root);
  const options = own["const"] === undefined ? own["enum"] : [own["const"]];
  if (Array.isArray(options)) {
    const values = options.filter((option) => option !== null);
    return { kind: "choice", options: values, nullable: values.length < options.length };
  }
  const types = [own["type"] ?? []].flat().map(String);
  const choices = own["oneOf"] ?? own["anyOf"];
  const all = Array.isArray(choices)
    ? choices.map(asSchema)
    : types.length > 1
      ? types.map((type) => ({ ...own, type }))
      : undefined;
  if (all === undefined) return { ...simpleForm(own, types[0]), nullable: own["nullable"] === true };
  // What the compiler infers: any text that is typed is right.
  if (types.includes("string") && types.every((type) => TEXTS.includes(type)))
    return { kind: "text", format: undefined, nullable: types.includes("null") };
  const variants = all.filter((one) => resolveSchema(one, root)["type"] !== "null");
  const nullable = variants.length < all.length;
  const [first] = variants;
  if (variants.length === 1 && first !== undefined) {
    const only = formOf(first, root);
    return { ...only, nullable: nullable || only.nullable };
  }
  return { kind: "union", variants: nameVariants(variants, root), nullable };
}

const TEXTS = ["string", "number", "integer", "null"];

type Simple = Field extends infer One ? (One extends Field ? Omit<One, "nullable"> : never) : never;

function simpleForm(own: Schema, type: string | undefined): Simple {
  if (type === "string") return { kind: "text", format: typeof own["format"] === "string" ? own["format"] : undefined };
  if (type === "boolean") return { kind: "boolean" };
  if (type === "number" || type === "integer") return { kind: "number", isInteger: type === "integer" };
  if (type === "array" && isSchema(own["items"])) return { kind: "list", items: own["items"] };
  if ((type === "object" || type === undefined) && isSchema(own["properties"]))
    return { kind: "object", members: membersOf(own) };
  return { kind: "json" };
}

function nameVariants(variants: readonly Schema[], root: Schema): Variant[] {
  const labels = variants.map((schema) => {
    const { title } = resolveSchema(schema, root);
    return typeof title === "string" ? title : describeType(schema, root);
  });
  return variants.map((schema, index) => {
    const label = labels[index] ?? "";
    const isUnique = labels.indexOf(label) === labels.lastIndexOf(label);
    return { schema, label: isUnique ? label : `${label} (${index + 1})` };
  });
}

/** The variant that a value has; 0 if it has none. */
export function variantOf(variants: readonly Variant[], value: unknown, root: Schema): number {
  return Math.max(
    0,
    variants.findIndex(({ schema }) => fits(value, schema, root)),
  );
}

/** Whether a value has the shape of a schema, as far as its fields show it. */
function fits(value: unknown, schema: Schema, root: Schema): boolean {
  const field = formOf(schema, root);
  switch (field.kind) {
    case "text":
      return typeof value === "string" || (typeof value === "number" && describeType(schema, root).includes("number"));
    case "boolean":
      return typeof value === "boolean";
    case "number":
      return typeof value === "number" && (!field.isInteger || Number.isInteger(value));
    case "choice":
      return field.options.includes(value);
    case "list":
      return Array.isArray(value) && value.every((item) => fits(item, field.items, root));
    case "object":
      return (
        isRecord(value) &&
        Object.keys(value).every((name) => field.members.some((member) => member.name === name)) &&
        field.members.every((member) =>
          Object.hasOwn(value, member.name) ? fits(value[member.name], member.schema, root) : !member.required,
        )
      );
    case "union":
      return field.variants.some((variant) => fits(value, variant.schema, root));
    case "json":
      return true;
  }
}

export function descriptionOf(schema: Schema, root: Schema): string {
  const description = schema["description"] ?? resolveSchema(schema, root)["description"];
  return typeof description === "string" ? description : "";
}

const LIMITS: readonly (readonly [keyword: string, words: (limit: unknown) => string])[] = [
  ["minimum", (limit) => `at least ${limit}`],
  ["exclusiveMinimum", (limit) => `more than ${limit}`],
  ["maximum", (limit) => `at most ${limit}`],
  ["exclusiveMaximum", (limit) => `less than ${limit}`],
  ["minLength", (limit) => `at least ${limit} characters`],
  ["maxLength", (limit) => `at most ${limit} characters`],
  ["minItems", (limit) => `at least ${limit} items`],
  ["maxItems", (limit) => `at most ${limit} items`],
  ["pattern", (limit) => `matches ${limit}`],
];

/** The type and its limits in words: `integer, at least 1, at most 5`. Choices show their values themselves. */
export function hintOf(schema: Schema, root: Schema): string {
  const own = resolveSchema(schema, root);
  const { kind } = formOf(schema, root);
  const { format } = own;
  const isPlain = kind === "choice" || kind === "union" || kind === "object";
  const type = typeof format === "string" ? [format] : isPlain ? [] : [describeType(own, root)];
  const limits = LIMITS.flatMap(([keyword, words]) => (own[keyword] === undefined ? [] : [words(own[keyword])]));
  return [...type, ...limits].join(", ");
}

/** Schemas can demand themselves. */
const DEEPEST = 6;

/** A value of this form to begin with. */
export function emptyValue(schema: Schema, root: Schema, depth = 0): unknown {
  const own = resolveSchema(schema, root);
  if (own["default"] !== undefined) return own["default"];
  const field = formOf(schema, root);
  if (depth > DEEPEST) return null;
  switch (field.kind) {
    case "text":
      return "";
    case "boolean":
      return false;
    case "number":
      return typeof own["minimum"] === "number" ? own["minimum"] : 0;
    case "choice":
      return field.options[0];
    case "list":
      return [];
    case "object":
      return Object.fromEntries(
        field.members
          .filter(({ required }) => required)
          .map((one) => [one.name, emptyValue(one.schema, root, depth + 1)]),
      );
    case "union":
      return emptyValue(field.variants[0]?.schema ?? {}, root, depth + 1);
    case "json":
      return null;
  }
}

function membersOf(schema: Schema): Member[] {
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  const members = asSchema(schema["properties"]);
  return Object.entries(members).map(([name, member]) => ({
    name,
    schema: asSchema(member),
    required: required.has(name),
  }));
}
