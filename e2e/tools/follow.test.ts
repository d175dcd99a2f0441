// Following pointers of a static server as people run it, in each run time: with TLS, ETags and files that are replaced by `cuecard pointers`.

import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { compile } from "@cuecard/build";
import { createFolder } from "@cuecard/testing";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../../packages/build/test/make-snapshot.js";
import { writePackage } from "../../packages/build/test/write-package.js";
import { tryCommand } from "../run-command.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const { platform, arch } = process;
const WORKERD = `@cloudflare/workerd-${platform}-${arch === "x64" ? "64" : arch}`;
const TOOLS = ["http-server@14.1.1", "bun@1.4.5", "deno@2.9.6", `${WORKERD}@1.20261117.1`];
const TLS = path.join(import.meta.dirname, "../tls");
const AUTHORITY = path.join(TLS, "ca.pem");

const folder = createFolder();
const served = path.join(folder, "served");
const tool = (name: string) => path.join(folder, "tools/node_modules/.bin", name);
let dir = "";
let url = "";
let server: ChildProcess | undefined;

beforeAll(async () => {
  const tools = path.join(folder, "tools");
  mkdirSync(tools);
  mkdirSync(served);
  writeFileSync(path.join(tools, "package.json"), "{}");
  for (const name of TOOLS)
    await tryCommand("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", name], { cwd: tools });
  const versions = {
    "greet@v1": { "greet.md": "Hello" },
    "greet@v2": { "greet.md": "Hi" },
    "greet@v3": { "greet.md": "Hey" },
  };
  const aliases = { greet: { production: { kind: "version", version: 1 } as const } };
  dir = writePackage(compile(makeSnapshot({ versions, aliases }), { versions: "all", working: false }).files).dir;
  if (existsSync(tool("http-server"))) url = await startServer();
});

afterAll(() => server?.kill());

/** @returns The URL of the document. */
async function startServer(): Promise<string> {
  const tls = ["--tls", "--cert", path.join(TLS, "certificate.pem"), "--key", path.join(TLS, "key.pem")];
  const args = [tool("http-server"), served, "-a", "127.0.0.1", "-p", "0", "-c-1", ...tls];
  server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let printed = "";
    server?.on("exit", () => reject(new Error(printed)));
    server?.stdout?.on("data", (chunk) => {
      printed += chunk;
      // Its colors are part of what it prints.
      const port = /127\.0\.0\.1:(?:\u001B\[\d+m)*(\d+)/.exec(printed)?.[1];
      if (port !== undefined) resolve(`https://127.0.0.1:${port}/pointers.json`);
    });
  });
}

/** Replaces a document as `cuecard pointers --out` does. */
function place(file: string, version: number): void {
  writeFileSync(
    `${file}.new`,
    JSON.stringify({ pointersVersion: 1, pointers: { greet: { production: `v${version}` } } }),
  );
  renameSync(`${file}.new`, file);
}

const RUNTIMES: readonly (readonly [name: string, command: () => readonly string[]])[] = [
  ["Node", () => [process.execPath]],
  ["Bun", () => [tool("bun")]],
  ["Deno", () => [tool("deno"), "run", "-A"]],
];

describe.each(RUNTIMES)("in %s", (_, command) => {
  const [program = "", ...args] = command();

  /** Prints each version that an alias leads to, until that is v3. */
  async function follow(
    source: string,
    options: string,
  ): Promise<{ versions: string[]; code: number; stderr: string }> {
    const script = path.join(dir, "service.mjs");
    writeFileSync(
      script,
      `import { prompts } from "./dist/follow.js";
const live = prompts.follow({ source: ${JSON.stringify(source)}, ${options} });
const print = () => console.log(live.load("greet", "production").version, live.state.lastError?.message ?? "");
await live.refresh();
print();
console.log("ready");
for (let waited = 0; waited < 400 && live.load("greet", "production").version !== 3; waited++)
  await new Promise((resolve) => setTimeout(resolve, 25));
print();
`,
    );
    const env = { PATH: process.env["PATH"], HOME: folder, NODE_EXTRA_CA_CERTS: AUTHORITY, DENO_CERT: AUTHORITY };
    const child = spawn(program, [...args, script], { cwd: dir, env });
    const file = source === url ? path.join(served, "pointers.json") : source;
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      if (!stdout.includes("ready") && `${stdout}${chunk}`.includes("ready")) place(file, 3);
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const code = await new Promise<number>((resolve) => child.on("close", (ended) => resolve(ended ?? 1)));
    return { versions: stdout.split("\n").filter((line) => /^\d/.test(line)), code, stderr };
  }

  it("moves when a static server has another document, and ends by itself", async (context) => {
    if (!existsSync(program) || url === "") context.skip();
    place(path.join(served, "pointers.json"), 2);
    const { versions, code, stderr } = await follow(url, 'interval: "200ms"');
    expect([versions, code, stderr]).toEqual([["2 ", "3 "], 0, ""]);
  });

  it("moves when a watched file is replaced, and ends by itself", async (context) => {
    if (!existsSync(program)) context.skip();
    const file = path.join(folder, "pointers.json");
    place(file, 2);
    const { versions, code, stderr } = await follow(file, "");
    expect([versions, code, stderr]).toEqual([["2 ", "3 "], 0, ""]);
  });
});

it("moves in workerd, in a request, by documents that are signed", async (context) => {
  const program = path.join(folder, "tools/node_modules", WORKERD, "bin/workerd");
  if (!existsSync(program)) context.skip();
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const payload = '{"pointersVersion":1,"sequence":1,"pointers":{"greet":{"production":"v2"}}}';
  const signature = sign(null, Buffer.from(payload), privateKey).toString("base64");
  const answers: number[] = [];
  const source = createServer((request, response) => {
    answers.push(request.headers["if-none-match"] === '"1"' ? 304 : 200);
    response.writeHead(answers.at(-1) ?? 200, { etag: '"1"' });
    response.end(answers.at(-1) === 200 ? JSON.stringify({ payload, signature }) : undefined);
  });
  await new Promise<void>((resolve) => source.listen(0, "127.0.0.1", resolve));
  const { port } = source.address() as AddressInfo;
  const options = {
    source: `http://127.0.0.1:${port}/pointers.json`,
    publicKey: publicKey.export({ type: "spki", format: "pem" }),
  };
  writeFileSync(
    path.join(dir, "worker.mjs"),
    `import { follow } from "./dist/follow.js";
const live = follow(${JSON.stringify(options)});
export default {
  async test() {
    await Promise.all([1, 2, 3].map(() => live.refresh({ maxAge: "1m" })));
    const { lastError } = await live.refresh();
    const { version } = live.load("greet", "production");
    if (version !== 2 || lastError !== undefined) throw new Error(version + " " + lastError?.message);
  },
};`,
  );
  const bundle = await rolldown({ input: path.join(dir, "worker.mjs"), platform: "browser" });
  await bundle.write({ file: path.join(dir, "workerd/worker.js"), format: "esm" });
  writeFileSync(
    path.join(dir, "workerd/config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [
  (name = "main", worker = .worker),
  (name = "internet", network = (allow = ["local", "private"])),
]);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2025-01-01",
);
`,
  );
  const { code, stderr } = await tryCommand(program, ["test", "workerd/config.capnp"], { cwd: dir });
  source.close();
  expect(stderr).toContain("[ PASS ] main");
  expect([code, answers]).toEqual([0, [200, 304]]);
});
