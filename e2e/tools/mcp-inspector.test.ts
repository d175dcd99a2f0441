// `cuecard mcp`, asked by the protocol's inspector. The inspector needs a newer Node than Cuecard, which npm installs beside it.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder, greetProject } from "@cuecard/testing";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { repository } from "../pack-packages.js";
import { tryCommand } from "../run-command.js";

// This file installs and runs programs: on a slow machine, it may take a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const NEWER_NODE = `node-${process.platform}-${process.arch}`;
const TOOLS = [`${NEWER_NODE}@24.22.3`, "@modelcontextprotocol/inspector@2.12.0"];

const folder = createFolder();
const node = path.join(folder, "node_modules", NEWER_NODE, "bin/node");
const inspector = path.join(folder, "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js");
const cuecard = path.join(repository, "packages/cli/bin/cuecard.js");
const { dir } = greetProject();
let problem = "";

beforeAll(async () => {
  await writeFile(path.join(folder, "package.json"), "{}");
  const options = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];
  const { stderr } = await tryCommand("npm", ["install", ...options, ...TOOLS], { cwd: folder });
  if (!existsSync(node) || !existsSync(inspector)) problem = `the inspector could not be installed: ${stderr}`;
});

/** What the inspector prints. */
async function inspect(target: readonly string[], ...request: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await tryCommand(node, [inspector, "--cli", ...target, "--method", ...request], {
    cwd: dir,
    env: { HOME: folder },
  });
  const text = stdout === "" ? stderr : stdout;
  return code === 0 ? JSON.parse(text) : text;
}

async function serveHttp(): Promise<string> {
  // In CI, versions that are not in prompts.lock would not count.
  const env = { ...process.env, CI: "" };
  const child = spawn(process.execPath, [cuecard, "mcp", "--http", "--port", "0"], { cwd: dir, env });
  onTestFinished(() => void child.kill());
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return vi.waitUntil(() => /http:\S+/.exec(output)?.[0], { timeout: 20_000 });
}

describe("the inspector", () => {
  it.each(["standard input and output", "HTTP"])("lists and gets prompts, and calls tools, over %s", async (way) => {
    expect(problem).toBe("");
    const target =
      way === "HTTP" ? [await serveHttp(), "--transport", "http"] : [process.execPath, cuecard, "--cwd", dir, "mcp"];
    expect(await inspect(target, "prompts/list")).toMatchObject({
      prompts: [{ name: "greet", description: "Greets", arguments: [{ name: "name" }, { name: "place" }] }],
    });
    const get = ["prompts/get", "--prompt-name", "greet", "--prompt-args", "name=Ada", "place=X"];
    expect(await inspect(target, ...get)).toMatchObject({
      messages: [{ role: "user", content: { type: "text", text: "Hi Ada, welcome to X!" } }],
    });
    const diff = ["tools/call", "--tool-name", "diff", "--tool-arg", "before=greet@v1", "after=greet@v2"];
    expect(await inspect(target, ...diff)).toMatchObject({ structuredContent: { breaking: true } });
    expect(await inspect(target, "prompts/get", "--prompt-name", "gret")).toMatch(/did you mean \\"greet\\"\?/);
  });
});
