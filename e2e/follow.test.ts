// A service that follows pointers, as a process of its own: it gets them from a real server with TLS, and it ends by itself whatever the
// source does.

import { spawn } from "node:child_process";
import { generateKeyPairSync, sign } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import vm from "node:vm";
import { compile } from "@cuecard/build";
import type { AliasTarget } from "@cuecard/model";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { makeSnapshot } from "../packages/build/test/make-snapshot.js";
import { writePackage } from "../packages/build/test/write-package.js";

// Starts processes.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const AUTHORITY = path.join(import.meta.dirname, "tls/ca.pem");
const CERTIFICATE = path.join(import.meta.dirname, "tls/certificate.pem");
const KEY = path.join(import.meta.dirname, "tls/key.pem");

const v = (version: number): AliasTarget => ({ kind: "version", version });
const VERSIONS = {
  "greet@v1": { "greet.md": "Hello {{name}}" },
  "greet@v2": { "greet.md": "Good day, {{name}}" },
  "greet@v3": { "greet.md": "Good day, {{title}} {{name}}" },
};

let dir = "";
let url = "";
let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end("{}");
const server = createServer({ key: readFileSync(KEY), cert: readFileSync(CERTIFICATE) }, (request, response) =>
  handle(request, response),
);

beforeAll(async () => {
  const snapshot = makeSnapshot({ versions: VERSIONS, aliases: { greet: { production: v(1) } } });
  dir = writePackage(compile(snapshot, { versions: "all", working: false }).files).dir;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/pointers.json`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Service {
  readonly code: number | null;
  readonly output: unknown[];
  readonly stderr: string;
}

/** Runs a module beside the package to its end; it prints JSON, a line each. */
function run(
  code: string,
  env: Readonly<Record<string, string>> = { NODE_EXTRA_CA_CERTS: AUTHORITY },
): Promise<Service> {
  const script = path.join(dir, "service.mjs");
  const imports =
    'import { prompts } from "./dist/follow.js";\nconst print = (value) => console.log(JSON.stringify(value ?? null));';
  writeFileSync(script, `${imports}\nconst url = ${JSON.stringify(url)};\n${code}\n`);
  const child = spawn(process.execPath, [script], { cwd: dir, env: { PATH: process.env["PATH"], ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) =>
    child.on("close", (exitCode) => {
      const output = stdout
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
      resolve({ code: exitCode, output, stderr });
    }),
  );
}

describe("a service", () => {
  it("gets pointers by TLS, and moves no pointer to what breaks its callers", async () => {
    handle = (_request, response) =>
      response
        .setHeader("etag", '"1"')
        .end('{"pointersVersion":1,"sequence":1,"pointers":{"greet":{"production":"v2"}}}');
    const { code, output, stderr } = await run(`
      const live = prompts.follow({ source: url });
      print(live.load("greet", "production").format({ name: "Ada" }));
      const { pointers, etag, lastError } = await live.refresh();
      print([pointers, etag, lastError?.message]);
      print(live.load("prompts:/greet@production").format({ name: "Ada" }));
      const { "gen_ai.prompt.version": version, "cuecard.prompt.alias": alias } = live.load("greet", "production").telemetry();
      print([version, alias]);
      const wrong = prompts.follow({ source: () => ({ greet: { production: "v3" } }) });
      print((await wrong.refresh()).refused.map(({ reason }) => reason));
      print(wrong.load("greet", "production").format({ name: "Ada" }));
    `);
    expect([stderr, code]).toEqual(["", 0]);
    expect(output).toEqual([
      "Hello Ada",
      [{ greet: { production: "v2" } }, '"1"', null],
      "Good day, Ada",
      ["2", "production"],
      ['v3 would break the callers of greet@production: input "title" is new and required'],
      "Hello Ada",
    ]);
  });

  it("shares its entry point with a prompt of the same name", async () => {
    const aliases = { follow: { production: v(1) } };
    const files = compile(makeSnapshot({ versions: { "follow@v1": { "follow.md": "Follow me" } }, aliases }), {
      versions: "all",
      working: false,
    }).files;
    const { run: runBeside } = writePackage(files);
    const both = "const result = [production.format(), v1 === production, typeof follow, typeof prompts.follow];";
    const names = "{ follow, production, prompts, v1 }";
    expect(runBeside(`import ${names} from "./dist/follow.js"; ${both}`)).toEqual([
      "Follow me",
      false,
      "function",
      "function",
    ]);
  });

  it("does not trust a server that its system does not trust", async () => {
    const { output } = await run(
      "const live = prompts.follow({ source: url }); print((await live.refresh()).lastError.message);",
      {},
    );
    expect(output).toEqual([expect.stringMatching(/cannot be reached: unable to verify the first certificate/)]);
  });

  it("checks signatures", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const payload = '{"pointersVersion":1,"pointers":{"greet":{"production":"v2"}}}';
    let signature = sign(null, Buffer.from(payload), privateKey).toString("base64");
    handle = (_request, response) => response.end(JSON.stringify({ payload, signature }));
    const script = `
      const live = prompts.follow({ source: url, publicKey: process.env.PUBLIC_KEY });
      const { pointers, lastError } = await live.refresh();
      print([pointers.greet.production, lastError?.code]);
    `;
    const env = {
      NODE_EXTRA_CA_CERTS: AUTHORITY,
      PUBLIC_KEY: publicKey.export({ type: "spki", format: "pem" }).toString(),
    };
    expect((await run(script, env)).output).toEqual([["v2", null]]);
    signature = `A${signature.slice(1)}` === signature ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
    expect((await run(script, env)).output).toEqual([["v1", "signature"]]);
    expect((await run(script)).stderr).toContain("publicKey is undefined");
  });

  it("runs in a bundle without anything of Node, as on edge run times", async () => {
    const entry = path.join(dir, "edge.js");
    const code = `import { prompts } from "./dist/follow.js";
      const live = prompts.follow({ source: "https://config.example.com/pointers.json" });
      globalThis.onRequest = async () => {
        const { lastError } = await live.refresh({ maxAge: "1m" });
        return [live.load("greet", "production").version, lastError?.message];
      };
      globalThis.followFile = () => prompts.follow({ source: "./pointers.json" });`;
    writeFileSync(entry, code);
    const bundle = await rolldown({ input: entry, platform: "browser" });
    const { output } = await bundle.generate({ format: "iife" });
    let asked = 0;
    const fetch = async () => {
      asked++;
      return new Response('{"greet":{"production":"v2"}}');
    };
    const globals = { fetch, TextEncoder, TextDecoder, URL, AbortController, setTimeout, clearTimeout };
    const context = vm.createContext(globals);
    vm.runInContext(output[0].code, context);
    const answers = await Promise.all([1, 2, 3].map(() => vm.runInContext("onRequest()", context)));
    expect([answers, asked]).toEqual([
      [
        [2, undefined],
        [2, undefined],
        [2, undefined],
      ],
      1,
    ]);
    expect(() => vm.runInContext("followFile()", context)).toThrow("this run time has no file system");
  });

  const file = '"./pointers.json"';
  const isAsked = 'existsSync("asked")';
  const isDone = "(live.state.checked ?? live.state.lastError) !== undefined";
  it.each<[what: string, options: string, until: string, answer?: typeof handle]>([
    ["answers", 'source: url, interval: "30s"', isDone],
    ["does not answer", 'source: url, interval: "30s", timeout: "10m"', isAsked, () => {}],
    [
      "answers slowly",
      'source: url, interval: "30s", timeout: "10m"',
      isAsked,
      (_request, response) => response.writeHead(200).write("{"),
    ],
    ["does not exist", 'source: "https://127.0.0.1:1/", interval: "30s"', isDone],
    ["is a file that is watched", `source: ${file}`, isDone],
    ["is a file that does not exist", 'source: "./nothing/pointers.json", interval: "1h"', isDone],
    ["is a function", "source: async () => ({}), interval: 100", isDone],
    [
      "is a function that never answers",
      'source: () => { writeFileSync("asked", ""); return new Promise(() => {}); }, interval: "1s", timeout: "10m"',
      isAsked,
    ],
  ])("ends by itself when the source %s", async (_, options, until, answer) => {
    const asked = path.join(dir, "asked");
    rmSync(asked, { force: true });
    handle = (request, response) => {
      if (answer === undefined) response.end("{}");
      else answer(request, response);
      writeFileSync(asked, "");
    };
    writeFileSync(path.join(dir, "pointers.json"), "{}");
    const { code, output, stderr } = await run(`
      import { existsSync, writeFileSync } from "node:fs";
      const live = prompts.follow({ ${options} });
      while (!(${until})) await new Promise((resolve) => setTimeout(resolve, 5));
      print(live.load("greet", "production").format({ name: "Ada" }));
    `);
    expect([output, stderr, code]).toEqual([["Hello Ada"], "", 0]);
  });

  it("waits for an answer that it asked for", async () => {
    handle = (_request, response) => setTimeout(() => response.end('{"greet":{"production":"v2"}}'), 200);
    const { code, output } = await run(`
      const live = prompts.follow({ source: url, interval: "30s" });
      print((await live.refresh({ maxAge: "1m" })).pointers.greet.production);
    `);
    expect([code, output]).toEqual([0, ["v2"]]);
  });
});
