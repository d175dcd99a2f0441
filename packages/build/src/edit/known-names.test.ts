import { describe, expect, it } from "vitest";
import { knownNames, type NamesSource } from "./known-names.js";
import type { KnownVariable } from "./known-variables.js";

const input = {
  type: "object",
  properties: {
    company: { type: "string", description: "Whose" },
    items: { type: "array", items: { $ref: "#/$defs/item" } },
    user: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
  },
  required: ["items", "user"],
  $defs: {
    item: {
      type: "object",
      properties: { title: { type: "string" }, parts: { type: "array", items: { $ref: "#/$defs/item" } } },
      required: ["title"],
    },
  },
};

const SOURCE: NamesSource = { text: "", name: "finance/forecast", input, partials: [], schemas: [], helpers: [] };

/** The names at the place of `┃`. */
function namesAt(marked: string, source: Partial<NamesSource> = {}): readonly KnownVariable[] {
  const at = marked.indexOf("┃");
  const { variables, scopes } = knownNames({ ...SOURCE, ...source, text: marked.replace("┃", "") });
  return scopes.findLast(({ from, to }) => from <= at && at <= to)?.variables ?? variables;
}

const TOP = ["company", "items", "user"];
const LOOP = ["@index", "@first", "@last", "@key"];
const UP = TOP.map((name) => `../${name}`);

describe("variables", () => {
  it.each([
    ["Hello {{┃", TOP],
    ["{{#if company}}{{┃", TOP],
    ["{{#each items}}{{┃", ["title", "parts", "this", ...LOOP, ...UP, "@root"]],
    ["{{#each items as |item n|}}{{┃", ["item", "n", "title", "parts", "this", ...LOOP, ...UP, "@root"]],
    ["{{#each items}}{{title}}{{else}}{{┃", TOP],
    ["{{#each items}}{{title}}{{/each}}{{┃", TOP],
    ["{{#each items}}{{#if title}}{{┃", ["title", "parts", "this", ...LOOP, ...UP, "@root"]],
    ["{{#with user}}{{┃", ["name", "this", ...UP, "@root"]],
    [
      "{{#with user}}{{#each ../items}}{{┃",
      ["title", "parts", "this", ...LOOP, "../name", ...UP.map((name) => `../${name}`), "../@root", "@root"],
    ],
    ["{{#each @root.items}}{{┃", ["title", "parts", "this", ...LOOP, ...UP, "@root"]],
    ["{{#each unknown}}{{┃", ["this", ...LOOP, ...UP, "@root"]],
    ["{{#each items}}{{#if title}}{{/each}}{{┃", TOP],
    ["{{! {{#each items}} }}{{┃", TOP],
    ["{{{{raw}}}}{{#each items}}{{{{/raw}}}}{{┃", TOP],
    ["\\{{#each items}}{{┃", TOP],
    [
      "---\nmodel: a\n---\n{{#with user}}{{/with}}{{#each items}}{{#each parts}}{{┃{{/each}}{{/each}}",
      [...["title", "parts", "this", ...LOOP, "../title", "../parts", ...UP.map((name) => `../${name}`), "@root"]],
    ],
  ])("%s", (text, expected) => {
    expect(namesAt(text).map(({ name }) => name)).toEqual(expected.filter((name) => name !== "../@root"));
  });

  it("have their types, descriptions and members", () => {
    const [company, items, user] = namesAt("{{┃");
    expect(company).toEqual({ name: "company", type: "string", description: "Whose", optional: true });
    expect(items).toMatchObject({ type: "object[]", items: { members: [{ name: "title" }, { name: "parts" }] } });
    expect(user?.members).toEqual([{ name: "name", type: "string" }]);
    const root = namesAt("{{#each items}}{{┃").find(({ name }) => name === "@root");
    expect(root?.members?.map(({ name }) => name)).toEqual(TOP);
  });

  it("are those that the tags use, if nothing declares them", () => {
    const text =
      '{{> header}}{{#if tone}}{{json bill.total indent=size}}{{/if}}{{#each list}}{{inner}}{{/each}}{{role "user"}} {{┃';
    expect(namesAt(text, { input: undefined })).toEqual(
      ["tone", "bill", "size", "list"].map((name) => ({ name, type: "any" })),
    );
  });
});

it("names each partial as short as the prompt's folder allows", () => {
  const partials = ["_a.md", "finance/_a.md", "finance/_b.md", "other/_c.md"];
  expect(knownNames({ ...SOURCE, partials }).partials).toEqual([
    { name: "a", description: "finance/_a.md" },
    { name: "b", description: "finance/_b.md" },
    { name: "other/c", description: "other/_c.md" },
  ]);
  expect(knownNames({ ...SOURCE, name: "greet", partials }).partials.map(({ name }) => name)).toEqual([
    ...["a", "finance/a", "finance/b", "other/c"],
  ]);
});

it("has helpers with their signatures, blocks, roles, and where the template begins", () => {
  const any = "any" as const;
  const parameter = (name: string, optional = false) => ({ name, type: any, optional });
  const helper = {
    ...{ name: "currency", positional: [parameter("amount"), parameter("code", true)], returns: any },
    named: [parameter("places", true)],
  };
  const names = knownNames({ ...SOURCE, text: "---\nmodel: a\n---\nHello", helpers: [helper] });
  expect(names.template).toEqual({ from: 17, to: 22 });
  expect(names.helpers.map(({ signature }) => signature)).toContain("currency amount [code] [places=…]");
  expect(names.helpers.map(({ name }) => name)).toContain("untrusted");
  expect(names.blocks.map(({ name }) => name)).toContain("ifEquals");
  expect(names.roles).toContain("system");
  expect(knownNames({ ...SOURCE, text: "---\nmodel: a" }).template).toEqual({ from: 12, to: 12 });
});
