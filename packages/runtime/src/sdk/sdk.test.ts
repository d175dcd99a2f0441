// What can be wrong with a request, and what no request of e2e/sdk-requests shows. The types of these calls are checked there.

import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import type { ContentPart } from "../content.js";
import type { Message } from "../messages.js";
import { chatPrompt } from "../prompt.js";
import { toAiSdk } from "./ai-sdk.js";
import { toAnthropic } from "./anthropic.js";
import { decodeBase64 } from "./base64.js";
import { toBedrock } from "./bedrock.js";
import { toGoogle } from "./google.js";
import { toLangChain } from "./langchain.js";
import { toMistral } from "./mistral.js";
import { toOpenAiChat, toOpenAiResponse } from "./openai.js";
import type { Sendable } from "./sendable.js";

type Send = (prompt: Sendable, ...args: unknown[]) => Record<string, unknown>;
const all = {
  toAiSdk,
  toAnthropic,
  toBedrock,
  toGoogle,
  toLangChain,
  toMistral,
  toOpenAiChat,
  toOpenAiResponse,
} as unknown as Readonly<Record<string, Send>>;
const names = Object.keys(all);
const send = (name: string, prompt: Sendable, ...args: unknown[]) => all[name]?.(prompt, ...args) ?? {};

/** A prompt whose messages are these, whatever the input. */
function promptOf(messages: readonly Message[], members: object = {}): Sendable {
  const metadata = {
    name: "p",
    uri: "prompts:/p/1",
    inputSchema: {},
    model: undefined,
    config: {},
    tools: [],
    ...members,
  };
  const render = (_: unknown, options: { readonly history?: readonly Message[] | undefined } = {}) => [
    ...messages.slice(0, -1),
    ...(options.history ?? []).map((message) => ({ ...message })),
    ...messages.slice(-1),
  ];
  return chatPrompt(() => ({ ...metadata }), { render, accepts: () => true, isPolluted: () => false }) as Sendable;
}

const hello = promptOf([{ role: "user", content: "Hello" }]);
const withMedia = (url: string, contentType?: string, role: "user" | "system" = "user") => {
  const content: ContentPart[] = [{ type: "media", url, ...(contentType === undefined ? {} : { contentType }) }];
  return promptOf([{ role, content }]);
};

/** Members that other code adds to Object.prototype. */
const POLLUTION = {
  ...{
    history: [{ role: "user" }],
    turn: 1,
    cache: true,
    staticMessages: 1,
    model: "m",
    outputSchema: {},
    contentType: "x/y",
  },
  ...{
    parseOutput: 1,
    stop: "x",
    stop_sequences: "x",
    reasoning_effort: "low",
    verbosity: "low",
    strict: true,
    required: [],
  },
};

