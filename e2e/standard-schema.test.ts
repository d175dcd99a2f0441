// A prompt's input as the schema of tRPC, Hono and the AI SDK: without casts, and through their own clients and servers. The types are checked
// with the rest of this folder.

import { load } from "@cuecard/prompts";
import type { StandardInput } from "@cuecard/runtime";
import { sValidator } from "@hono/standard-validator";
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { initTRPC, TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { generateText, tool } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { Hono } from "hono";
import { expect, expectTypeOf, it } from "vitest";

const prompt = load("cost_analyst_prompt", "production");
type Input = Parameters<typeof prompt.format>[0];

const asked: Input = { user_context: "admin", query: "What did we spend?" };

/** What the libraries report of an input without `user_context` and with a number for `query`. */
const wrong = { quary: "Why?", query: 3 };
const ISSUES = [
  { message: "expected a string, got nothing", path: ["user_context"] },
  { message: "expected a string, got a number (3)", path: ["query"] },
];

it("has the types of the specification", () => {
  const schema: StandardSchemaV1<Input, Input> & StandardJSONSchemaV1<Input, Input> = prompt.input;
  expectTypeOf<StandardSchemaV1.InferInput<typeof prompt.input>>().toEqualTypeOf<Input>();
  expectTypeOf<StandardSchemaV1.InferOutput<typeof prompt.input>>().toEqualTypeOf<Input>();
  // The other way round, so that nothing is missing that the specification requires.
  expectTypeOf<StandardInput<1, 2>["~standard"]["jsonSchema"]>().toExtend<StandardJSONSchemaV1.Converter>();
  expectTypeOf<StandardInput<1, 2>["~standard"]>().toExtend<StandardSchemaV1.Props<1, 2>>();
  expect(Object.keys(schema["~standard"]).sort()).toEqual(["jsonSchema", "validate", "vendor", "version"]);
});

it("validates and types what a procedure of tRPC is called with", async () => {
  const t = initTRPC.create();
  const router = t.router({ ask: t.procedure.input(prompt.input).query(({ input }) => prompt.format(input)) });

  expect(await router.createCaller({}).ask(asked)).toBe(prompt.format(asked));
  const refused = await router
    .createCaller({})
    // @ts-expect-error A number is not a query, and user_context is missing.
    .ask(wrong)
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(TRPCError);
  expect(refused).toMatchObject({ code: "BAD_REQUEST", cause: { issues: ISSUES } });

  const serve = (url: string | URL | Request, init?: RequestInit) =>
    fetchRequestHandler({ endpoint: "", req: new Request(url, init), router });
  const client = createTRPCClient<typeof router>({
    links: [httpLink({ url: "http://localhost", fetch: (url, init) => serve(url, init as RequestInit) })],
  });
  expect(await client.ask.query(asked)).toBe(prompt.format(asked));
  // @ts-expect-error As above.
  await expect(client.ask.query(wrong)).rejects.toThrow(TRPCClientError);
});

it("validates and types the body of a request to Hono", async () => {
  const app = new Hono().post("/ask", sValidator("json", prompt.input), (context) =>
    context.text(prompt.format(context.req.valid("json"))),
  );
  const post = (body: object) =>
    app.request("/ask", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  expect(await (await post(asked)).text()).toBe(prompt.format(asked));
  const refused = await post(wrong);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ success: false, error: ISSUES });
});

it("is the schema of a tool for the AI SDK", async () => {
  const calls: unknown[] = [];
  const model = new MockLanguageModelV4({
    doGenerate: async () => ({
      content: [{ type: "tool-call", toolCallId: "c1", toolName: "ask", input: JSON.stringify(asked) }],
      finishReason: { unified: "tool-calls", raw: undefined },
      usage: {
        inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: 1, text: 1, reasoning: 0 },
      },
      warnings: [],
    }),
  });
  const ask = tool({
    description: "Asks the cost analyst",
    inputSchema: prompt.input,
    execute: (input) => {
      calls.push(input);
      return prompt.format(input);
    },
  });
  const { toolResults } = await generateText({ model, tools: { ask }, prompt: "What did we spend?" });
  expect(calls).toEqual([asked]);
  expect(toolResults.map(({ output }) => output)).toEqual([prompt.format(asked)]);
  const [sent] = model.doGenerateCalls[0]?.tools ?? [];
  expect(sent).toMatchObject({
    name: "ask",
    inputSchema: {
      $schema: "http://json-schema.org/draft-07/schema#",
      type: "object",
      required: ["user_context", "query"],
      properties: { query: { type: "string", description: expect.any(String) } },
    },
  });
});

it("is there for versions that no alias points at, for several versions, and with some variables filled in", () => {
  const cold = load("cost_analyst_prompt", "v1");
  expect(cold.input["~standard"].validate(wrong)).toMatchObject({ issues: expect.any(Array) });
  expect(cold.input["~standard"].jsonSchema.output({ target: "draft-2020-12" })["type"]).toBe("object");
  const filled = prompt.partial({ user_context: "admin" });
  const { validate, jsonSchema } = filled.input["~standard"];
  expectTypeOf<StandardSchemaV1.InferInput<typeof filled.input>>().toHaveProperty("query").toEqualTypeOf<string>();
  expect(validate({ query: "Why?" })).toEqual({ value: { user_context: "admin", query: "Why?" } });
  expect(jsonSchema.input({ target: "draft-07" })["required"]).toEqual(["query"]);
  const environments: readonly ("production" | "staging")[] = ["production"];
  const [environment = "staging"] = environments;
  const either = load("cost_analyst_prompt", environment);
  const all: StandardSchemaV1<Parameters<typeof either.format>[0]> = either.input;
  expect(all["~standard"].vendor).toBe("cuecard");
});
