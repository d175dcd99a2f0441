// `cuecard dev --model-calls`: prompts run by the real AI SDK on a server that answers as providers do. e2e/tools/try.test.ts has the
// panel in a browser.

import { createHash } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import type { RunEvent } from "@cuecard/project";
import { createProject, type ModelServer, startModelServer } from "@cuecard/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { run } from "../src/run.js";
import { createTerminal, runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const KEY = "sk-secret-of-the-tests-0123456789";

const PROMPTS = {
  "prompts/greet.md": "---\nmodel: openai/model-1\nconfig: { temperature: 0, max_tokens: 50 }\n---\nGreet {{name}}.",
  "prompts/chat.md": '---\nmodel: anthropic/model-1\n---\n{{role "system"}}Be brief.{{role "user"}}{{question}}',
  "prompts/answer.md":
    "---\nmodel: google/model-1\noutput: { schema: { answer: string, sure: boolean } }\n---\n{{question}}",
  "prompts/tools.md":
    "---\nmodel: openai/model-1\nconfig: { verbosity: low, seed: 7 }\ntools:\n  - { name: get_weather, inputSchema: { city: string } }\n  - { type: web_search }\n---\n{{question}}",
};

let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});

afterAll(() => server.close());

beforeEach(() => {
  server.answer = {};
  server.requests.length = 0;
});

interface Dev {
  readonly dir: string;
  readonly origin: string;
  readonly cookie: string;
  readonly written: { readonly stdout: string; readonly stderr: string };
  stop(): Promise<number>;
}

let dev: Dev | undefined;

afterEach(async () => {
  await dev?.stop();
  dev = undefined;
});

const allProviders = () => ({
  ...{ OPENAI_API_KEY: KEY, ANTHROPIC_API_KEY: KEY, GOOGLE_GENERATIVE_AI_API_KEY: KEY },
  OPENAI_BASE_URL: `${server.url}/v1`,
  ANTHROPIC_BASE_URL: `${server.url}/v1`,
  GOOGLE_GENERATIVE_AI_BASE_URL: `${server.url}/v1beta`,
});

async function startDev(
  args: readonly string[] = ["--model-calls"],
  env: Readonly<Record<string, string>> = allProviders(),
) {
  const { dir } = createProject(PROMPTS);
  let interrupt = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const { terminal, written } = createTerminal({ cwd: dir, interrupted, env });
  const ended = run(["dev", "--port", "0", ...args], terminal);
  const url = await vi.waitFor(
    () => {
      const [found] = /http:\S+token=\S+/.exec(written.stdout) ?? [];
      if (found === undefined) throw new Error(`no address: ${written.stderr}`);
      return new URL(found);
    },
    { timeout: 30_000 },
  );
  const { headers } = await fetch(url, { redirect: "manual" });
  const cookie = headers.get("set-cookie")?.split(";")[0] ?? "";
  const stop = () => {
    interrupt();
    return ended;
  };
  dev = { dir, origin: url.origin, cookie, written, stop };
  return dev;
}

function ask({ origin, cookie }: Dev, path: string, body: object, init: RequestInit = {}): Promise<Response> {
  return fetch(`${origin}/@api/${path}`, {
    ...{ method: "POST", body: JSON.stringify(body) },
    headers: { cookie, origin, "content-type": "application/json" },
    ...init,
  });
}

const GREET = { name: "greet", version: "working", provider: "compatible", model: "model-1", input: { name: "Ada" } };

const readEvents = async (response: Response): Promise<RunEvent[]> =>
  (await response.text())
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as RunEvent);

const textOf = (events: readonly RunEvent[]) =>
  events.map((event) => (event.type === "text" ? event.text : "")).join("");