describe.each(names)("%s", (name) => {
  it.each([
    ["an unknown setting", { ...hello, config: { temprature: 1 } }, "has no setting temprature"],
    ["a name of Object.prototype", { ...hello, config: { constructor: 1 } }, "has no setting constructor"],
    [
      "two settings of one name",
      { ...hello, config: { max_tokens: 1, maxTokens: 2 } },
      "which another setting already sets; keep one",
    ],
    ["a tool's name", { ...hello, tools: ["search"] }, "the tool search is only a name"],
    [
      "a list as a tool's input",
      { ...hello, tools: [{ name: "t", parameters: { type: "array" } }] },
      "the tool t does not",
    ],
    ["a tool's answer", promptOf([{ role: "tool", content: "x" }]), "a `tool` message in the template does not"],
    [
      "an image of the system",
      withMedia("data:image/png;base64,AA==", undefined, "system"),
      "its system message contains",
    ],
    ["data that is not Base64", withMedia("data:image/png,x"), "is not Base64"],
  ])("refuses %s", (_, prompt, problem) => {
    const call = () => send(name, prompt as Sendable);
    expect(call).toThrow(expect.objectContaining({ name: "PromptRequestError", uri: "prompts:/p/1" }));
    expect(call).toThrow(problem);
  });

  it("passes the conversation so far as it is", () => {
    const history = [{ role: "system", anything: [1] }, { type: "reasoning" }, { role: "tool", turn: 3 }];
    const text = JSON.stringify(send(name, hello, {}, { history }));
    for (const message of history) expect(text).toContain(JSON.stringify(message));
    expect(JSON.stringify(send(name, hello, {}, { history: null }))).toBe(JSON.stringify(send(name, hello)));
  });

  it("reads own members only", () => {
    const outputSchema = { type: "object", properties: { a: { type: "string" } }, additionalProperties: false };
    const image = promptOf([{ role: "user", content: [{ type: "media", url: "data:image/png;base64,AA==" }] }]);
    const prompts = [hello, { ...image, outputSchema, tools: [{ name: "t" }] }];
    const call = () => prompts.map((prompt) => JSON.stringify(send(name, prompt, {}, {})));
    const before = call();
    Object.assign(Object.prototype, POLLUTION);
    try {
      expect(call()).toEqual(before);
    } finally {
      for (const member of Object.keys(POLLUTION)) Reflect.deleteProperty(Object.prototype, member);
    }
  });

  it("gives lists and objects that callers may change", () => {
    const tools = [{ name: "t", parameters: { type: "object", properties: { a: { type: "string" } } } }];
    const prompt = promptOf([{ role: "user", content: "x" }], { tools, config: { stop: ["a"] } });
    if (name === "toOpenAiResponse") return;
    const isFrozen = (value: unknown): boolean =>
      typeof value === "object" && value !== null && (Object.isFrozen(value) || Object.values(value).some(isFrozen));
    expect(isFrozen(send(name, prompt))).toBe(false);
  });

  it("asks for no format if the answer is text", () => {
    for (const outputSchema of [{ type: "string" }, { enum: ["a", "b"] }, { const: "a" }])
      expect(JSON.stringify(send(name, { ...hello, outputSchema }))).toBe(JSON.stringify(send(name, hello)));
  });
});

it.each([
  ["toOpenAiChat", "audio/wav", '"input_audio":{"data":"AA==","format":"wav"}'],
  ["toOpenAiChat", "audio/mpeg", '"format":"mp3"'],
  ["toMistral", "audio/mpeg", '{"type":"input_audio","inputAudio":"AA=="}'],
  ["toLangChain", "audio/mpeg", '"type":"audio","mime_type":"audio/mpeg"'],
  ["toGoogle", "video/mp4", '{"inlineData":{"data":"AA==","mimeType":"video/mp4"}}'],
  ["toAiSdk", "audio/mpeg", '{"type":"file","data":"AA==","mediaType":"audio/mpeg"}'],
])("%s sends %s", (name, type, sent) => {
  expect(JSON.stringify(send(name, withMedia(`data:${type};base64,AA==`)))).toContain(sent);
  expect(JSON.stringify(send(name, withMedia("data:;base64,AA==", type)))).toContain(sent);
});

it.each([
  ["toOpenAiChat", "https://x.org/a.pdf", "application/pdf", "does not accept application/pdf"],
  ["toOpenAiChat", "https://x.org/a.mp3", "audio/mpeg", "does not accept audio/mpeg"],
  ["toOpenAiResponse", "https://x.org/a.mp3", "audio/mpeg", "does not accept audio/mpeg"],
  ["toAnthropic", "data:image/tiff;base64,AA==", undefined, "does not accept image/tiff"],
  ["toAnthropic", "data:audio/mpeg;base64,AA==", undefined, "does not accept audio/mpeg"],
  ["toBedrock", "https://x.org/a.png", "image/png", "as data: or s3: URLs only"],
  ["toBedrock", "s3://bucket/a.png", undefined, "needs the type of its media"],
  ["toMistral", "https://x.org/a.mp4", "video/mp4", "does not accept video/mp4"],
])("%s refuses %s of the type %s", (name, url, type, problem) => {
  expect(() => send(name, withMedia(url, type))).toThrow(problem);
});

it("reads what a caller of Bedrock stored in S3", () => {
  const sent = send("toBedrock", withMedia("s3://bucket/a.png", "image/png"));
  expect(JSON.stringify(sent)).toContain(
    '{"image":{"format":"png","source":{"s3Location":{"uri":"s3://bucket/a.png"}}}}',
  );
});

