import { plainText } from "@cuecard/model";
import { diffArrays } from "diff";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterStep, type FieldChange, isEqual, stepsOf } from "./changed-data.js";
import { findFrontMatter } from "./find-front-matter.js";
import { setFrontMatter } from "./set-front-matter.js";

const set = (text: string, ...changes: readonly FieldChange[]) => setFrontMatter("prompts/a.md", text, changes);

describe("setFrontMatter", () => {
  const rows: readonly (readonly [what: string, before: string, change: FieldChange, after: string])[] = [
    ["a plain text", "model: a # c\nx: 1", { path: ["model"], value: "b" }, "model: b # c\nx: 1"],
    ["a text that needs quotes", "model: a", { path: ["model"], value: "a: b #" }, 'model: "a: b #"'],
    ["double quotes", 'model: "a"', { path: ["model"], value: "b" }, 'model: "b"'],
    ["single quotes", "model:   'a'  # c", { path: ["model"], value: "it's" }, "model:   'it''s'  # c"],
    ["lines", "model: a # c\nx: 1", { path: ["model"], value: "b\nc" }, "model: |- # c\n  b\n  c\nx: 1"],
    [
      "a literal",
      "model: | # c\n  a\n\n# d\nx: 1",
      { path: ["model"], value: "b\n" },
      "model: | # c\n  b\n\n# d\nx: 1",
    ],
    ["a key without a value", "model: # c\nx: 1", { path: ["model"], value: "b" }, "model: b # c\nx: 1"],
    ["a map for no value", "tags: # c\nx: 1", { path: ["tags", "a"], value: 1 }, "tags: # c\n  a: 1\nx: 1"],
    ["a value in braces", "tags: { a: 1, b: 2 }", { path: ["tags", "b"], value: "x, y" }, 'tags: { a: 1, b: "x, y" }'],
    ["a key in braces", "tags: {a: 1,} # c", { path: ["tags", "b"], value: true }, "tags: {a: 1, b: true,} # c"],
    ["a key in empty braces", "tags: {}", { path: ["tags", "b"], value: [1] }, "tags: { b: [1] }"],
    [
      "a new key, in its order",
      "# c\nmodel: a\ntags: {}",
      { path: ["config", "t"], value: 1 },
      "# c\nmodel: a\nconfig:\n  t: 1\ntags: {}",
    ],
    [
      "a new first key",
      "# c\n\n# d\nmodel: a",
      { path: ["description"], value: "A" },
      "# c\n\ndescription: A\n# d\nmodel: a",
    ],
    [
      "an unknown key",
      "model: a\ntags: {}\n# end",
      { path: ["owner"], value: "A" },
      "model: a\ntags: {}\nowner: A\n# end",
    ],
    [
      "a nested key",
      "input:\n    schema:\n        a: string # c\n    default: {}",
      { path: ["input", "schema", "b"], value: "number" },
      "input:\n    schema:\n        a: string # c\n        b: number\n    default: {}",
    ],
    [
      "a key behind a dash",
      "examples:\n  - name: A\n    # c\n    input: { a: 1 }\n  - name: B",
      { path: ["examples", 0, "name"], value: "C" },
      "examples:\n  - name: C\n    # c\n    input: { a: 1 }\n  - name: B",
    ],
    [
      "an item at the end",
      "examples:\n- name: A # c\n# d\nx: 1",
      { path: ["examples", 1], value: { name: "B", input: { a: 1 } } },
      "examples:\n- name: A # c\n- name: B\n  input:\n    a: 1\n# d\nx: 1",
    ],
    ["an item in brackets", "tools: [ a, b ]", { path: ["tools", 2], value: "c" }, "tools: [ a, b, c ]"],
    ["a list in brackets", "tools: [a, b, c]", { path: ["tools"], value: ["a", "x", "y", "c"] }, "tools: [a, x, y, c]"],
    ["no items any more", "tools:\n  - a\nx: 1", { path: ["tools", 0], remove: true }, "tools: []\nx: 1"],
    [
      "one item less",
      "tools:\n  - a # c\n  # d\n  - b\nx: 1",
      { path: ["tools"], value: ["b"] },
      "tools:\n  # d\n  - b\nx: 1",
    ],
    ["a removed key", "model: a # c\n# d\ntags: {}", { path: ["model"], remove: true }, "# d\ntags: {}"],
    ["the only key", "model: a\n", { path: ["model"], remove: true }, ""],
    [
      "a removed key behind a dash",
      "examples:\n  - name: A\n    input: {}",
      { path: ["examples", 0, "name"], remove: true },
      "examples:\n  - input: {}",
    ],
    ["a removed key in braces", "tags: { a: 1, b: 2 }", { path: ["tags", "b"], remove: true }, "tags: { a: 1 }"],
    ["nothing to remove", "model: a", { path: ["tags", "b"], remove: true }, "model: a"],
    [
      "a renamed variable",
      "input:\n  schema:\n    a: string # c\n    b: string",
      { path: ["input", "schema", "a"], rename: "c?" },
      "input:\n  schema:\n    c?: string # c\n    b: string",
    ],
    ["another kind of value", "config: { t: 1 } # c\nx: 1", { path: ["config"], value: "a" }, "config: a # c\nx: 1"],
    [
      "a map for a text",
      "input:\n  schema: Recipe # c\nx: 1",
      { path: ["input", "schema"], value: { a: "string" } },
      "input:\n  schema: # c\n    a: string\nx: 1",
    ],
    [
      "a text for a map",
      "input:\n  schema: # c\n    # d\n    a: string\nx: 1",
      { path: ["input", "schema"], value: "Recipe" },
      "input:\n  schema: Recipe # c\nx: 1",
    ],
    [
      "a number with a form of its own",
      "tags: { v: 1.10 }",
      { path: ["tags", "w"], value: 2 },
      "tags: { v: 1.10, w: 2 }",
    ],
    ["a key that is a number", "tags:\n  1: a", { path: ["tags", "1"], value: "b" }, "tags:\n  1: b"],
  ];

  it.each(rows)("sets %s", (_, before, change, after) => {
    const file = (yaml: string) => `---\n${yaml === "" || yaml.endsWith("\n") ? yaml : `${yaml}\n`}---\n\n Body --- \n`;
    expect(set(file(before), change)).toEqual({ text: file(after), diagnostics: [] });
    const windows = `\ufeff${file(before)}`.replaceAll("\n", "\r\n");
    expect(set(windows, change).text).toBe(`\ufeff${file(after)}`.replaceAll("\n", "\r\n"));
  });

  it("adds front matter to a text without it, and fills empty one", () => {
    const change = { path: ["input", "schema", "name"], value: "string" };
    const yaml = "input:\n  schema:\n    name: string\n";
    expect(set("Hello {{name}}!\r\n", change).text).toBe(`---\n${yaml}---\nHello {{name}}!\n`.replaceAll("\n", "\r\n"));
    expect(set("", change).text).toBe(`---\n${yaml}---\n`);
    expect(set("---\n---\nHello", change).text).toBe(`---\n${yaml}---\nHello`);
    expect(set("---\n# c\n---\nHello", change).text).toBe(`---\n# c\n${yaml}---\nHello`);
    expect(set("Hello", { path: ["model"], remove: true }).text).toBe("Hello");
  });

  it.each([
    ["---\nmodel: a: b\n---\n", ["model"], "front-matter/syntax"],
    ["---\nmodel: a\nmodel: b\n---\n", ["model"], "front-matter/syntax"],
    ["---\n\tmodel: a\n---\n", ["model"], "front-matter/syntax"],
    ["---\na: &x 1\nb: *x\n---\n", ["b"], "front-matter/syntax"],
    ["---\nmodel: a\n", ["model"], "front-matter/unclosed"],
    ["---js\nmodel: a\n---\n", ["model"], "front-matter/language"],
    ["---\n- a\n---\n", ["model"], "edit/invalid-change"],
    ["---\nmodel: &x a\n---\n", ["model"], "edit/invalid-change"],
    ["---\nmodel: !!str 1\n---\n", ["model"], "edit/invalid-change"],
    ["---\n? model\n: a\n---\n", ["model"], "edit/invalid-change"],
    ["---\nmodel: a\n---\n", ["model", "x"], "edit/invalid-change"],
    ["---\nmodel: a\n---\n", [], "edit/invalid-change"],
    ["---\ntags: [a]\n---\n", ["tags", "a"], "edit/invalid-change"],
    ["---\ntags: { a: 1 }\n---\n", ["tags", 0], "edit/invalid-change"],
    [`---\nmodel: ${"x".repeat(40_000)}\n---\n`, ["model"], "front-matter/too-large"],
  ])("refuses %j", (text, path, code) => {
    const { text: changed, diagnostics } = set(text, { path, value: "v" });
    expect([changed, diagnostics.map((finding) => finding.code)]).toEqual([undefined, [code]]);
  });

  it("refuses a key that would end the front matter", () => {
    const { diagnostics } = set("---\na: 1\n---\n", { path: ["a"], rename: "---x" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["edit/invalid-change"]);
  });

  it("refuses a name that is taken, and numbers that JSON would round", () => {
    const taken = set("---\na: 1\nb: 2\n---\n", { path: ["a"], rename: "b" });
    expect(taken.diagnostics.map(({ message }) => message)).toEqual([
      "a cannot be changed here: there is a key b already",
    ]);
    expect(set("---\na: 1\n---\n", { path: ["a"], value: 2 ** 60 }).text).toBeUndefined();
  });
});

const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a", "b", "model", "tags", "c?", "x y", "1") },
  fc.constantFrom("__proto__", "null", "#k", "k: v", "- k", "", "é🙂", "true", "constructor", "[k]", "'q"),
);
const text = fc.oneof(
  fc.constantFrom(
    "",
    "a",
    "a b",
    "it's",
    "a: b",
    "a #b",
    "# c",
    "- x",
    "{a}",
    "null",
    "yes",
    "1.0",
    "a\nb",
    "a\n\nb\n",
    " a",
    "a ",
    "a\tb",
    "a\n  b\n",
    "\n",
    "---",
    "\u2028",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a",
    '"',
    "a\r\nb",
    "\\",
  ),
  fc.string({ maxLength: 8 }).filter((one) => !/[\ud800-\udfff\r]/.test(one)),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true }),
);
const { value, map } = fc.letrec<{ value: unknown; map: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, scalar, fc.array(tie("value"), { maxLength: 3 }), tie("map")),
  map: fc.dictionary(key, tie("value"), { maxKeys: 4 }),
}));

