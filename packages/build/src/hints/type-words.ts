// Types as other languages and tools write them (`string[]`, `Optional[str]`, `"a" | "b"`, `list of strings`), read for
// hints about schemas.

import { nearest } from "@cuecard/runtime";
import { SCALARS } from "../schema/picoschema.js";

/** What someone meant by a type. */
export interface TypeMeant {
  readonly kind: "scalar" | "list" | "record" | "object" | "enum" | "union";
  /** A scalar's name in Picoschema and JSON Schema, or that of a schema. */
  readonly type?: string;
  /** The items of a list, or the values of a record; `undefined` where nothing is known about them. */
  readonly items?: TypeMeant | undefined;
  readonly values?: readonly unknown[];
  readonly members?: Readonly<Record<string, unknown>>;
  readonly optional?: boolean;
  readonly description?: string | undefined;
}

const ALIASES: Readonly<Record<string, string>> = {
  string: "str text txt char varchar markdown html multiline textarea symbol",
  integer: "int int32 int64 uint long bigint short serial count",
  number: "float float32 float64 double decimal num numeric real money currency percent percentage",
  boolean: "bool bit flag checkbox yesno true/false",
  null: "none nil void undefined",
  any: "unknown mixed anything variant dynamic json",
};

/** Kinds of text that have no type of their own: what to write as the description. */
const FORMATS: Readonly<Record<string, string>> = {
  date: "a date such as 2026-01-31",
  datetime: "a date and time such as 2026-01-31T09:00:00Z",
  "date-time": "a date and time such as 2026-01-31T09:00:00Z",
  timestamp: "a date and time such as 2026-01-31T09:00:00Z",
  time: "a time such as 09:00",
  duration: "a duration such as PT1H",
  uuid: "a UUID",
  url: "a URL",
  uri: "a URL",
  email: "an email address",
  image: "the URL of an image",
  file: "the URL of a file",
  regex: "a regular expression",
};

const BY_ALIAS = new Map(
  Object.entries(ALIASES).flatMap(([type, words]) => words.split(" ").map((word) => [word, type] as const)),
);

const LIST = "array|list|sequence|set|frozenset|iterable|collection|tuple|vector|readonlyarray|slice";
const RECORD = "dict|dictionary|record|map|mapping|hash|hashmap|object|obj|struct";

const LIST_OF = new RegExp(String.raw`^(?:an? )?(?:${LIST})(?:\s*[<[(]\s*(.+?)\s*[>\])]|\s+of\s+(.+))$`, "i");
const LIST_ALONE = new RegExp(String.raw`^(?:an? )?(?:${LIST}|\[\s*\])$`, "i");
const RECORD_OF = new RegExp(String.raw`^(?:${RECORD})\s*[<[(]\s*\w+\s*[,:]\s*(.+?)\s*[>\])]$`, "i");
const RECORD_ALONE = new RegExp(String.raw`^(?:an? )?(?:${RECORD}|\{\s*\})$`, "i");
const ENUM_OF =
  /^(?:enum(?:eration)?|literal|choices?|select|one\s?of|either|any of)\s*(?:[:(<[=]|\s)\s*(.+?)\s*[)>\]]?$/i;
