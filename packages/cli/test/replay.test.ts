// `cuecard replay`: calls as services and tools record them, rendered by another version.

import { readFileSync } from "node:fs";
import { instantiate } from "@cuecard/build";
import { atAlias, type PromptTelemetry } from "@cuecard/runtime";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { openRegistry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SCHEMA = "name: string, count?: integer, any?: any, email?: 'string, private'";
const TEXT =
  "Hello {{name}}!{{#if count}} {{count}}{{/if}}{{#if any}} {{json any}}{{/if}}{{#if email}} {{email}}{{/if}}\nBye.";
const greet = (schema: string, text: string) => `---\ninput: { schema: { ${schema} } }\n---\n${text}\n`;

const project = prepared((): TestRepository => {
  const repository = createProject({ "prompts/greet.md": greet(SCHEMA, TEXT), "prompts/other.md": "Hi" });
  repository.commit();
  repository.tag("greet@v1", "First");
  repository.tag("other@v1", "First");
  repository.write({
    "prompts/greet.md": greet(SCHEMA, TEXT.replace("Hello {{name}}!", "Good day, {{name}}.")),
    "aliases.json":
      '{ "greet": { "production": "v1", "ab": { "v1": 1, "v2": 1 } }, "other": { "production": "v1" } }\n',
  });
  repository.commit();
  repository.tag("greet@v2", "Politer");
  repository.write({
    "prompts/greet.md": greet(`${SCHEMA}, tone(enum): [calm, brisk]`, TEXT.replace("Bye", "Bye {{tone}}")),
  });
  return repository;
});

interface Recording {
  telemetry(input?: unknown, options?: object): PromptTelemetry;
}

/** Prompts whose telemetry is that of a generated package. */
async function loader(dir: string) {
  const registry = await openRegistry({ dir });
  const { prompts } = await registry.compile({ versions: "all", working: true });
  registry.close();
  return (name: string, version: number | "working", alias?: string): Recording => {
    const compiled = prompts.find((prompt) => prompt.name === name)?.versions.find((one) => one.version === version);
    if (compiled === undefined) throw new Error(`${name}@${version} does not compile`);
    const prompt = instantiate(compiled);
    return (alias === undefined ? prompt : atAlias(prompt, alias)) as unknown as Recording;
  };
}

/** A project that tests only read. */
let shared: { readonly dir: string; readonly load: Awaited<ReturnType<typeof loader>> };
beforeAll(async () => {
  const { dir } = project();
  shared = { dir, load: await loader(dir) };
});

type Attributes = Readonly<Record<string, unknown>>;

/** A span as the OpenTelemetry Collector writes it. */
function otlp(attributes: Attributes): string {
  const otlpValue = (value: unknown): object =>
    typeof value === "number"
      ? { intValue: String(value) }
      : Array.isArray(value)
        ? { arrayValue: { values: value.map(otlpValue) } }
        : { stringValue: value };
  const list = Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));
  const span = { traceId: "4bf92f35", spanId: "00f067aa", name: "chat", attributes: list };
  return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
}

async function replay(dir: string, lines: readonly string[], ...args: string[]) {
  return runCommand(["replay", "-", ...args], { cwd: dir, stdin: lines.join("\n") });
}

const schema = JSON.parse(readFileSync(new URL("../schemas/replay.schema.json", import.meta.url), "utf8"));
const diagnostics = { $id: "diagnostics.schema.json", $defs: { diagnostic: { type: "object" } } };
const isReport = new Ajv2020({ strict: false, schemas: [diagnostics], code: { optimize: false } }).compile(schema);

/** What `--json` prints, which always fits the schema. */
async function report(dir: string, lines: readonly string[], ...args: string[]) {
  const { code, stdout } = await replay(dir, lines, ...args, "--json");
  const printed = JSON.parse(stdout);
  expect([isReport(printed), isReport.errors]).toEqual([true, null]);
  return { code, ...printed };
}

