// What `cuecard mcp` answers, asked by the official client over a transport in this process.

import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createNotifyingServer } from "../src/mcp/create-server.js";
import { type ServedOptions, serveProject } from "../src/mcp/served-project.js";

vi.setConfig({ testTimeout: 60_000 });

const opened: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of opened.splice(0)) await close();
});

/** Bugs fail the test: answers have only their messages. */
const bug = (text: string): never => {
  throw new Error(text);
};

async function connect({ dir }: TestRepository, options: Partial<ServedOptions> = {}): Promise<Client> {
  const project = await serveProject({ dir }, { helpers: false, allowWrite: false, ...options });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await createNotifyingServer(project, bug).connect(theirs);
  const client = new Client({ name: "test", version: "1" }, { capabilities: {} });
  await client.connect(ours);
  opened.push(async () => {
    await client.close();
    await project.close();
  });
  return client;
}

const FORM = `---
description: Fills a form
input:
  schema:
    name: string, who it is for
    tone?(enum, how it sounds): [warm, formal]
    count?: integer
    loud?: boolean
    items?(array): string
    box?(object):
      width: number
---
{{name}}|{{#if tone}}{{tone}}{{/if}}|{{#if count}}{{count}}{{/if}}|{{#if loud}}loud{{/if}}|{{#each items}}{{this}},{{/each}}|{{#if box}}{{box.width}}{{/if}}`;

const shop = prepared((): TestRepository => {
  const repository = createProject({
    "prompts/greet.md": "Hello {{name}}!",
    "prompts/form.md": FORM,
    "prompts/chat.md":
      '{{role "system"}}Answer {{lang}}.{{role "user"}}Look: {{media url=image contentType="image/png"}}{{role "assistant"}}I see.{{role "user"}}{{q}}',
  });
  repository.commit();
  for (const name of ["greet", "form", "chat"]) repository.tag(`${name}@v1`, "First");
  repository.write({ "prompts/greet.md": "Hi {{name}}, welcome to {{place}}!" });
  repository.commit();
  repository.tag("greet@v2");
  repository.write({
    "aliases.json": '{ "greet": { "production": "v1", "staging": { "v1": 3, "v2": 1 }, "dev": "working" } }',
    "prompts/greet.md": "Working {{name}}",
    "prompts/draft.md": "A draft",
  });
  return repository;
});

let shared: Promise<Client> | undefined;

/** One connection for all tests that change nothing. */
function connected(): Promise<Client> {
  shared ??= connect(shop());
  return shared;
}

const textOf = async (client: Client, name: string, args: Record<string, string>) => {
  const { messages } = await client.getPrompt({ name, arguments: args });
  return messages.map(({ content }) => (content.type === "text" ? content.text : content.type)).join("\n");
};

