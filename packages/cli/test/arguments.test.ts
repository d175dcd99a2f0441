// What programs pass to the functions of a registry, from JavaScript without types: what is not understood is refused with its
// path, and never left out.

import { greetProject, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openRegistry, type Registry, UsageError } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let repository: TestRepository;
let registry: Registry;
beforeAll(async () => {
  repository = greetProject();
  registry = await openRegistry({ dir: repository.dir });
});
afterAll(() => registry.close());

const state = () => repository.git("for-each-ref") + repository.git("status", "--porcelain");

interface Answer {
  readonly plan?: unknown;
  readonly result?: unknown;
  readonly kind?: string;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
    readonly args: { readonly path?: string };
  }[];
}

/** Calls a function as untyped code does. */
function call(name: string, ...values: readonly unknown[]): Promise<Answer> {
  return (registry as unknown as Record<string, (...values: readonly unknown[]) => Promise<Answer>>)[name]?.(
    ...values,
  ) as Promise<Answer>;
}

const user = { role: "user", content: "Hi" };
const set = { kind: "set", name: "greet", alias: "staging", to: "v2" };
const register = (...messages: readonly unknown[]) => [{ name: "new", messages }];

describe("refused with the path", () => {
  it.each<[name: string, values: readonly unknown[], path: string, said: string, hint: string]>([
    ["register", register({ ...user, name: "bob" }), "messages[0].name", "unknown property", "in the content"],
    [
      "register",
      register(user, { ...user, tool_calls: [] }),
      "messages[1].tool_calls",
      "unknown property",
      "`history`",
    ],
    ["register", register({ ...user, tool_call_id: "1" }), "messages[0].tool_call_id", "unknown property", "`history`"],
    ["register", register({ ...user, refusal: null }), "messages[0].refusal", "unknown property", "`history`"],
    [
      "register",
      register({ ...user, function_call: {} }),
      "messages[0].function_call",
      "unknown property",
      "`history`",
    ],
    ["register", register({ ...user, weight: 1 }), "messages[0].weight", "unknown property", "remove it"],
    ["register", register({ ...user, contents: "x" }), "messages[0].contents", 'did you mean "content"?', ""],
    ["register", register({ ...user, content: [{ type: "text" }] }), "messages[0].content", "not a string", "{{media"],
    ["register", register({ ...user, content: null }), "messages[0].content", "not a string", "leave the message out"],
    ["register", register({ role: "user" }), "messages[0].content", "not a string", "write its text"],
    ["register", register({ content: "Hi" }), "messages[0].role", "has no role", 'the role "user"'],
    [
      "register",
      register({ role: "assistant", content: null, tool_calls: [], refusal: null }),
      "messages[0].tool_calls",
      "unknown property",
      "`history`",
    ],
    [
      "register",
      register({ role: "model", parts: [{ text: "Hi" }] }),
      "messages[0]",
      'has "parts" instead of a content',
      'write { role: "assistant", content: "Hi" }',
    ],
    [
      "register",
      register({ from: "human", value: "Hi" }),
      "messages[0]",
      'has "from" and "value" instead of a role and a content',
      'write { role: "user", content: "Hi" }',
    ],
    ["register", register(["human", "Hi"]), "messages[0]", "neither", 'write { role: "user", content: "Hi" }'],
    ["register", register(["placeholder", "{chat}"]), "messages[0]", "neither", "`history`"],
    ["register", register("Hi"), "messages[0]", "neither an object", 'write { role: "user", content: "Hi" }'],
    ["register", register({ ...user, role: "developer" }), "messages[0].role", '"developer"', 'the role "system"'],
    ["register", register({ ...user, role: "human" }), "messages[0].role", '"human"', 'the role "user"'],
    ["register", register("histry"), "messages[0]", "neither an object", 'write "history"'],
    ["register", register(null), "messages[0]", "neither an object", 'write { role: "user"'],
    ["register", [{ name: "new", template: "x", tag: {} }], "tag", 'did you mean "tags"?', "tags"],
    ["register", [{ name: "new", prompt: "x" }], "prompt", "unknown property", "write `template`; or `source`"],
    ["register", [{ name: "new", template: "x", commit_message: "x" }], "commit_message", "unknown", "`message`"],
    ["register", [{ name: "new", template: "x", max_tokens: 3 }], "max_tokens", "unknown", "config: { maxOutputTokens"],
    ["register", [{ name: "new", template: "x", response_format: "json" }], "response_format", "", "`outputFormat`"],
    ["register", [{ name: "new", template: "x", output: {} }], "output", "", "`outputSchema` and `outputFormat`"],
    [
      "register",
      [{ name: "new", template: "---\nmodel: gpt\n---\nHi" }],
      "template",
      "begins with front matter",
      "pass the text as `source`",
    ],
    ["register", [{ name: "new", template: 3 }], "template", "must be a string, got a number (3)", "pass a string"],
    ["register", [{ name: ["new"], template: "x" }], "name", "must be a string, got an array of 1", "pass a string"],
    ["register", [{ name: "new", template: "x", message: 3 }], "message", "must be a string", "pass a string"],
    ["register", [{ name: "new", template: "x" }, { sing: true }], "options.sing", 'did you mean "sign"?', "sign"],
    ["register", [], "", "must be an object, got nothing", "pass an object"],
    ["planRegister", [{ name: "new", template: "x", tags: { a: [] } }], "tags.a", "got an array of 0", "pass a string"],
    ["planAliases", [{ ...set, alias: null }], "request.alias", "must be a string, got null", "pass a string"],
    ["planAliases", [{ ...set, alias: undefined }], "request.alias", "got nothing", "pass a string"],
    ["planAliases", [{ ...set, alias: true }], "request.alias", "got a boolean (true)", "pass a string"],
    ["planAliases", [{ ...set, alias: ["staging"] }], "request.alias", "got an array of 1", "pass a string"],
    ["planAliases", [{ ...set, to: undefined }], "request.to", "got nothing", '"v3"'],
    ["planAliases", [{ ...set, to: { v1: 90, v2: undefined } }], "request.to.v2", "must be a number", "pass a number"],
    ["planAliases", [{ ...set, kind: "sett" }], "request.kind", 'must be "set"', "delete"],
    ["planAliases", [{ ...set, allowBreaking: true }], "request.allowBreaking", "unknown property", "remove it"],
    ["planAliases", [set, { allowBreak: true }], "options.allowBreak", 'did you mean "allowBreaking"?', ""],
    ["planPromotion", [{ names: "greet", from: "a", to: "b" }], "promotion.names", "must be a list", '"all"'],
    [
      "planPromotion",
      [{ names: "all", from: "a", to: "b", share: 150 }],
      "promotion.share",
      "from 1 to 100",
      "pass an",
    ],
    ["planRollback", [{ name: "greet", alias: null }], "rollback.alias", "got null", "pass a string"],
    ["planRelease", [{ nanes: ["greet"] }], "options.nanes", 'did you mean "names"?', 'write "names"'],
    ["planRelease", [{ names: "greet" }], "options.names", "must be a list", "pass a list"],
    ["planRelease", [{ notes: { gret: "x" } }], "options.notes.gret", "not part of this release", 'write "greet"'],
    ["planRelease", [{}, { push: "origin" }], "", "takes one argument", "remove"],
    ["planRetire", [{ references: ["greet@v1"], reson: "x" }], "options.reson", 'did you mean "reason"?', ""],
    ["planRetire", [{ references: ["greet@v1"], reason: "x", undo: true }], "options.reason", "must be left out", ""],
    ["planScore", [{ reference: "greet@v1", metrics: { a: "1" } }], "options.metrics.a", "must be a number", ""],
    ["applyAliases", [{ plan: {}, diagnostics: [] }], "plan", "must be a plan of planAliases", "the `plan` that"],
    ["applyRelease", [undefined], "plan", "got nothing", "the `plan` that"],
    ["check", [{ requiresigned: true }], "options.requiresigned", 'did you mean "requireSigned"?', ""],
    ["build", [{ overwrite: true }], "options.overwrite", 'did you mean "overwrites"?', ""],
    ["load", [null], "reference", "must be a string, got null", "pass a string"],
    ["load", ["greet@v1", { keys: "x" }], "options.keys", 'did you mean "key"?', ""],
    ["search", [{ nam: "greet" }], "request.nam", 'did you mean "name"?', ""],
    ["read", [{ resolveConflicts: true }], "options.resolveConflicts", 'did you mean "resolvesConflicts"?', ""],
  ])("%s %j: %s", async (name, values, path, said, hint) => {
    const before = state();
    const { plan, result, kind, diagnostics } = await call(name, ...values);
    expect([plan, result, kind === "found"]).toEqual([undefined, undefined, false]);
    const [finding] = diagnostics;
    expect([diagnostics.length, finding?.args.path ?? ""]).toEqual([1, path]);
    expect(finding?.code).toMatch(/^(?:register\/invalid-draft|request\/invalid-argument)$/);
    expect(finding?.message).toContain(said);
    expect(finding?.hint ?? "").toContain(hint);
    expect(state()).toBe(before);
  });

  it("in the options of the registry", async () => {
    const { dir } = repository;
    const codes = async (options: object) => {
      const opened = await openRegistry({ dir, ...options });
      const { diagnostics, plan } = await opened.planRelease();
      opened.close();
      return [plan, ...diagnostics.map(({ code }) => code)];
    };
    expect(await codes({ frozn: true })).toEqual([undefined, "request/invalid-argument"]);
    expect(await codes({ git: "svn" })).toEqual([undefined, "request/invalid-argument"]);
    expect(await codes({ config: { version: "all" } })).toEqual([undefined, "config/unknown-key"]);
    expect(await codes({ config: { out: "../elsewhere" } })).toEqual([undefined, "config/invalid"]);
    await expect(openRegistry({ dir: 3 } as never)).rejects.toThrow(UsageError);
  });

  it("without refusing functions that are passed on as they are", async () => {
    const outcomes = await Promise.all(["greet", "greet"].map(registry.history));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["found", "found"]);
  });
});