const ENUM_ALONE = /^(?:enum(?:eration)?|choices?|select|literal)$/i;
const NOTHING = /^(?:null|undefined|none|nil)$/i;
/** A type with a text behind it that is not separated by a comma: `string - who is greeted`. */
const DESCRIBED = /^([A-Za-z]\w*(?:\[\])?)\s*(?:[-–—:;=(]|\/\/|#)\s*(.+?)\)?$/;
const WORDS = /^([A-Za-z]\w*)\s+(\S.*)$/;

/** Reads a whole definition, with a description behind a comma; `undefined` if it is not like a type. */
export function readType(written: string): TypeMeant | undefined {
  const text = written.trim();
  // The commas of `dict[str, int]` and of `one of a, b` are not before a description.
  const [, head = "", description] = /^((?:[^,<[({]|[<[({][^>\])}]*[>\])}])*),\s*(.*)$/s.exec(text) ?? [];
  if (description === undefined || ENUM_OF.test(head)) return readMarked(text) ?? readProse(text);
  const type = readMarked(head);
  return type === undefined ? readProse(text) : { ...type, description };
}

/** A name of a type, however it is written: `Str`, `integer`, `strng`. */
export function readScalar(written: string): TypeMeant | undefined {
  const word = written.trim().toLowerCase();
  const format = Object.hasOwn(FORMATS, word) ? FORMATS[word] : undefined;
  if (format !== undefined) return { kind: "scalar", type: "string", description: format };
  const type = SCALARS.includes(word) ? word : BY_ALIAS.get(word);
  return type === undefined ? undefined : { kind: "scalar", type };
}

/** Longer texts are not types. */
const MAX_TYPE = 500;

/** A type with or without a mark that it may be missing. */
function readMarked(written: string): TypeMeant | undefined {
  if (written.length > MAX_TYPE) return undefined;
  const text = unquoted(written);
  const optional = (inner: string | undefined): TypeMeant | undefined => {
    const type = inner === undefined ? undefined : (readMarked(inner) ?? readSchemaName(inner));
    return type && { ...type, optional: true };
  };
  const [, wrapped] = /^(?:optional|maybe|nullable|option|partial)\s*[<[(]\s*(.+?)\s*[>\])]$/i.exec(text) ?? [];
  const [, before] = /^(?:optional|nullable)[\s:]+(.+)$/i.exec(text) ?? [];
  const [, after] = /^(.+?)(?:\s*=\s*none|[\s(]+(?:optional|nullable)\)?|\s*\?)$/i.exec(text) ?? [];
  const marked = optional(wrapped ?? before ?? after ?? (text.startsWith("?") ? text.slice(1) : undefined));
  if (marked !== undefined) return marked;
  const [, required] = /^(?:required\s+(.+)|(.+?)\s*\(?required\)?|(.+)!)$/i.exec(text)?.filter(Boolean) ?? [];
  return (required === undefined ? undefined : readMarked(required)) ?? readPlain(text);
}

function readPlain(text: string): TypeMeant | undefined {
  const scalar = readScalar(text);
  if (scalar !== undefined) return scalar;
  const listed = LIST_OF.exec(text);
  if (listed !== null) return { kind: "list", items: readItems(listed[1] ?? listed[2] ?? "") };
  const [, item] = /^(.+)\[\s*\]$/.exec(text) ?? /^\[\s*([^,]+)\s*\]$/.exec(text) ?? [];
  if (item !== undefined) return { kind: "list", items: readItems(item) };
  if (LIST_ALONE.test(text)) return { kind: "list" };
  const recorded = RECORD_OF.exec(text) ?? /^map\[\w+\](.+)$/.exec(text);
  if (recorded !== null) return { kind: "record", items: readItems(recorded[1] ?? "") };
  if (RECORD_ALONE.test(text)) return { kind: "record" };
  if (ENUM_ALONE.test(text)) return { kind: "enum", values: ["a", "b"] };
  const [, choices] = ENUM_OF.exec(text) ?? [];
  if (choices !== undefined) return { kind: "enum", values: choices.split(/\s*(?:[,|/]|\bor\b)\s*/).map(unquoted) };
  return readUnion(text) ?? readDescribed(text) ?? readTypo(text);
}

/** `a | b`, `string | null`, `formal/friendly`, `string or number` */
function readUnion(text: string): TypeMeant | undefined {
  const isWritten = /[|]/.test(text) || /^[\w"'“”-]+(?:\s*\/\s*[\w"'“”-]+)+$/.test(text) || /\w or \w/.test(text);
  if (!isWritten) return undefined;
  const parts = text.split(/\s*(?:\|+|\/|\bor\b)\s*/).filter((part) => part !== "");
  const rest = parts.filter((part) => !NOTHING.test(part));
  const optional = rest.length < parts.length ? { optional: true } : {};
  const [only] = rest;
  if (only !== undefined && rest.length === 1) {
    const type = readPlain(unquoted(only));
    return type && { ...type, optional: true };
  }
  if (rest.every((part) => readScalar(part) !== undefined)) return { kind: "union", ...optional };
  if (rest.some((part) => unquoted(part).split(" ").length > 3)) return undefined;
  return { kind: "enum", values: rest.map(unquoted), ...optional };
}

function readItems(text: string): TypeMeant | undefined {
  return readMarked(text) ?? readScalar(text.replace(/s$/i, "")) ?? readSchemaName(text);
}

/** What is probably the name of a schema. */
export function readSchemaName(text: unknown): TypeMeant | undefined {
  return typeof text === "string" && /^[A-Z]\w*$/.test(text) ? { kind: "scalar", type: text } : undefined;
}

function readDescribed(text: string): TypeMeant | undefined {
  const [, type = "", description] = DESCRIBED.exec(text) ?? WORDS.exec(text) ?? [];
  const known = type.endsWith("[]") ? readPlain(type) : readScalar(type);
  // "date of the order" and "text to translate" are descriptions.
  const isName = SCALARS.includes(type.toLowerCase()) || !WORDS.test(text) || DESCRIBED.test(text);
  return known && isName ? { ...known, description } : undefined;
}

function readTypo(text: string): TypeMeant | undefined {
  const near = /^[a-z]{3,}$/i.test(text) ? nearest(text, SCALARS) : undefined;
  return near === undefined ? undefined : { kind: "scalar", type: near };
}

/** A description in the place of a type: `name: the person's name`. */
function readProse(text: string): TypeMeant | undefined {
  return !/^[A-Z]\w*(?:,|$)/.test(text) && (/^\p{L}.*\s/u.test(text) || /^[a-z]/.test(text))
    ? { kind: "scalar", type: "string", description: text }
    : undefined;
}

/** The text without the quotes around it, straight or typographic. */
function unquoted(text: string): string {
  return /^["'“‘`]([^"'“”‘’`]*)["'”’`]$/.exec(text.trim())?.[1] ?? text.trim();
}