it("refuses texts that the API does not know", () => {
  const prompt = { ...hello, config: { reasoningEffort: "lots" } };
  expect(() => send("toOpenAiChat", prompt)).toThrow("reasoningEffort must be one of none, minimal, low");
  expect(send("toOpenAiResponse", { ...hello, config: { reasoning_effort: "low", verbosity: "high" } })).toMatchObject({
    reasoning: { effort: "low" },
    text: { verbosity: "high" },
  });
});

it("removes the provider's own prefix only", () => {
  const modelOf = (name: string, model: string) => send(name, { ...hello, model })["model"];
  expect(modelOf("toOpenAiChat", "openai/gpt-5")).toBe("gpt-5");
  expect(modelOf("toOpenAiChat", "anthropic/claude")).toBe("anthropic/claude");
  expect(modelOf("toGoogle", "vertexai/gemini-3")).toBe("gemini-3");
  expect(modelOf("toAiSdk", "anthropic/claude")).toBe("anthropic/claude");
});

it("passes tools of the SDK's own, and keeps strict", () => {
  const search = { type: "web_search_20250305", name: "web_search" };
  const strict = { name: "t", input: { schema: { type: "object" } }, strict: true };
  expect(send("toAnthropic", { ...hello, tools: [search, strict] })["tools"]).toEqual([
    search,
    { name: "t", input_schema: { type: "object" }, strict: true },
  ]);
  expect(send("toGoogle", { ...hello, tools: [{ googleSearch: {} }] })["config"]).toEqual({
    tools: [{ googleSearch: {} }],
  });
  expect(() => send("toAiSdk", { ...hello, tools: [search] })).toThrow(
    "the AI SDK takes provider tools as functions; pass",
  );
});

it.each([
  ["closed, all required", { a: { type: "string" } }, { required: ["a"], additionalProperties: false }, true],
  ["an optional member", { a: { type: "string" } }, { additionalProperties: false }, false],
  ["open", { a: { type: "string" } }, { required: ["a"] }, false],
  ["an open member", { a: { type: "object" } }, { required: ["a"], additionalProperties: false }, false],
  ["another keyword", { a: { type: "string", pattern: "x" } }, { required: ["a"], additionalProperties: false }, false],
  ["an open item", { a: { items: { properties: {} } } }, { required: ["a"], additionalProperties: false }, false],
])("guarantees a schema only where it can be: %s", (_, properties, rest, strict) => {
  const outputSchema = { type: "object", properties, ...rest };
  expect(send("toOpenAiChat", { ...hello, outputSchema })["response_format"]).toMatchObject({
    json_schema: { strict },
  });
});

it("marks a beginning of the answer for Mistral", () => {
  const prompt = promptOf([
    { role: "user", content: "x" },
    { role: "assistant", content: "{" },
  ]);
  expect(send("toMistral", prompt)["messages"]).toEqual([
    { role: "user", content: "x" },
    { role: "assistant", content: "{", prefix: true },
  ]);
});