it("shows what would be refused, how texts differ, and which calls were not compared", async () => {
  const { dir, load } = shared;
  const production = load("greet", 1, "production");
  const long = "Grace ".repeat(100);
  const lines = [
    otlp(production.telemetry({ name: "Ada" })),
    otlp(production.telemetry({ name: long, count: 3, any: { a: [1, "5"] } })),
    otlp(production.telemetry({ name: "Grace", email: "grace@example.com" })),
    otlp(production.telemetry()),
    otlp(load("greet", 1).telemetry({ name: "Ada" })),
    otlp(load("other", 1, "production").telemetry({})),
  ];
  const found = await replay(dir, lines, "--with", "production=v2");
  expect(found).toEqual({ code: 0, stdout: expect.any(String), stderr: "" });
  expect(found.stdout).toBe(`Replayed 2 of 6 calls from standard input. No model was called.

greet  v1 → v2  2 calls
  differ    2
  tokens    +3.4 % (118 → 122, estimated)

  2 texts differ, in 1 way:
    2 × first: line 1, trace 4bf92f35, span 00f067aa
        │ [-Hello-]{+Good day,+} Ada[-!-]{+.+}
        │ Bye.

Not compared: 4 calls
  1 × greet@v1: a private value was left out (email)
    first: line 3, trace 4bf92f35, span 00f067aa
  1 × greet@v1: no input was recorded
    first: line 4, trace 4bf92f35, span 00f067aa
  1 × greet@v1: no --with selects them
    first: line 5, trace 4bf92f35, span 00f067aa
  1 × other@v1: the candidate cannot be used (other has no version v2)
    first: line 6, trace 4bf92f35, span 00f067aa
`);
  const refused = await replay(dir, [...lines.slice(0, 2), ...lines.slice(5)]);
  expect(refused.stdout).toBe(
    `Replayed 2 of 3 calls from standard input. No model was called.

greet  v1 → working  2 calls
  refused   2

  2 calls would be refused by the working file:
    2 × tone: expected one of "calm", "brisk", got nothing
      first: line 1, trace 4bf92f35, span 00f067aa

Not compared: 1 call
  1 × other@v1: the candidate is the version that ran (working)
    first: line 6, trace 4bf92f35, span 00f067aa
`.replace("line 6", "line 3"),
  );
});

it("names what a candidate refuses without the values, whatever they are", async () => {
  const repository = createProject({
    "prompts/greet.md": greet("name: any, more: any", "Hi {{json name}} {{json more}}"),
  });
  repository.commit();
  repository.tag("greet@v1", "First");
  const closed =
    "type: object, properties: { name: { type: integer } }, required: [name, tone], additionalProperties: false";
  repository.write({ "prompts/greet.md": greet(closed, "Hi {{name}}") });
  const load = await loader(repository.dir);
  const values = ["a) top secret", 'top secret"; (secret', "secret\n  - secret"];
  const lines = values.map((value) => otlp(load("greet", 1).telemetry({ name: value, more: value })));
  const { versions } = await report(repository.dir, lines);
  expect(versions[0].refusals).toMatchObject([
    {
      problem: "tone: expected a value, got nothing; name: expected an integer; more: unexpected property",
      calls: values.length,
    },
  ]);
});

it("names what traces do not record, if a template uses it", async () => {
  const text = (tags: string) =>
    greet("name: string, tags(array): string", `{{role "user"}}${tags}Hi {{name}}{{#each tags}}{{@index}}{{/each}}`);
  const prompts = {
    "prompts/all.md": text('{{history}}{{role "user"}}{{#if @user.name}}{{section "a"}}{{/if}}'),
    "prompts/none.md": text("{{!-- {{history}} {{@user}} --}}"),
    "prompts/partial.md": text("{{> some}}"),
  };
  const repository = createProject({ ...prompts, "prompts/_some.md": "{{@user}}" });
  repository.commit();
  const names = ["all", "none", "partial"];
  for (const name of names) repository.tag(`${name}@v1`, "First");
  repository.write(Object.fromEntries(Object.entries(prompts).map(([file, before]) => [file, `${before}!`])));
  const load = await loader(repository.dir);
  const lines = names.map((name) => otlp(load(name, 1).telemetry({ name: "A", tags: ["b"] })));
  const { versions, skipped } = await report(repository.dir, lines);
  expect(skipped).toEqual([]);
  expect(versions.map((version: Attributes) => [version["name"], version["renderedWithout"]])).toEqual([
    ["all", ["context", "history", "sections"]],
    ["none", []],
    ["partial", ["context"]],
  ]);
});