describe("a run", () => {
  let started: Dev;

  beforeEach(async () => {
    started ??= await startDev();
    dev = undefined;
  });

  afterAll(() => started?.stop());

  const ran = async (request: object) => readEvents(await ask(started, "run", { ...GREET, ...request }));

  it("offers what the environment has keys for, with what the provider says it has, and begins with the prompt's model", async () => {
    const offered = await (await ask(started, "models", { model: "anthropic/claude-x" })).json();
    expect(offered).toMatchObject({
      isOn: true,
      providers: [
        { id: "compatible", host: new URL(server.url).host, models: ["model-1", "model-2"] },
        { id: "anthropic", name: "Anthropic" },
        { id: "google", name: "Google" },
      ],
      chosen: { provider: "anthropic", model: "claude-x" },
    });
    const other = await (await ask(started, "models", { model: "mistral/large" })).json();
    expect(other).toMatchObject({
      chosen: { provider: "compatible", model: "model-1" },
      note: expect.stringContaining("mistral/large"),
    });
  });

  const RUNS = {
    compatible: { path: "/v1/chat/completions", header: ["authorization", `Bearer ${KEY}`] },
    anthropic: { path: "/v1/messages", header: ["x-api-key", KEY] },
    google: { path: "/v1beta/models/model-1:streamGenerateContent?alt=sse", header: ["x-goog-api-key", KEY] },
  } as const;

  it.each(Object.entries(RUNS))(
    "streams from %s, in its own form",
    async (provider, { path, header: [name, value] }) => {
      const events = await ran({ provider });
      expect(textOf(events)).toBe("Hello there.");
      expect(events.filter(({ type }) => type === "text").length).toBeGreaterThan(1);
      expect(events.at(-1)).toMatchObject({
        ...{ type: "done", finishReason: "stop", usage: { input: 12, output: 5 } },
        ...{ firstAfter: expect.any(Number), total: expect.any(Number) },
      });
      const [request] = server.requests;
      expect({ path: request?.path, [name]: request?.headers[name] }).toEqual({ path, [name]: value });
      expect(JSON.stringify(request?.body)).toContain("Greet Ada.");
      expect(JSON.stringify(request?.body)).toContain('"temperature":0');
    },
  );

  it("checks the answer as services do", async () => {
    const request = { name: "answer", provider: "compatible", input: { question: "Why?" } };
    server.answer = { parts: ['{"answer":"yes",', '"sure":true}'] };
    expect((await ran(request)).at(-1)).toMatchObject({
      answer: { isValid: true, value: { answer: "yes", sure: true } },
    });
    expect(JSON.stringify(server.requests[0]?.body)).toContain('"json_schema"');
    server.answer = { parts: ['{"answer":1}'] };
    expect((await ran(request)).at(-1)).toMatchObject({
      answer: { isValid: false, problem: expect.stringContaining("answer") },
    });
  });

  it("streams an answer with a schema as it comes", async () => {
    server.answer = { parts: ["I thi", "nk ", '{"ans'], ends: "break" };
    const events = await ran({ name: "answer", provider: "google", input: { question: "Why?" } });
    expect(textOf(events)).toBe('I think {"ans');
    expect(events.at(-1)).toMatchObject({ type: "error", problem: expect.stringContaining("broke") });
  });

  it("sends tools, shows their calls, and says what is not sent", async () => {
    server.answer = { parts: [], tool: { name: "get_weather", input: { city: "Paris" } } };
    const events = await ran({ name: "tools", input: { question: "Rain?" } });
    expect(events).toContainEqual({ type: "tool-call", name: "get_weather", input: { city: "Paris" } });
    expect(events.at(-1)).toMatchObject({ type: "done", finishReason: "tool-calls" });
    const warnings = events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
    expect(warnings).toEqual([expect.stringContaining("verbosity"), expect.stringContaining("provider tools")]);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.body).toMatchObject({ seed: 7, tools: [{ function: { name: "get_weather" } }] });
  });

  const error = (status: number, message: string, more: object = {}) => ({
    ...{ status, body: JSON.stringify({ error: { message, type: "x" }, type: "error" }), ...more },
  });

  const FAILURES: Readonly<Record<string, readonly [ModelServer["answer"], RegExp, object?]>> = {
    "a wrong key": [
      error(401, `Incorrect API key: ${KEY}`),
      /does not accept the API key/,
      { detail: "Incorrect API key: [key]" },
    ],
    "a key that may not": [error(403, "no"), /does not allow this/],
    "a key that Google refuses": [error(400, "API key not valid."), /does not accept the API key/],
    "an unknown model": [error(404, "The model does not exist"), /has no model model-1/],
    "too many requests": [
      error(429, "slow down", { headers: { "retry-after": "20" } }),
      /too many requests/,
      { retryAfter: 20 },
    ],
    "no credit": [error(429, "insufficient_quota: check your plan"), /no credit left/],
    "a long prompt": [error(400, "maximum context length is 8192 tokens"), /too long for model-1/],
    "a wrong setting": [
      error(400, "temperature must be 1"),
      /refused the request/,
      { detail: "temperature must be 1" },
    ],
    overload: [error(529, "Overloaded"), /is overloaded/],
    "a broken server": [{ status: 500, body: "<html>oops" }, /failed \(status 500\)/],
    "a web page": [{ headers: { "content-type": "text/html" }, body: "<html>" }, /answers with a web page/],
    "a redirect": [
      { status: 307, headers: { location: "http://127.0.0.1:1/elsewhere" }, body: "" },
      /redirects to another address/,
    ],
    "an empty body": [{ body: "" }, /could not be read to its end/],
    "no JSON": [{ parts: ["Hel"], ends: { raw: "data: {oops\n\n" } }, /could not be read to its end/],
    "an end without a reason": [{ parts: ["Hel"], ends: "end" }, /could not be read to its end/],
    "a connection that breaks": [
      { parts: ["Hel"], ends: "break" },
      /broke before the answer was complete/,
      { hint: "Run it again." },
    ],
    "overload in the middle": [
      { parts: ["Hel"], ends: { raw: 'data: {"error":{"message":"Overloaded","type":"overloaded_error"}}\n\n' } },
      /is overloaded/,
    ],
  };

  it.each(Object.entries(FAILURES))(
    "explains %s, and keeps what had arrived",
    async (_, [answer, problem, more = {}]) => {
      server.answer = answer;
      const events = await ran({});
      expect(events.at(-1)).toMatchObject({
        ...{ type: "error", problem: expect.stringMatching(problem), hint: expect.stringMatching(/\.$/), ...more },
      });
      expect(textOf(events)).toBe(answer.parts?.join("") ?? "");
      // Nor codes of Node.
      expect(JSON.stringify(events)).not.toMatch(new RegExp(`${KEY}|UND_ERR|ECONN`));
    },
  );

  it("runs an edited text in place of the file", async () => {
    await ran({ text: "---\nconfig: { temperature: 1 }\n---\nWelcome {{name}}." });
    expect(JSON.stringify(server.requests[0]?.body)).toContain("Welcome Ada.");
    await ran({ name: "new", text: "Created {{name}}." });
    expect(JSON.stringify(server.requests[1]?.body)).toContain("Created Ada.");
    const broken = await ask(started, "run", { ...GREET, text: "Welcome {{#if name}}" });
    expect([broken.status, await broken.json()]).toEqual([422, { error: expect.stringContaining("never closed") }]);
  });

  it("says why messages cannot be sent", async () => {
    const events = await ran({ text: '{{role "system"}}Greet {{name}}.' });
    expect(events).toEqual([
      expect.objectContaining({ type: "error", problem: expect.stringContaining("nothing was sent") }),
    ]);
    expect(server.requests).toEqual([]);
  });

  it("says what an answer that ended early means", async () => {
    server.answer = { finish: "length" };
    expect((await ran({})).at(-1)).toMatchObject({ finishReason: "length", note: expect.stringContaining("cut off") });
    server.answer = { finish: "content-filter" };
    expect((await ran({})).at(-1)).toMatchObject({ note: expect.stringContaining("content filter") });
    server.answer = { parts: [] };
    expect((await ran({})).at(-1)).toMatchObject({ note: "The answer is empty." });
  });

  it("keeps the key out of answers, however they are cut, and out of the terminal", async () => {
    server.answer = {
      parts: ["My key is ", ...KEY, ", sk-sec"],
      reasoning: KEY,
      tool: { name: "x", input: { [KEY]: KEY } },
    };
    const events = await ran({});
    expect(textOf(events)).toBe("My key is [key], sk-sec");
    expect(JSON.stringify(events)).not.toContain(KEY);
    expect(JSON.stringify(started.written)).not.toContain(KEY);
  });

  it("writes nothing of a run", async () => {
    server.answer = { parts: ["An answer that is not kept."] };
    const own = readdirSync(os.tmpdir()).filter((name) => name.startsWith(`cuecard-dev-${process.pid}-`));
    const folders = [started.dir, ...own.map((name) => path.join(os.tmpdir(), name))];
    const contents = () => folders.map(readContents);
    const before = contents();
    await readEvents(await ask(started, "run", { ...GREET, input: { name: "A name that is not kept" } }));
    expect(server.requests).toHaveLength(1);
    expect(contents()).toEqual(before);
  });

  it("stops a huge answer", async () => {
    server.answer = { parts: Array.from({ length: 30 }, () => "x".repeat(50_000)) };
    expect((await ran({})).at(-1)).toMatchObject({ type: "error", problem: expect.stringContaining("longer than") });
  });

  it("ends the request to the provider when the page goes away, and allows few at a time", async () => {
    server.answer = { ends: "silence" };
    const stops = Array.from({ length: 4 }, () => new AbortController());
    const before = server.aborted;
    const bodies = await Promise.all(
      stops.map(async ({ signal }) => (await ask(started, "run", GREET, { signal })).body?.getReader().read()),
    );
    expect(bodies).toHaveLength(4);
    const fifth = await ask(started, "run", GREET);
    expect([fifth.status, await fifth.json()]).toEqual([
      422,
      { error: expect.stringContaining("4 runs are in progress") },
    ]);
    for (const stop of stops) stop.abort();
    await vi.waitFor(() => expect(server.aborted - before).toBe(4), 20_000);
    server.answer = {};
    await vi.waitFor(async () => expect(textOf(await ran({}))).toBe("Hello there."), 20_000);
  });

  it("refuses what cannot be run, before anything is sent", async () => {
    const refused = {
      "a wrong input": [{ input: {} }, "name"],
      "an unknown version": [{ version: "v9" }, "v9"],
      "an unknown prompt": [{ name: "nothing" }, "nothing"],
      "an unknown provider": [{ provider: "other" }, "no key for this provider"],
      "no model": [{ model: " " }, "choose a model"],
    } as const;
    for (const [what, [request, message]] of Object.entries(refused)) {
      const response = await ask(started, "run", { ...GREET, ...request });
      expect([what, response.status, await response.json()]).toEqual([
        what,
        422,
        { error: expect.stringContaining(message) },
      ]);
    }
    const foreign = {
      headers: { cookie: started.cookie, origin: "https://evil.example", "content-type": "application/json" },
    };
    expect((await ask(started, "run", GREET, foreign)).status).toBe(403);
    expect(
      (await ask(started, "run", GREET, { headers: { ...foreign.headers, origin: started.origin, cookie: "" } }))
        .status,
    ).toBe(403);
    expect(server.requests).toEqual([]);
  });
});

