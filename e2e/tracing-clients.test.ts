// What the clients of Langfuse and LangSmith send of a prompt, and what the functions give for MLflow.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { load } from "@cuecard/prompts";
import { langfuseAttributes, toLangfusePrompt } from "@cuecard/runtime/langfuse";
import { toLangSmithMetadata } from "@cuecard/runtime/langsmith";
import { linkedPrompts, promptVersions } from "@cuecard/runtime/mlflow";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { setLangfuseTracerProvider, startObservation } from "@langfuse/tracing";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { Client } from "langsmith";
import { traceable } from "langsmith/traceable";
import { afterAll, describe, expect, it, vi } from "vitest";

vi.setConfig({ testTimeout: 30_000 });

const requests: { readonly path: string; readonly body: string }[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
  requests.push({ path: request.url ?? "", body: body.toString() });
  response.setHeader("content-type", "application/json").end("{}");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The bodies of the next requests to a path. */
async function take(path: string, count: number): Promise<unknown[]> {
  await vi.waitFor(() => expect(requests.length).toBe(count), 10_000);
  return requests.splice(0).map((request) => {
    expect(request.path).toMatch(path);
    return JSON.parse(request.body);
  });
}

const forecast = load("finance/forecast", "v2");
const working = load("finance/forecast", "working");
const input = { cost_center: "4711", months: [] };

describe("Langfuse", () => {
  it("is sent the prompt's name and version with a generation, and nothing of a working file", async () => {
    const processor = new LangfuseSpanProcessor({
      ...{ publicKey: "pk", secretKey: "sk", baseUrl: url, exportMode: "immediate" },
    });
    setLangfuseTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
    for (const prompt of [forecast, working])
      startObservation("answer", { prompt: toLangfusePrompt(prompt) }, { asType: "generation" }).end();
    await processor.forceFlush();
    const bodies = await take("/api/public/otel/v1/traces", 2);
    const sent = bodies.map((body) => attributesOf(body).filter(({ key }) => key.includes(".prompt.")));
    expect(sent).toEqual([
      [
        { key: "langfuse.observation.prompt.name", value: { stringValue: "finance/forecast" } },
        { key: "langfuse.observation.prompt.version", value: { intValue: 2 } },
      ],
      [],
    ]);
  });

  it("gets the same attributes from spans that the service creates", () => {
    expect(langfuseAttributes(forecast)).toEqual({
      "langfuse.observation.prompt.name": "finance/forecast",
      "langfuse.observation.prompt.version": 2,
    });
    expect(langfuseAttributes(working)).toEqual({});
  });
});

/** The attributes of all spans of a body as OTLP has it. */
function attributesOf(body: unknown): { readonly key: string }[] {
  const { resourceSpans } = body as {
    resourceSpans: { scopeSpans: { spans: { attributes: { key: string }[] }[] }[] }[];
  };
  return resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.flatMap(({ attributes }) => attributes)),
  );
}

it("LangSmith is sent a prompt's telemetry as metadata of the run", async () => {
  const client = new Client({ apiUrl: url, apiKey: "key", autoBatchTracing: false });
  const metadata = toLangSmithMetadata(forecast, input);
  const config = { name: "answer", run_type: "llm", client, tracingEnabled: true, metadata } as const;
  await traceable(async (query: string) => query.length, config)("Why?");
  const [run] = await take("/runs", 2);
  expect(run).toMatchObject({
    name: "answer",
    run_type: "llm",
    extra: {
      metadata: {
        lc_hub_repo: "finance/forecast",
        lc_hub_commit_hash: forecast.commit,
        ...forecast.telemetry(input),
        "gen_ai.prompt.variable.cost_center": "4711",
      },
    },
  });
  expect(toLangSmithMetadata(working)).not.toHaveProperty("lc_hub_commit_hash");
});

it("MLflow is given each version once, by names without slashes, and no working file", () => {
  const first = load("cost_analyst_prompt", "v1");
  expect(promptVersions(forecast, first, working, forecast)).toEqual([
    { name: "finance.forecast", version: "2" },
    { name: "cost_analyst_prompt", version: "1" },
  ]);
  // A prompt with a dot in its name has the same name there.
  expect(promptVersions(forecast, { ...forecast, name: "finance.forecast" })).toHaveLength(1);
  expect(linkedPrompts(first)).toBe('[{"name":"cost_analyst_prompt","version":"1"}]');
  expect(linkedPrompts()).toBe("[]");
});
