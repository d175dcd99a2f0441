// Traces in MLflow's own server: OpenTelemetry's exporter sends them with the link to a version, and the server finds them by it.

import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { load } from "@cuecard/prompts";
import { linkedPrompts, promptVersions } from "@cuecard/runtime/mlflow";
import { recordPrompt } from "@cuecard/runtime/otel";
import { createFolder } from "@cuecard/testing";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { tryCommand } from "../run-command.js";

// This file installs and runs a program: on a slow machine, it may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 1_200_000 });

const VERSION = "3.17.2";

const { code: withoutPython } = await tryCommand("python3", ["-m", "venv", "--help"], { cwd: "." }).catch(() => ({
  code: 1,
}));
const dir = createFolder("mlflow");
let server: ChildProcess | undefined;
let url = "";

async function run(program: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await tryCommand(program, args, { cwd: dir });
  if (code !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

beforeAll(async () => {
  if (withoutPython !== 0) return;
  await run("python3", "-m", "venv", "venv");
  await run("venv/bin/pip", "install", "--quiet", "--no-compile", `mlflow==${VERSION}`);
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const store = ["--backend-store-uri", "sqlite:///mlflow.db", "--artifacts-destination", "artifacts"];
  const args = ["server", ...store, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
  // In a group of its own, because it starts workers.
  server = spawn(path.join(dir, "venv/bin/mlflow"), args, {
    ...{ cwd: dir, stdio: "ignore", detached: true },
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "true" },
  });
  await vi.waitFor(async () => expect((await fetch(`${url}/health`)).ok).toBe(true), {
    ...{ timeout: 180_000, interval: 500 },
  });
});
afterAll(() => {
  if (server?.pid !== undefined) process.kill(-server.pid);
});

async function post(route: string, body: object): Promise<Record<string, unknown>> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${url}/api/${route}`, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return JSON.parse(text);
}

it.skipIf(withoutPython !== 0)("a trace shows its prompt, and is found by it once the two are linked", async () => {
  const { experiment_id: experiment } = await post("2.0/mlflow/experiments/create", { name: "prompts" });
  const headers = { "x-mlflow-experiment-id": String(experiment) };
  const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces`, headers });
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const prompts = [load("cost_analyst_prompt", "v1"), load("finance/forecast", "v2")] as const;
  const span = provider.getTracer("test").startSpan("chat");
  recordPrompt(prompts[0], { user_context: "Admin", query: "Why?" }, { span });
  span.setAttribute("mlflow.traceTag.mlflow.linkedPrompts", linkedPrompts(...prompts));
  span.end();
  await provider.forceFlush();
  const trace = `tr-${span.spanContext().traceId}`;

  const found = async (prompt: string) => {
    const locations = [{ type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: experiment } }];
    const { traces = [] } = await post("3.0/mlflow/traces/search", { locations, filter: `prompt = "${prompt}"` });
    return (traces as { readonly trace_id: string }[]).map(({ trace_id: id }) => id);
  };
  const info = await (await fetch(`${url}/api/3.0/mlflow/traces/${trace}`)).json();
  const tags = { "mlflow.linkedPrompts": linkedPrompts(...prompts) };
  expect(info).toMatchObject({ trace: { trace_info: { tags } } });
  expect(await found("cost_analyst_prompt/1")).toEqual([]);

  await post("2.0/mlflow/traces/link-prompts", { trace_id: trace, prompt_versions: promptVersions(...prompts) });
  for (const prompt of ["cost_analyst_prompt/1", "finance.forecast/2"]) expect(await found(prompt)).toEqual([trace]);
  expect(await found("cost_analyst_prompt/2")).toEqual([]);
});