it("renders the values that were passed, with their types", async () => {
  const { dir, load } = shared;
  const inputs = [
    { name: "5", count: 5, any: "5" },
    { name: "true", any: [null, { a: "b" }] },
    { name: "", any: 0 },
  ];
  const lines = inputs.map((input) => otlp(load("greet", 1).telemetry(input)));
  const { versions } = await report(dir, lines, "--with", "v2");
  expect(versions).toMatchObject([{ name: "greet", ran: "v1", candidate: "v2", calls: 3, differing: 3, refused: 0 }]);
  const [{ differences }] = versions;
  const before = (words: { kind: string; text: string }[]) =>
    words.flatMap(({ kind, text }) => (kind === "added" ? [] : [text])).join("");
  expect(before(differences[0].words)).toBe('Hello 5! 5 "5"\nBye.');
});

it("says why a call is not compared", async () => {
  const { dir, load: of } = shared;
  const change = (line: string, from: string, to: string) => {
    expect(line).toContain(from);
    return line.replace(from, to);
  };
  const rows: [reason: string, detail: unknown, line: string][] = [
    ["private", "email", otlp(of("greet", 1).telemetry({ name: "A", email: "a@b" }))],
    ["cut", "name", otlp(of("greet", 1).telemetry({ name: "Ada Lovelace" }, { maxLength: 3 }))],
    ["not-recorded", "any", otlp(of("greet", 1).telemetry({ name: "A", any: new Date(0) }))],
    ["no-input", "", otlp(of("greet", 1).telemetry())],
    [
      "changed",
      "3 of 12 characters of the values are left",
      change(otlp(of("greet", 1).telemetry({ name: "Ada Lovelace" })), "Ada Lovelace", "Ada"),
    ],
    ["unreadable", "any", change(otlp(of("greet", 1).telemetry({ name: "A", any: ["b"] })), '[\\"b\\"]', '[\\"b\\"}')],
    [
      "unreadable",
      "an attribute that begins with cuecard.prompt.",
      change(
        otlp(of("greet", 1).telemetry({ name: "A", any: 1 })),
        '{"arrayValue":{"values":[{"stringValue":"any"}]}}',
        '{"stringValue":"any"}',
      ),
    ],
    ["unknown-version", "it does not exist", change(otlp(of("greet", 1).telemetry({ name: "A" })), '"1"', '"7"')],
    [
      "unknown-version",
      "it does not exist",
      change(otlp(of("greet", 1).telemetry({ name: "A" })), '"greet"', '"gret"'),
    ],
    [
      "other-digest",
      expect.stringMatching(/^the trace has sha256-x, this repository sha256-/),
      otlp({ ...of("greet", 1).telemetry({ name: "A" }), "cuecard.prompt.digest": "sha256-x" }),
    ],
    ["refused-then", "", otlp(of("greet", 1).telemetry({ count: 3 }))],
    ["same-version", "v2", otlp(of("greet", 2).telemetry({ name: "A" }))],
    ["no-candidate", expect.stringContaining("other has no version v2"), otlp(of("other", 1).telemetry({}))],
  ];
  const lines = rows.map(([, , line]) => line);
  const { replayed, skipped } = await report(dir, lines, "--with", "v2");
  expect(replayed).toBe(0);
  const expected = rows.map(([reason, detail], index) => ({ reason, detail, calls: 1, first: { line: index + 1 } }));
  expect(skipped).toMatchObject(expected);
});