it("speaks OpenAI's own API with OpenAI, and asks it to keep nothing", async () => {
  const { ModelRunner } = await import("../src/models/models.js");
  const runner = new ModelRunner({ env: { OPENAI_API_KEY: KEY }, baseUrl: undefined });
  expect(runner.providers).toMatchObject([{ id: "openai", baseUrl: "https://api.openai.com/v1" }]);
  // The same with the address of the tests in place of OpenAI's.
  const { languageModel } = await import("../src/models/language-model.js");
  const { runModel } = await import("../src/models/run-model.js");
  const provider = { ...(runner.providers[0] as (typeof runner.providers)[number]), baseUrl: `${server.url}/v1` };
  const request = { call: { messages: [{ role: "user", content: "Hi" }] }, unsupported: [] };
  const events: RunEvent[] = [];
  const asked = { provider, model: "model-1", secrets: [KEY], signal: new AbortController().signal };
  for await (const event of runModel({ ...asked, request, languageModel: languageModel(provider, "model-1", fetch) }))
    events.push(event);
  expect(textOf(events)).toBe("Hello there.");
  expect(events.at(-1)).toMatchObject({ type: "done", usage: { input: 12, cached: 4, output: 5 } });
  expect(server.requests).toMatchObject([{ path: "/v1/responses", body: { store: false } }]);
});