// Every kind of value that the functions take, as deep as it goes.
const requests: readonly (readonly [name: string, ...values: unknown[]])[] = [
  [
    "register",
    {
      ...{
        name: "new",
        description: "d",
        model: "m",
        outputFormat: "text",
        notes: "n",
        message: "m",
        tags: { a: "b" },
      },
      messages: [{ role: "system", content: "Hi" }, "history", { role: "user", content: "{{name}}" }],
      examples: [{ name: "one", input: { name: "Ada" } }],
    },
    { sign: false, identity: { name: "Ada", email: "a@example.com" } },
  ],
  ["planAliases", set, { allowBreaking: true }],
  ["planAliases", { ...set, to: { v1: 1, v2: 1 } }],
  ["planAliases", { kind: "promote", names: ["greet"], from: "production", to: "staging", share: 10 }],
  ["planAliases", { kind: "rollback", name: "greet", alias: "production", to: "v1" }],
  ["planAliases", { kind: "delete", name: "greet", alias: "production" }],
  ["planPromotion", { names: ["greet"], from: "production", to: "staging" }, { allowBreaking: true }],
  ["planRollback", { name: "greet", alias: "production", to: { v1: 1 } }, {}],
  ["planRelease", { names: ["greet"], commit: "HEAD", notes: "n", push: "origin" }],
  ["planRetire", { references: ["greet@v1"], reason: "old" }],
  ["planRetire", { references: ["greet@v1"], undo: true }],
  ["planScore", { reference: "greet@v1", dataset: "d", date: "2026-11-29", by: "Ada" }],
  ["planFixes", { files: ["prompts"] }],
  ["build", { keepsCache: false, as: [{ name: "greet", alias: "production", target: { kind: "working" } }] }],
];