/** Prints a value as people might, with comments and in every style. */
function print(data: unknown, column: number, style: () => number): string {
  const pad = " ".repeat(column);
  const comment = () => (style() < 0.3 ? " # note" : "");
  const above = (at: string) => (style() < 0.2 ? `${at}# above\n` : style() < 0.1 ? "\n" : "");
  const isList = Array.isArray(data);
  const entries = isList ? data.map((one) => ["", one] as const) : isMap(data) ? Object.entries(data) : undefined;
  if (data === null && style() < 0.4) return `${comment()}\n`;
  const block = typeof data === "string" && style() < 0.6 ? blockText(data, pad) : undefined;
  if (block !== undefined) return block;
  if (entries === undefined || entries.length === 0 || style() < 0.25)
    return `${flow(data, style, column > 0 ? pad : "  ")}${comment()}\n`;
  const lines = entries.map(([name, one], index) => {
    const head = isList ? "-" : `${flow(name, () => 1)}:`;
    // The items of a list may be as far left as its key.
    const step = !isList && Array.isArray(one) && style() < 0.3 ? 0 : style() < 0.3 ? 4 : 2;
    const inner = print(one, column + step, style);
    const isNested = inner.startsWith("\n");
    // `- - a`, `- a: 1`
    const rest = inner.trimStart();
    const isCompact = isList && isNested && step > 0 && !rest.startsWith("#") && style() < 0.6;
    const lead = above(pad);
    if (isCompact) return `${lead}${pad}-${" ".repeat(step - 1)}${rest}`;
    return `${index === 0 && isList ? "" : lead}${pad}${head}${isNested ? comment() : inner === "\n" || inner.startsWith(" #") ? "" : " "}${inner}`;
  });
  return `\n${lines.join("")}`;
}