it("compares members that are not declared only if nothing reads them", async () => {
  const { dir, load } = shared;
  const line = otlp(load("greet", 1).telemetry({ name: "A", tone: "calm" }));
  expect((await report(dir, [line], "--with", "v2")).replayed).toBe(1);
  // The working file has `tone`.
  expect((await report(dir, [line])).skipped).toMatchObject([{ reason: "not-recorded" }]);
});

it("finds the release of a working file that has changed since", async () => {
  const repository = project();
  const load = await loader(repository.dir);
  const recorded = otlp(load("greet", "working").telemetry({ name: "A", tone: "calm" }));
  repository.commit();
  repository.tag("greet@v3", "Tone");
  repository.write({ "prompts/greet.md": greet(SCHEMA, TEXT) });
  expect((await report(repository.dir, [recorded], "--with", "v1")).versions).toMatchObject([
    { ran: "v3", candidate: "v1", calls: 1 },
  ]);
  repository.write({ "prompts/greet.md": greet(SCHEMA, "Hello {{name}}.") });
  const other = otlp({ ...load("greet", "working").telemetry({ name: "A" }), "cuecard.prompt.digest": "sha256-x" });
  expect((await report(repository.dir, [other], "--with", "v1")).skipped).toMatchObject([{ reason: "other-digest" }]);
});

/** Spans as tools write them. */
const FORMATS: readonly [tool: string, write: (attributes: Attributes) => unknown][] = [
  ["with attributes as an object", (attributes) => ({ name: "chat", attributes })],
  ["of OpenTelemetry's SDK, several a line", (attributes) => [{ attributes: {} }, { attributes, spanContext: {} }]],
  [
    "of older collectors",
    (attributes) => ({ resourceSpans: [{ instrumentationLibrarySpans: [{ spans: [{ attributes }] }] }] }),
  ],
  [
    "of MLflow, whose attributes are JSON",
    (attributes) => ({
      info: {},
      data: {
        spans: [
          {
            attributes: Object.fromEntries(
              Object.entries(attributes).map(([key, value]) => [key, JSON.stringify(value)]),
            ),
          },
        ],
      },
    }),
  ],
  ["of Langfuse", (attributes) => ({ data: [{ id: "o1", metadata: { attributes } }] })],
  ["of LangSmith", (metadata) => ({ id: "r1", extra: { metadata } })],
  [
    "of the AI SDK, with metadata",
    (attributes) => ({
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [`ai.telemetry.metadata.${key}`, value]),
      ),
    }),
  ],
  ["whose lists are JSON", (attributes) => ({ attributes: { ...attributes, "cuecard.prompt.json": '["count"]' } })],
];

describe("reads spans", () => {
  it("of many tools", async () => {
    const { dir, load } = shared;
    const attributes = load("greet", 1).telemetry({ name: "5", count: 3 });
    const lines = FORMATS.map(([, write]) => JSON.stringify(write(attributes)));
    const { calls, versions } = await report(dir, lines, "--with", "v2");
    const count = FORMATS.length;
    expect([calls, versions]).toMatchObject([
      count,
      [{ calls: count, differences: [{ calls: count, first: { line: 1 } }] }],
    ]);
    expect(JSON.stringify(versions)).toContain(" 5");
  });

  it("of other programs, by the types of the schema", async () => {
    const { dir } = project();
    const named = { "gen_ai.prompt.name": "greet", "gen_ai.prompt.version": "v1" };
    const value = (name: string) => `gen_ai.prompt.variable.${name}`;
    const lines = [
      { ...named, [value("name")]: "5", [value("count")]: "5" },
      { ...named, [value("name")]: "Ada", [value("count")]: 5 },
      named,
    ].map((attributes) => JSON.stringify({ attributes }));
    const { versions, skipped } = await report(dir, lines, "--with", "v2");
    expect(versions).toMatchObject([{ calls: 2, differing: 2 }]);
    expect(skipped).toMatchObject([{ reason: "no-input" }]);
  });
});