/** Objects and lists whose members are the caller's own. */
const FREE = /^(?:tags|examples\[\d\]\.input|(?:request|rollback)\.to)$/;

/** The objects and lists in a value, with their paths. */
function containers(value: unknown, path: string): [path: string, container: object][] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    containers(member, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`),
  );
  return [...(FREE.test(path) ? [] : ([[path, value]] as [string, object][])), ...inner];
}

it("never leaves out a property that it does not know, wherever it is", async () => {
  const before = state();
  const names = fc.oneof(fc.string(), fc.constantFrom("constructor", "__proto__", "toString", "length2", "Name"));
  const property = fc.asyncProperty(fc.constantFrom(...requests), names, fc.nat(), async (request, key, choice) => {
    const [name, ...values] = structuredClone(request);
    const labels = ["register", "planAliases", "planPromotion", "planRollback"].includes(name)
      ? [
          name === "register" ? "" : name === "planAliases" ? "request" : name.slice("plan".length).toLowerCase(),
          "options",
        ]
      : ["options"];
    const places = values.flatMap((value, index) => containers(value, labels[index] ?? ""));
    const [path, container] = places[choice % places.length] ?? ["", {}];
    fc.pre(
      !Object.hasOwn(container, key) && !isOption(container, key) && !(Array.isArray(container) && /^\d+$/.test(key)),
    );
    Object.defineProperty(container, key, { value: "extra", enumerable: true, configurable: true });
    const { plan, result, diagnostics } = await call(name, ...values);
    expect([plan, result]).toEqual([undefined, undefined]);
    const paths = diagnostics.map(({ args }) => args.path);
    expect(paths).toContain(path === "" ? key : `${path}.${key}`);
  });
  await fc.assert(property, { seed: 35, numRuns: 300 });
  expect(state()).toBe(before);
});

/** Whether the random name is an option that the request leaves out. */
function isOption(container: object, key: string): boolean {
  return !Array.isArray(container) && /^(?:to|from|key|name|by)$/.test(key);
}

it("keeps what a prompt passes through, as deep as it goes", async () => {
  const data = { a: { b: [{ __c: 1, "d e": null }] }, constructor: "x" };
  const { plan } = await registry.planRegister({
    ...{ name: "new", template: "Hi {{name}}", metadata: data, config: data, tools: [data] },
    examples: [{ name: "one", input: { name: "Ada" } }],
  });
  expect(plan?.text.match(/d e: null/g)).toHaveLength(3);
});

it("refuses a file with a key that would be left out, at its place", async () => {
  const stdin = "---\nmodle: m\n---\nHi";
  const { code, stderr } = await runCommand(["register", "new", "--from", "-"], { cwd: repository.dir, stdin });
  expect(code).toBe(1);
  expect(stderr).toContain("prompts/new.md@draft:2:1  error  register/invalid-draft");
  expect(stderr).toContain('hint: did you mean "model"?');
});

it.each(['[{"role":"user","content":"Hi"}]', '\n{ "messages": [{ "role": "user", "content": "Hi" }] }'])(
  "refuses a file with messages as JSON: %j",
  async (stdin) => {
    const { code, stderr } = await runCommand(["register", "new", "--from", "-"], { cwd: repository.dir, stdin });
    expect(code).toBe(1);
    expect(stderr).toContain(`prompts/new.md@draft:${stdin.startsWith("[") ? 1 : 2}:1  error  register/invalid-draft`);
    expect(stderr).toContain('hint: write each message as {{role "user"}}');
  },
);

it.each<[what: string, value: unknown, said: string]>([
  ["a list with a property", Object.assign([1], { extra: 1 }), 'the property "extra"'],
  ["a list with a hole", new Array(2).fill(1, 0, 1), '"config.x[1]" is undefined'],
  ["a symbol", { [Symbol("s")]: 1 }, "has a symbol as a key"],
  ["a class", new Map(), "is not plain data"],
])("refuses %s in what a prompt passes through", async (_, x, said) => {
  const { plan, diagnostics } = await call("planRegister", { name: "new", template: "Hi", config: { x } });
  expect(plan).toBeUndefined();
  expect(diagnostics.map(({ message }) => message).join()).toContain(said);
});

it("refuses data that contains itself", async () => {
  const config: Record<string, unknown> = {};
  config["self"] = { config };
  const { diagnostics } = await call("planRegister", { name: "new", template: "Hi", config });
  expect(diagnostics.map(({ message }) => message).join()).toContain('"config.self.config" contains itself');
});