it("gives up when nothing arrives", async () => {
  const { ModelRunner } = await import("../src/models/models.js");
  const runner = new ModelRunner({ env: {}, baseUrl: `${server.url}/v1`, silence: 20 });
  server.answer = { parts: ["Hel"], ends: "silence" };
  const request = { call: { messages: [{ role: "user", content: "Hi" }] }, unsupported: [] } as never;
  const choice = { provider: "compatible", model: "model-1" };
  const events = await readEvents(new Response(runner.run(request, choice, new AbortController().signal)));
  expect(events.at(-1)).toMatchObject({ type: "error", problem: expect.stringContaining("sent nothing") });
});

it("explains connections that are not secure", async () => {
  const { ModelRunner } = await import("../src/models/models.js");
  const tls = path.join(import.meta.dirname, "../../../e2e/tls");
  const [key, cert] = ["key.pem", "certificate.pem"].map((name) => readFileSync(path.join(tls, name)));
  const secure = createServer({ key, cert }, (_, response) => response.end()).listen(0, "127.0.0.1");
  await once(secure, "listening");
  const { port } = secure.address() as AddressInfo;
  const problemAt = async (baseUrl: string) => {
    const runner = new ModelRunner({ env: {}, baseUrl });
    const request = { call: { messages: [{ role: "user", content: "Hi" }] }, unsupported: [] } as never;
    const choice = { provider: "compatible", model: "model-1" };
    const [event] = await readEvents(new Response(runner.run(request, choice, new AbortController().signal)));
    return event?.type === "error" && event.problem;
  };
  expect(await problemAt(`https://127.0.0.1:${port}/v1`)).toMatch(/TLS certificate of .* is not trusted/);
  expect(await problemAt(server.url.replace("http:", "https:"))).toContain("cannot be reached securely");
  expect(await problemAt("http://nothing.invalid/v1")).toContain("cannot be found");
  secure.close();
});