describe("--with", () => {
  it.each<[args: string[], candidates: string[]]>([
    [["v2"], ["v1 → v2", "v1 → v2"]],
    [["production=v2"], ["v1 → v2"]],
    [["@production=v2"], ["v1 → v2"]],
    [["greet=v2"], ["v1 → v2", "v1 → v2"]],
    [
      ["greet=working", "greet@production=v2"],
      ["v1 → v2", "v1 → working"],
    ],
    [
      ["latest", "production=working"],
      ["v1 → working", "v1 → v2"],
    ],
  ])("%s", async (args, candidates) => {
    const { dir, load } = shared;
    const input = { name: "A" };
    const lines = [load("greet", 1, "production"), load("greet", 1)].map((prompt) => otlp(prompt.telemetry(input)));
    const found: string[] = [];
    for (const line of lines) {
      const { versions } = await report(dir, [line], ...args.flatMap((one) => ["--with", one]));
      found.push(...versions.map(({ ran, candidate }: { ran: string; candidate: string }) => `${ran} → ${candidate}`));
    }
    expect(found).toEqual(candidates);
  });

  it.each([
    ["a=b=c", '"a=b=c" is not valid'],
    ["=v2", '"=v2" is not valid'],
    ["greet=", '"greet=" is not valid'],
    ["greet@v2", '"greet@v2" is not a version or an alias'],
    ["greet@a@b=v1", '"@" is followed by one alias'],
    ["v99", "no prompt has a version v99"],
    ["workin", 'did you mean "working"?'],
    ["2", 'no prompt has a version or alias "2"'],
    ["production=v99", "no prompt has a version v99"],
    ["greet=v99", "greet has no version v99"],
    ["other=v2", "other has no version v2"],
    ["gret=v1", 'did you mean "greet"?'],
    ["gret@production=v1", 'the prompt "gret" does not exist'],
  ])("refuses %s", async (written, problem) => {
    const { code, stderr } = await replay(shared.dir, [], "--with", written);
    expect(code).not.toBe(0);
    expect(stderr).toContain(problem);
  });

  it("reports one that matches no call", async () => {
    const { dir, load } = shared;
    const line = otlp(load("greet", 1, "production").telemetry({ name: "A" }));
    const { code, stderr } = await replay(dir, [line], "--with", "prodution=v2");
    expect(code).toBe(1);
    expect(stderr).toContain(
      '--with prodution=v2: neither this project nor a call in this file has a prompt or alias "prodution"',
    );
    expect(stderr).toContain('did you mean "production"?');
    const other = await replay(dir, [line], "--with", "other=v1");
    expect([other.code, other.stderr]).toEqual([
      0,
      expect.stringContaining("no call in this file matches --with other=v1"),
    ]);
    // A weighted alias gives a version only for a key.
    expect((await report(dir, [line], "--with", "ab")).skipped).toMatchObject([{ reason: "no-candidate" }]);
  });
});

it("reports lines that are not JSON by line and column, and reads the others", async () => {
  const { dir, load } = shared;
  const good = otlp(load("greet", 1).telemetry({ name: "A" }));
  const lines = [`\uFEFF${good}`, "{ no: 1 }", "", `${good}\r`, '{"a": [1, 2', "null", "3", ...Array(30).fill("[")];
  const { code, calls, unreadableLines, diagnostics } = await report(dir, lines, "--with", "v2");
  expect([code, calls, unreadableLines, diagnostics.length]).toEqual([1, 2, 32, 20]);
  expect(diagnostics.slice(0, 2)).toMatchObject([
    { code: "trace/not-json", file: "standard input", range: { start: { line: 2, column: 3 } } },
    {
      code: "trace/not-json",
      message: "this line is not valid JSON: it ends too early",
      range: { start: { line: 5, column: 12 } },
    },
  ]);
  const none = await replay(dir, ["{}"]);
  expect([none.code, none.stderr]).toEqual([0, expect.stringContaining("no span in this file has gen_ai.prompt.name")]);
});

