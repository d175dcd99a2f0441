// From a service's calls to their replay: a generated package, OpenTelemetry's SDK and exporter, and `replay` of a registry.

import { appendFileSync, createReadStream, mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { recordPrompt } from "@cuecard/runtime/otel";
import { createProject } from "@cuecard/testing";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { openRegistry } from "cuecard";
import { expect, it, vi } from "vitest";

// Starts git and a server: on a slow machine, this may take a while.
vi.setConfig({ testTimeout: 60_000 });

const V1 = `---
input:
  schema: { question: string, rows?(array): { month: string, dollars: number }, email?: 'string, private' }
  default: { question: nothing }
---
Answer {{question}}.{{#each rows}} {{month}}: {{dollars}}{{/each}}{{#if email}} For {{email}}.{{/if}}
`;
/** Answers in a tone, and takes only whole dollars. */
const V2 = V1.replace("question: string,", "question: string, tone: string,")
  .replace("question: nothing", "question: everything, tone: calm")
  .replace("dollars: number", "dollars: integer")
  .replace("Answer {{question}}.", "Answer {{question}} in a {{tone}} tone.");

it("finds the calls that a new version would refuse or render differently", async () => {
  const repository = createProject({
    "prompts/answer.md": V1,
    "aliases.json": '{ "answer": { "production": "v1" } }\n',
  });
  const { dir } = repository;
  repository.commit();
  repository.tag("answer@v1", "First");
  repository.write({ "prompts/answer.md": V2 });
  repository.commit();
  repository.tag("answer@v2", "Asks for a tone");
  mkdirSync(path.join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(path.join(import.meta.dirname, "../packages/runtime"), path.join(dir, "node_modules/@cuecard/runtime"));
  const registry = await openRegistry({ dir });
  const built = await registry.build();
  expect(built.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { load } = await import(path.join(dir, registry.config.out, "dist/index.js"));

  // What the Collector's file exporter writes: each batch that it is sent, on a line.
  const traces = path.join(dir, "traces.jsonl");
  const collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    appendFileSync(traces, `${Buffer.concat(chunks)}\n`);
    response.end("{}");
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const exporter = new OTLPTraceExporter({
    url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`,
  });
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    // The end of a long value is lost on the way.
    spanLimits: { attributeValueLengthLimit: 200 },
  });
  const tracer = provider.getTracer("test");
  const inputs = [
    { question: "why" },
    { question: "5", rows: [{ month: "2026-09", dollars: 5 }] },
    { question: "how much", rows: [{ month: "2026-09", dollars: 46.1 }] },
    {},
    { question: "who", email: "ada@example.com" },
    { question: "x".repeat(300) },
  ];
  for (const input of inputs) {
    const span = tracer.startSpan("chat");
    const prompt = load("answer", "production");
    recordPrompt(prompt, input, { span });
    prompt.format(input);
    span.end();
  }
  await provider.forceFlush();
  await provider.shutdown();
  collector.closeAllConnections();
  collector.close();

  const outcome = await registry.replay({ traces: createReadStream(traces), with: ["production=v2"] });
  registry.close();
  if (outcome.kind !== "found") throw new Error(outcome.kind);
  const { calls, replayed, versions, skipped } = outcome.value;
  expect([calls, replayed, outcome.diagnostics]).toEqual([6, 4, []]);
  expect(versions).toMatchObject([{ name: "answer", ran: "v1", candidate: "v2", differing: 3, refused: 1 }]);
  expect(versions[0]?.refusals).toMatchObject([
    { problem: "rows[0].dollars: expected an integer", first: { line: 3 } },
  ]);
  const text = versions[0]?.differences.map(({ words }) => words.map((word) => word.text).join("")).join("\n");
  // The default is that of each version.
  expect(text).toContain("nothing");
  expect(text).toContain("everything");
  expect(skipped).toMatchObject([
    { reason: "private", detail: "email", first: { line: 5 } },
    { reason: "changed", first: { line: 6 } },
  ]);
});