/** A text in lines of its own, if it can be. */
function blockText(data: string, pad: string): string | undefined {
  if (!/^[a-z]/.test(data) || /[\t\r\u2028\\]| $| \n/m.test(data) || data.endsWith("\n\n")) return undefined;
  const lines = data.replace(/\n$/, "").split("\n");
  return `${data.endsWith("\n") ? "|" : "|-"}\n${lines.map((line) => (line === "" ? "\n" : `${pad}  ${line}\n`)).join("")}`;
}

function flow(data: unknown, style: () => number, pad = "  "): string {
  const entries = Array.isArray(data)
    ? data.map((one) => flow(one, style, pad))
    : isMap(data)
      ? Object.entries(data).map(([name, one]) => `${flow(name, () => 1)}: ${flow(one, style, pad)}`)
      : undefined;
  if (entries !== undefined) {
    const [open, close] = Array.isArray(data) ? ["[", "]"] : ["{", "}"];
    const isLong = style() < 0.3;
    const separator = isLong ? `,${style() < 0.3 ? " # note" : ""}\n ${pad}` : style() < 0.5 ? ", " : " , ";
    const comma = entries.length > 0 && style() < 0.2 ? "," : "";
    return `${open}${isLong ? `\n ${pad}` : " "}${entries.join(separator)}${comma}${isLong ? `\n ${pad}` : ""}${close}`;
  }
  if (typeof data === "string" && /^[a-z][a-z ]*[a-z]$/.test(data) && !/^(?:null|true|false|yes)$/.test(data)) {
    if (style() < 0.7) return data;
  }
  if (typeof data === "string" && /^[ -~]*$/.test(data) && style() < 0.5) return `'${data.replaceAll("'", "''")}'`;
  return JSON.stringify(data);
}