describe("prompts", () => {
  it("lists the latest versions, and working files before the first release, with their arguments", async () => {
    const { prompts } = await (await connected()).listPrompts();
    expect(prompts.map(({ name, _meta }) => [name, _meta?.["cuecard/uri"]])).toEqual([
      ["chat", "prompts:/chat/1"],
      ["draft", "prompts:/draft/working"],
      ["form", "prompts:/form/1"],
      ["greet", "prompts:/greet/2"],
    ]);
    expect(prompts[2]).toMatchObject({
      description: "Fills a form",
      arguments: [
        { name: "name", description: "who it is for", required: true },
        { name: "tone", description: "how it sounds; one of warm, formal", required: false },
        { name: "count", description: "as JSON: integer", required: false },
        { name: "loud", description: "one of true, false", required: false },
        { name: "items", description: "as JSON: string[]", required: false },
        { name: "box", description: "as JSON: { width }", required: false },
      ],
    });
  });

  it.each<[Partial<ServedOptions>, string[], string]>([
    [{}, ["chat", "draft", "form", "greet"], "Hi Ada, welcome to X!"],
    [{ alias: "production" }, ["greet"], "Hello Ada!"],
    [{ alias: "staging" }, ["greet"], "Hello Ada!"],
    [{ alias: "working" }, ["chat", "draft", "form", "greet"], "Working Ada"],
    [{ alias: "dev" }, ["greet"], "Working Ada"],
  ])("serves the versions of %j", async (options, names, text) => {
    const client = await connect(shop(), options);
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toEqual(names);
    expect(await textOf(client, "greet", { name: "Ada", ...(text.includes("X") && { place: "X" }) })).toBe(text);
  });

  it("takes a version or an alias after the name", async () => {
    const client = await connect(shop(), { alias: "production" });
    expect(await textOf(client, "greet@v2", { name: "Ada", place: "X" })).toBe("Hi Ada, welcome to X!");
    expect(await textOf(client, "greet@dev", { name: "Ada" })).toBe("Working Ada");
    const { _meta } = await client.getPrompt({ name: "greet", arguments: { name: "Ada" } });
    expect(_meta).toMatchObject({ "cuecard/uri": "prompts:/greet/1", "cuecard/ref": "production" });
  });

  it.each<[Record<string, string>, string]>([
    [{ name: "Ada" }, "Ada|||||"],
    [{ name: "7" }, "7|||||"],
    [{ name: "" }, "|||||"],
    [{ name: '{"a":1}' }, '{"a":1}|||||'],
    [{ name: "A", tone: "warm", count: "3", loud: "true" }, "A|warm|3|loud||"],
    [{ name: "A", items: '["x","y"]', box: '{"width":1.5}' }, "A||||x,y,|1.5"],
    [{ name: "A", count: "", loud: " ", items: "" }, "A|||||"],
    [{ name: "A", tone: "null" }, "A|||||"],
  ])("reads the arguments %j", async (given, text) => {
    expect(await textOf(await connected(), "form", given)).toBe(text);
  });

  it("has no use for the key __proto__, which the protocol's library drops", async () => {
    expect(await textOf(await connected(), "form", JSON.parse('{"name":"A","__proto__":"x"}'))).toBe("A|||||");
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["form", {}, /name: expected a string, got nothing/],
    ["form", { name: "A", nam: "x" }, /^.*form: unknown argument "nam"; did you mean "name"\?$/],
    ["form", { name: "A", constructor: "x" }, /unknown argument "constructor"; the prompt takes name, tone,/],
    ["form", { name: "A", tone: "cold" }, /tone: expected one of "warm", "formal", null, got a string \("cold"\)/],
    ["form", { name: "A", count: "abc" }, /count takes JSON \(integer \| null\), got the text "abc"/],
    ["form", { name: "A", count: "1.5" }, /count: expected an integer/],
    ["form", { name: "A", items: "[1]" }, /items/],
    ["form", { name: "A", count: "[".repeat(2000) }, /count takes JSON.*\[…"$/],
    ["draft", { x: "1" }, /unknown argument "x"; the prompt takes none/],
    ["gret", {}, /"gret" does not exist; did you mean "greet"\?/],
    ["greet@v9", {}, /has no version v9/],
    ["../../etc/passwd", {}, /does not exist|not a valid reference/],
    ["__proto__", {}, /does not exist|not a valid reference/],
    ["", {}, /not a valid reference/],
  ])("refuses %s with %o", async (name, given, problem) => {
    const client = await connected();
    await expect(client.getPrompt({ name, arguments: given })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(problem),
    });
  });

  it.each<[given: unknown, problem: RegExp]>([
    [
      { name: "A", count: 3 },
      /^.*"count" takes a text, got 3; write values that are not texts as JSON in a text, such as "3"$/,
    ],
    [{ name: "A", items: ["x"] }, /"items" takes a text, got \["x"\]; .* such as "\[\\"x\\"\]"$/],
    [{ name: null, loud: true }, /"name" takes a text, got null;.*"loud" takes a text, got true/],
    [["A"], /arguments must be an object with the prompt's arguments, got \["A"\]/],
    ["A", /arguments must be an object with the prompt's arguments, got "A"/],
    [5, /arguments must be an object/],
  ])("refuses the arguments %j, which are not texts", async (given, problem) => {
    const client = await connected();
    await expect(client.getPrompt({ name: "form", arguments: given as never })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(problem),
    });
  });

  it("refuses params that do not fit the protocol in plain words", async () => {
    const client = await connected();
    const ref = { type: "ref/prompt", name: "form" };
    for (const request of [
      client.getPrompt({ name: 7 } as never),
      client.listPrompts({ cursor: 7 } as never),
      client.complete({ ref, argument: { name: "tone", value: 7 } } as never),
    ])
      await expect(request).rejects.toMatchObject({
        code: -32602,
        message: expect.stringMatching(/^[^[{\n]*the params of [a-z/]+ are not valid: params\.[^[{\n]*$/),
      });
  });

  it("gives messages of other roles to the user, marked, and each part of a message with media by itself", async () => {
    const client = await connected();
    const args = { lang: "briefly", image: "data:image/png;base64,iVBORw0KGgo=", q: "And?" };
    const { messages } = await client.getPrompt({ name: "chat", arguments: args });
    expect(messages).toEqual([
      { role: "user", content: { type: "text", text: "Answer briefly.", _meta: { "cuecard/role": "system" } } },
      { role: "user", content: { type: "text", text: "Look: " } },
      { role: "user", content: { type: "image", data: "iVBORw0KGgo=", mimeType: "image/png" } },
      { role: "assistant", content: { type: "text", text: "I see." } },
      { role: "user", content: { type: "text", text: "And?" } },
    ]);
    const linked = await client.getPrompt({ name: "chat", arguments: { ...args, image: "https://x.test/a/b.png?c" } });
    expect(linked.messages[2]?.content).toEqual({
      ...{ type: "resource_link", uri: "https://x.test/a/b.png?c", name: "b.png", mimeType: "image/png" },
    });
  });

  it("refuses values that are nested too deeply", async () => {
    const source = "---\ninput: { schema: { box(array): any } }\n---\n{{json box}}";
    const client = await connect(createProject({ "prompts/any.md": source }));
    const box = "[".repeat(100_000) + "]".repeat(100_000);
    const refused = client.getPrompt({ name: "any", arguments: { box } });
    await expect(refused).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining("the input is not valid"),
    });
  });

  it("pages through many prompts, also if the list changes between two pages", async () => {
    const names = Array.from({ length: 250 }, (_, index) => `p${String(index).padStart(3, "0")}`);
    const repository = createProject(Object.fromEntries(names.map((name) => [`prompts/${name}.md`, "Text"])));
    const client = await connect(repository);
    const first = await client.request({ method: "prompts/list" });
    expect(first.prompts.map(({ name }) => name)).toEqual(names.slice(0, 100));
    repository.remove("prompts/p050.md").remove("prompts/p099.md").write("prompts/p099a.md", "New");
    const isSeen = async () => (await client.request({ method: "prompts/list" })).prompts[50]?.name === "p051";
    await vi.waitUntil(isSeen, { timeout: 20_000 });
    const rest = await client.request({ method: "prompts/list", params: { cursor: first.nextCursor } });
    expect(rest.prompts[0]?.name).toBe("p099a");
    expect((await client.listPrompts()).prompts).toHaveLength(249);
    for (const cursor of ["", "zzz", "!", Buffer.from("greet").toString("base64url")])
      await expect(client.request({ method: "prompts/list", params: { cursor } })).rejects.toMatchObject({
        code: -32602,
      });
  });

  it("completes enum arguments and booleans", async () => {
    const client = await connected();
    const complete = async (name: string, value: string) => {
      const ref = { type: "ref/prompt" as const, name: "form" };
      return (await client.complete({ ref, argument: { name, value } })).completion.values;
    };
    expect(await complete("tone", "")).toEqual(["warm", "formal"]);
    expect(await complete("tone", "FO")).toEqual(["formal"]);
    expect(await complete("loud", "t")).toEqual(["true"]);
    expect(await complete("name", "")).toEqual([]);
    await expect(complete("nam", "")).rejects.toThrow(/unknown argument "nam"; did you mean "name"\?/);
  });

  it.each(["$defs", "definitions"])("completes arguments whose schema is in %s", async (keyword) => {
    const schema = `type: object, properties: { tone: { $ref: "#/${keyword}/a~1tone" } }, ${keyword}: { a/tone: { enum: [warm, formal] } }`;
    const client = await connect(
      createProject({ "prompts/form.md": `---\ninput: { schema: { ${schema} } }\n---\n{{tone}}` }),
    );
    const ref = { type: "ref/prompt" as const, name: "form" };
    const { completion } = await client.complete({ ref, argument: { name: "tone", value: "" } });
    expect(completion.values).toEqual(["warm", "formal"]);
  });

  it("reports that the list has changed, keeps broken prompts in it, and never serves their old text", async () => {
    const repository = shop();
    const client = await connect(repository, { alias: "working" });
    let changes = 0;
    client.setNotificationHandler("notifications/prompts/list_changed", () => void changes++);
    repository.write("prompts/new.md", "New {{what}}");
    await vi.waitUntil(() => changes === 1, { timeout: 20_000 });
    const names = async () => (await client.listPrompts()).prompts.map(({ name }) => name);
    expect(await names()).toContain("new");
    repository.write("prompts/new.md", "New {{#if}}");
    await expect(client.getPrompt({ name: "new", arguments: { what: "x" } })).rejects.toMatchObject({
      code: -32603,
      data: { diagnostics: [{ file: "prompts/new.md", severity: "error" }] },
    });
    repository.write("prompts/other.md", "To see that it was read again");
    await vi.waitUntil(async () => (await names()).includes("other"), { timeout: 20_000 });
    expect(await names()).toContain("new");
    repository.write("prompts/new.md", "Newer");
    expect(await textOf(client, "new", {})).toBe("Newer");
    repository.remove("prompts/new.md");
    await vi.waitUntil(async () => !(await names()).includes("new"), { timeout: 20_000 });
  });

  it("runs helpers of the project only if this is allowed", async () => {
    const repository = createProject({
      "cuecard.config.json": '{ "helpers": "helpers.ts" }',
      "helpers.ts": "export function shout(text: string): string { return text.toUpperCase(); }",
      "prompts/greet.md": "{{shout name}}",
    });
    const refused = (await connect(repository)).getPrompt({ name: "greet", arguments: { name: "Ada" } });
    await expect(refused).rejects.toThrow(/calls the helper "shout".*--helpers/);
    expect(await textOf(await connect(repository, { helpers: true }), "greet", { name: "Ada" })).toBe("ADA");
  });

  it("explains why there are no prompts", async () => {
    const client = await connect(createProject({ "cuecard.config.json": "{" }));
    await expect(client.listPrompts()).rejects.toMatchObject({ code: -32603, message: /cuecard.config.json/ });
    expect((await (await connect(createProject())).listPrompts()).prompts).toEqual([]);
  });
});

describe("tools", () => {
  it("are read-only, and have schemas", async () => {
    const { tools } = await (await connected()).listTools();
    expect(tools.map(({ name }) => name)).toEqual(["check", "diff", "history", "list", "search", "show"]);
    for (const tool of tools) {
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(tool.outputSchema).toMatchObject({
        type: "object",
        required: expect.arrayContaining([expect.any(String)]),
      });
    }
  });

  it.each<[string, Record<string, unknown>, RegExp, object]>([
    ["list", {}, /^greet +v2 +dev → working/m, { total: 4 }],
    ["list", { limit: 1 }, /… and 3 more/, { prompts: [{ name: "chat" }], total: 4 }],
    ["search", { query: "welcome" }, /^greet +v2/m, { total: 1 }],
    ["search", { query: "alias = 'production'" }, /^greet +v1/m, { results: [{ name: "greet", version: 1 }] }],
    ["search", { query: "zzz" }, /^No match in \d+ versions/, { results: [] }],
    ["show", { ref: "greet@production" }, /Hello \{\{name\}\}!/, { version: 1, template: "Hello {{name}}!" }],
    ["diff", { before: "greet@v1", after: "greet@v2" }, /greet@v1 → greet@v2 {2}breaks callers/, { breaking: true }],
    ["diff", { before: "greet@v2" }, /greet@v2 → greet@working/, { after: { version: "working" } }],
    ["history", { name: "greet" }, /^greet@v2/m, { name: "greet" }],
    ["check", {}, /4 prompts, 4 versions checked/, { errors: 0 }],
    ["check", { prompt: "draft" }, /4 prompts/, { errors: 0 }],
  ])("%s answers %j as text and as data", async (name, args, text, data) => {
    const { content, structuredContent, isError } = await (await connected()).callTool({ name, arguments: args });
    expect(isError).toBeUndefined();
    expect(content[0]).toMatchObject({ type: "text", text: expect.stringMatching(text) });
    expect(structuredContent).toMatchObject(data);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["show", {}, /^error: show requires ref$/],
    ["show", { re: "greet" }, /show has no argument "re"\nhint: /],
    ["show", { ref: "greet", constructor: {} }, /show has no argument "constructor"/],
    ["show", { ref: 7 }, /ref must be a string, got 7/],
    ["show", { ref: "gret" }, /"gret" does not exist\nhint: did you mean "greet"\?/],
    ["show", { ref: "greet@staging" }, /split between v1 and v2/],
    ["show", { ref: "--help" }, /does not exist|not a valid reference/],
    ["show", { ref: "\u001B[31mx" }, /^[^\u001B]*$/],
    ["list", { limit: 0 }, /limit must be a positive integer, got 0/],
    ["search", { query: "name LIKE" }, /column \d+ of the query/],
    ["diff", { before: "greet", after: "gret" }, /does not exist/],
    ["history", { name: "gret" }, /does not exist/],
    ["check", { prompt: "gret" }, /did you mean "greet"\?/],
  ])("%s refuses %j as a result that models see", async (name, args, text) => {
    const { content, isError } = await (await connected()).callTool({ name, arguments: args });
    expect(isError).toBe(true);
    expect(content[0]).toMatchObject({ text: expect.stringMatching(text) });
  });

  it("do not exist under other names", async () => {
    const client = await connected();
    await expect(client.callTool({ name: "shw" })).rejects.toThrow(/"shw" does not exist; did you mean "show"\?/);
  });

  it("refuse answers that would fill a context", async () => {
    const repository = createProject({ "prompts/long.md": "x".repeat(600_000), "prompts/b.md": "y".repeat(600_000) });
    const client = await connect(repository);
    const { content, isError } = await client.callTool({
      name: "diff",
      arguments: { before: "long@working", after: "b@working" },
    });
    expect([isError, content[0]]).toEqual([
      true,
      { type: "text", text: "error: the answer has more than 1000000 characters\nhint: ask about less" },
    ]);
  });
});
