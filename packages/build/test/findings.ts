// A template's findings in a test, with the exact characters: against a schema with something of every kind.

import { expect } from "vitest";
import type { HelperParameter, HelperSignature } from "../src/language/helper-signature.js";
import { compileText } from "./render.js";

const SCHEMA = `
  name: string
  note?: string
  count: number
  flag: boolean
  tone?(enum): [formal, friendly]
  status(enum): [open, closed]
  tags(array): string
  hints?(array): string
  items(array):
    title: string
    price?: number
    parts?(array): { label: string }
  user: { name: string, email?: string, address?: { city: string, zip?: string } }
  prices: { (*): number }
  data: any
  extra?: any
`;

/** `{ title: string; price?: number; maker: { name?: string; tags: string[] }; more: unknown }`. */
const ORDER: readonly HelperParameter[] = [
  { name: "title", type: ["string"], optional: false },
  { name: "price", type: ["number", "undefined"], optional: true },
  {
    name: "maker",
    type: [
      {
        members: [
          { name: "name", type: ["string", "undefined"], optional: true },
          { name: "tags", type: [{ items: ["string"] }], optional: false },
        ],
      },
    ],
    optional: false,
  },
  { name: "more", type: "any", optional: false },
];

const HELPERS: readonly HelperSignature[] = [
  {
    name: "upper",
    positional: [{ name: "text", type: ["string"], optional: false }],
    named: [],
    returns: ["string"],
  },
  {
    name: "truncate",
    positional: [
      { name: "text", type: ["string", "null", "undefined"], optional: false },
      { name: "length", type: ["number"], optional: true },
    ],
    named: [
      { name: "suffix", type: ["string"], optional: true },
      { name: "mark", type: ["boolean"], optional: false },
    ],
    returns: ["string"],
  },
  {
    name: "sum",
    positional: [],
    named: [
      { name: "net", type: ["number"], optional: false },
      { name: "tax", type: ["number"], optional: true },
    ],
    needsNamed: true,
    returns: ["number"],
  },
  { name: "split", positional: [], rest: { name: "texts", type: ["string"] }, named: [], returns: ["array"] },
  { name: "and", positional: [], rest: { name: "values", type: "any" }, named: [], returns: "any" },
  {
    name: "total",
    positional: [{ name: "order", type: [{ members: ORDER }], optional: false }],
    named: [{ name: "style", type: [{ values: ["short", "long"] }, "undefined"], optional: true }],
    returns: [{ members: ORDER }, "undefined"],
  },
  {
    name: "rows",
    positional: [
      { name: "lists", type: [{ items: [{ items: ["string"] }] }, { items: ["string"] }], optional: true },
      { name: "prices", type: [{ members: [], others: ["string"] }], optional: true },
    ],
    named: [{ name: "level", type: [{ values: [1, 2] }, "string"], optional: true }],
    returns: [{ items: [{ members: ORDER }] }],
  },
  {
    name: "add",
    positional: [{ name: "items", type: [{ items: [{ members: ORDER.slice(0, 1) }] }], optional: false }],
    named: [],
    returns: [{ values: ["low", "high"] }],
  },
];

export interface Given {
  readonly schema?: string;
  readonly partials?: Readonly<Record<string, string>>;
  readonly rest?: string;
}

/** Each finding as `code line:column-line:column text`; variables that a row does not use are left out. */
export function found(body: string, { schema = SCHEMA, partials = {}, rest = "" }: Given = {}): string[] {
  const indented = schema.trimEnd().replaceAll("\n", "\n  ");
  const head = schema === "" ? "---\nmodel: x\n---\n" : `---\ninput:\n  schema:${indented}\n${rest}---\n`;
  const file = head + body;
  const helpers = new Map(HELPERS.map((helper) => [helper.name, helper]));
  return compileText(file, partials, helpers)
    .diagnostics.filter(({ code }) => code !== "template/unused-variable")
    .map(({ code, file: at, range, message, hint }) => {
      if (range === undefined) throw new Error(`${code} has no range`);
      const partial = /_(\w+)\.md$/.exec(at)?.[1];
      const text = partial === undefined ? file : (partials[partial] ?? "");
      const { start, end } = range;
      const line = text.split("\n")[start.line - 1] ?? "";
      const lines = partial === undefined ? head.split("\n").length - 1 : 0;
      const place = `${start.line - lines}:${start.column}-${end.line - lines}:${end.column}`;
      const written = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : "…";
      const where = partial === undefined ? place : `${partial} ${place}`;
      return `${code.replace("template/", "")} ${where} [${written}] ${message}${hint === undefined ? "" : ` — ${hint}`}`;
    });
}

export function expectFindings(actual: readonly string[], expected: readonly string[]): void {
  expect(actual).toEqual(expected.map((start) => expect.stringContaining(start)));
}