it("reads the other lines if one is nested too deeply, wherever that is", async () => {
  const { dir, load } = shared;
  const nest = (open: string, close: string, count = 60_000) => `${open.repeat(count)}1${close.repeat(count)}`;
  const span = (attributes: string) => `{"attributes":{"gen_ai.prompt.name":"greet",${attributes}}}`;
  const version = '"gen_ai.prompt.version":"1"';
  const value = '"gen_ai.prompt.variable.any"';
  const own = '"cuecard.prompt.length":5';
  const skipped = [
    span(`"gen_ai.prompt.version":${nest("[", "]")}`),
    span('"gen_ai.prompt.version":{"toString":1}'),
    ...["", `,${own}`].flatMap((more) => [
      span(`${version},${value}:${nest("[", "]")}${more}`),
      span(`${version},${value}:${nest('{"a":', "}")}${more}`),
      span(`${version},${value}:"${nest("[", "]")}"${more}`),
    ]),
    span(`${version},"cuecard.prompt.json":${nest("[", "]")}`),
    span(`${version},"cuecard.prompt.unrecorded":"${nest("[", "]")}",${own}`),
    span(`${version},"cuecard.prompt.length":{"valueOf":1,"toString":1}`),
  ];
  const deep = [
    nest('{"data":', "}"),
    nest("[", "]"),
    nest('{"spans":[', "]}"),
    `{"attributes":[{"key":"gen_ai.prompt.name","value":${nest('{"arrayValue":{"values":[', "]}}")}}]}`,
  ];
  const ignored = [`{"other":${nest("[", "]")}}`];
  const good = otlp(load("greet", 1).telemetry({ name: "A" }));
  const found = await report(dir, [...deep, ...skipped, ...ignored, good], "--with", "v2");
  expect(found).toMatchObject({ code: 1, calls: skipped.length + 1, replayed: 1, unreadableLines: deep.length });
  expect(found.diagnostics.map(({ code, range }: { code: string; range: object }) => [code, range])).toMatchObject(
    deep.map((_line, index) => ["trace/deep-line", { start: { line: index + 1, column: 1 } }]),
  );
});

it("fails with --exit-code if nothing was compared, but not if nothing had to be", async () => {
  const { dir, load } = shared;
  const line = otlp(load("greet", 1).telemetry({ name: "A" }));
  const unrecorded = otlp(load("greet", 1).telemetry());
  const run = async (lines: string[], ...args: string[]) => {
    const { code, stderr } = await replay(dir, lines, ...args);
    return [code, stderr.includes("no call was compared, so --exit-code fails")];
  };
  expect(await run([line], "--with", "v1", "--exit-code")).toEqual([0, false]);
  expect(await run([unrecorded], "--with", "v2", "--exit-code")).toEqual([1, true]);
  expect(await run([line], "--with", "production=v2", "--exit-code")).toEqual([1, true]);
  expect(await run([], "--exit-code")).toEqual([1, true]);
  expect(await run([unrecorded], "--with", "v2")).toEqual([0, false]);
});

it("exits with 1 if asked to, and names a file that cannot be read", async () => {
  const repository = project();
  const { dir } = repository;
  const load = await loader(dir);
  repository.write({ "traces.jsonl": `${otlp(load("greet", 1).telemetry({ name: "A" }))}\n` });
  const run = (...args: string[]) => runCommand(["replay", ...args], { cwd: dir });
  expect((await run("traces.jsonl", "--with", "v2", "--exit-code")).code).toBe(1);
  expect((await run("traces.jsonl", "--with", "v1", "--exit-code")).code).toBe(0);
  expect((await run("missing.jsonl")).stderr).toContain("file not found: missing.jsonl");
  expect((await run("prompts")).stderr).toContain("prompts is a folder");
});

it("prints names of a hostile file as text, in a report that does not grow with the file", async () => {
  const { dir } = shared;
  const names = Array.from({ length: 1200 }, (_, index) => `a\u001b[2J${index}`);
  const lines = names.map((name) => JSON.stringify({ attributes: { "gen_ai.prompt.name": name } }));
  const { stdout } = await replay(dir, lines);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).toContain("200 × others: this repository does not have the version that ran");
  expect((await report(dir, lines)).skipped).toHaveLength(1001);
});