it("says that a server in place of OpenAI does not list a model of OpenAI, whether or not there is a key", async () => {
  const { ModelRunner } = await import("../src/models/models.js");
  const { host } = new URL(server.url);
  for (const env of [{}, { OPENAI_API_KEY: KEY }]) {
    const runner = new ModelRunner({ env, baseUrl: `${server.url}/v1` });
    const { note } = (await runner.offer("openai/gpt-5")) as { readonly note?: string };
    const reason = `${host}, which is used in place of OpenAI, does not list it`;
    expect(note).toBe(`The prompt's own model, openai/gpt-5, is not available here: ${reason}.`);
    expect(await runner.offer("anthropic/claude-sonnet-4")).toMatchObject({
      note: expect.stringContaining("ANTHROPIC_API_KEY is not set"),
    });
  }
});

it("needs no key for a server of one's own, and says what is wrong with it", async () => {
  const gone = await startModelServer();
  await gone.close();
  const { host } = new URL(gone.url);
  const started = await startDev(["--base-url", gone.url], {});
  expect(started.written.stdout).toContain(`Prompts can run on models of ${host}\n`);
  const events = await readEvents(await ask(started, "run", GREET));
  expect(events).toEqual([expect.objectContaining({ type: "error", problem: `Nothing answers at ${host}.` })]);
  const offered = await (await ask(started, "models", {})).json();
  expect(offered).toMatchObject({
    providers: [{ models: [], problem: { problem: `Nothing answers at ${host}.` } }],
  });
});

it("calls no model unless it was asked to", async () => {
  const started = await startDev([]);
  expect(await (await ask(started, "models", {})).json()).toEqual({ isOn: false });
  const refused = await ask(started, "run", GREET);
  expect([refused.status, await refused.json()]).toEqual([422, { error: expect.stringContaining("--model-calls") }]);
  expect(server.requests).toEqual([]);
});

/** What is in a folder, by path. */
function readContents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [file, createHash("sha1").update(readFileSync(file)).digest("hex")];
    }),
  );
}

it.each([
  [["--base-url", "localhost:1234"], {}, "begins with http"],
  [["--base-url", "http://ada:secret@localhost/v1"], {}, "user name or password"],
  [["--base-url", ""], {}, "requires an address"],
  [["--model-calls"], { OPENAI_BASE_URL: "file:///etc/passwd" }, "OPENAI_BASE_URL requires an address"],
] as const)("refuses %j", async (args, env, message) => {
  const { dir } = createProject(PROMPTS);
  const { code, stderr } = await runCommand(["dev", ...args], { cwd: dir, env });
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  expect(stderr).not.toContain("secret");
});