describe("the cache breakpoint", () => {
  const ephemeral = { cache_control: { type: "ephemeral" } };
  const text = (content: string, more: object = {}) => ({ type: "text", text: content, ...more });
  const messages: readonly Message[] = [
    { role: "system", content: "a" },
    { role: "user", content: "b" },
    { role: "system", content: "c" },
    { role: "user", content: "d" },
  ];

  it("is at the last message that is the same for every input, in the order of the request", () => {
    const system = (staticMessages: number) => send("toAnthropic", promptOf(messages, { staticMessages }));
    expect(system(0)).toMatchObject({ system: [text("a"), text("c")], messages: [{ content: "b" }, { content: "d" }] });
    // The second system message varies, and is sent before the first message.
    expect(system(2)["system"]).toEqual([text("a", ephemeral), text("c")]);
    expect(system(3)["messages"]).toEqual([
      { role: "user", content: [text("b", ephemeral)] },
      { role: "user", content: "d" },
    ]);
  });

  it("is before the conversation so far", () => {
    const prompt = promptOf(messages, { staticMessages: 4 });
    const history = [{ role: "user", content: "h" }];
    expect(send("toAnthropic", prompt, {}, { history })["messages"]).toEqual([
      { role: "user", content: [text("b", ephemeral)] },
      ...history,
      { role: "user", content: "d" },
    ]);
  });

  it("is set for OpenAI if it is asked for", () => {
    const mark = { prompt_cache_breakpoint: { mode: "explicit" } };
    const prompt = promptOf([...messages.slice(0, 2), { role: "user", content: "d" }], { staticMessages: 2 });
    const sent = (name: string, cache?: boolean) => Object.values(send(name, prompt, {}, { cache })).flat();
    expect(sent("toOpenAiChat")).toEqual(sent("toOpenAiChat", false));
    expect(JSON.stringify(sent("toOpenAiChat"))).not.toContain("prompt_cache");
    const user = { role: "user", content: "d" };
    expect(sent("toOpenAiChat", true)).toEqual([
      { role: "system", content: "a" },
      { role: "user", content: [text("b", mark)] },
      user,
    ]);
    expect(sent("toOpenAiResponse")).toEqual(["a", { role: "user", content: "b" }, user]);
    // Instructions cannot have a mark.
    const answered = promptOf(
      [{ role: "system", content: "a" }, { role: "assistant", content: "b" }, user as Message],
      {
        staticMessages: 2,
      },
    );
    expect(send("toOpenAiResponse", answered, {}, { cache: true })).toEqual({
      input: [
        { role: "system", content: [{ type: "input_text", text: "a", ...mark }] },
        { role: "assistant", content: "b" },
        user,
      ],
    });
  });

  it("is set for models of Anthropic behind the AI SDK", () => {
    const model = "anthropic/claude";
    const ofModel = (members: object, options?: object) =>
      send("toAiSdk", promptOf(messages, { staticMessages: 1, ...members }), {}, options);
    expect(ofModel({ model })["instructions"]).toEqual([
      { role: "system", content: "a", providerOptions: expect.objectContaining({ anthropic: expect.anything() }) },
      { role: "system", content: "c" },
    ]);
    expect(ofModel({ model, staticMessages: 3 })["messages"]).toEqual([
      { role: "user", content: "b", providerOptions: expect.objectContaining({ bedrock: expect.anything() }) },
      { role: "user", content: "d" },
    ]);
    expect(ofModel({ model }, { cache: false })["instructions"]).toBe("a\nc");
    expect(ofModel({})["instructions"]).toBe("a\nc");
    expect(JSON.stringify(ofModel({}, { cache: true }))).toContain("cacheControl");
  });

  it("can be left out, and is where Bedrock's model takes one", () => {
    const prompt = promptOf(messages, { staticMessages: 1 });
    expect(JSON.stringify(send("toAnthropic", prompt, {}, { cache: false }))).not.toContain("cache_control");
    const ofModel = (model: string, options?: object) =>
      JSON.stringify(send("toBedrock", { ...prompt, model }, {}, options));
    expect(ofModel("bedrock/us.anthropic.claude-sonnet-4")).toContain("cachePoint");
    expect(ofModel("meta.llama3")).not.toContain("cachePoint");
    expect(ofModel("meta.llama3", { cache: true })).toContain("cachePoint");
    expect(ofModel("amazon.nova-pro", { cache: false })).not.toContain("cachePoint");
  });
});

it("decodes Base64 as Buffer does", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = Buffer.from(Array.from({ length }, (_, index) => (index * 97 + length) % 256));
    for (const encoding of ["base64", "base64url"] as const)
      expect(Buffer.from(decodeBase64(bytes.toString(encoding)))).toEqual(bytes);
  }
});

it.each(["ai-sdk", "anthropic", "bedrock", "google", "langchain", "mistral", "openai"])(
  "%s is small, and contains no other",
  async (sdk) => {
    const bundle = await rolldown({ input: `${import.meta.dirname}/${sdk}.ts` });
    const { output } = await bundle.generate({ minify: true });
    await bundle.close();
    const own = output[0].moduleIds.filter((id) =>
      /sdk\/(?:ai-sdk|anthropic|bedrock|google|langchain|mistral|openai)\.ts$/.test(id),
    );
    expect(own).toHaveLength(1);
    expect(output).toHaveLength(1);
    expect(output[0].code.length).toBeLessThan(9000);
  },
);