const isMap = (data: unknown): data is Record<string, unknown> =>
  typeof data === "object" && data !== null && !Array.isArray(data);

/** A path into data, or just beyond it. */
function pathInto(data: unknown, choose: () => number): (string | number)[] {
  const keys = Array.isArray(data) ? [...data.keys(), data.length] : isMap(data) ? [...Object.keys(data), "new"] : [];
  const picked = keys[Math.floor(choose() * keys.length)];
  if (picked === undefined) return [];
  const inner = Array.isArray(data)
    ? data[Number(picked)]
    : isMap(data) && Object.hasOwn(data, picked)
      ? data[picked]
      : undefined;
  return choose() < 0.5 || inner === undefined ? [picked] : [picked, ...pathInto(inner, choose)];
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function dataOf(file: string): unknown {
  const found = findFrontMatter({ path: "a.md", text: plainText(file) });
  return "parsed" in found ? (found.parsed.data ?? {}) : found.diagnostics;
}

describe("whatever the front matter and the change are", () => {
  const file = fc.tuple(map, fc.nat()).map(([data, seed]) => {
    const yaml = print(data, 0, random(seed)).replace(/^\n/, "");
    return { data, text: `---\n${yaml}---\nBody\n`, seed: seed + 1 };
  });

  it("has the value afterwards, once and for all", () => {
    fc.assert(
      fc.property(file, value, ({ data, text: before, seed }, next) => {
        const choose = random(seed);
        fc.pre(isEqual(dataOf(before), data));
        const path = pathInto(data, choose);
        fc.pre(path.length > 0);
        const change: FieldChange = choose() < 0.25 ? { path, remove: true } : { path, value: next };
        const expected = stepsOf(data, change).reduce(afterStep, data as unknown);
        const result = set(before, change);
        expect(result.diagnostics.map(({ message }) => message)).toEqual([]);
        const after = result.text ?? "";
        expect(isEqual(dataOf(after), expected)).toBe(true);
        expect(after.endsWith("---\nBody\n")).toBe(true);
        // Another item has the index of a removed one.
        if (!("remove" in change && typeof path.at(-1) === "number")) expect(set(after, change).text).toBe(after);
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing if the value is the same", () => {
    fc.assert(
      fc.property(file, ({ data, text: before }) => {
        fc.pre(isEqual(dataOf(before), data));
        const changes = Object.entries(data).map(([name, one]) => ({ path: [name], value: one }));
        expect(set(before, ...changes).text).toBe(before);
      }),
      { numRuns: 100 },
    );
  });

  it("changes only the line of the changed value, and keeps all comments", () => {
    fc.assert(
      fc.property(file, scalar, ({ data, text: before, seed }, next) => {
        const choose = random(seed);
        fc.pre(isEqual(dataOf(before), data));
        const path = pathInto(data, choose);
        const lines = before.split("\n");
        const parts = diffArrays(lines, (set(before, { path, value: next }).text ?? before).split("\n"));
        const removed = parts.reduce((sum, part) => sum + (part.removed === true ? part.count : 0), 0);
        const old = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], data);
        const isScalar = old !== undefined && (typeof old !== "object" || old === null);
        if (!isScalar) return;
        // A text can have lines of its own below its key.
        const own = typeof old === "string" ? old.replace(/\n$/, "").split("\n").length + 1 : 1;
        expect(removed).toBeLessThanOrEqual(own);
        const comments = (text: string) => text.split(/# (?:note|above)/).length;
        expect(comments(set(before, { path, value: next }).text ?? "")).toBe(comments(before));
      }),
      { numRuns: 100 },
    );
  });
});
