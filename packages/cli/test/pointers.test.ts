// The document that `cuecard pointers` writes, and what the runtime reads of it.

import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { createFollow } from "../../runtime/src/follow/index.js";
import { Split } from "../../runtime/src/load.js";
import { openRegistry } from "../src/index.js";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ALIASES = `{
  "greet": { "staging": "latest", "production": "v1", "dev": "working", "canary": { "v2": 10, "v1": 90 } },
  "ask": { "production": "v1" }
}
`;
const POINTERS = {
  ask: { production: "v1" },
  greet: { canary: { v1: 90, v2: 10 }, dev: "working", production: "v1", staging: "v2" },
};

const project = prepared((): TestRepository => {
  const repository = createProject();
  for (const [name, version] of [
    ["greet", 1],
    ["greet", 2],
    ["ask", 1],
  ] as const) {
    repository.write({ [`prompts/${name}.md`]: `Version ${version}` });
    repository.commit();
    repository.tag(`${name}@v${version}`, "A version");
  }
  repository.write({ "aliases.json": ALIASES });
  repository.commit("Point");
  return repository;
});

const UNTOUCHED = '{ "pointersVersion": 1, "pointers": {} }';

const run = (dir: string, ...args: readonly string[]) => runCommand(["pointers", ...args], { cwd: dir });
const read = (dir: string, file: string) => readFileSync(path.join(dir, file), "utf8");

function writeKeys(dir: string): string {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  writeFileSync(path.join(dir, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

async function followed(document: string, options: { readonly publicKey?: string } = {}) {
  const load = () => ({});
  const contracts = ['["greet",2,2,[[["production"],2]]]'];
  const follow = createFollow({ load, find: load, at: () => load, atAlias: (prompt) => prompt, Split }, contracts);
  return await follow({ source: () => document, ...options }).refresh();
}

describe("pointers", () => {
  it("prints where every alias leads, sorted and the same each time", async () => {
    const { dir } = project();
    const { code, stdout, stderr } = await run(dir);
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({ pointersVersion: 1, pointers: POINTERS });
    expect(stdout).toBe(`${JSON.stringify({ pointersVersion: 1, pointers: POINTERS }, undefined, 2)}\n`);
    expect((await run(dir)).stdout).toBe(stdout);
    expect((await followed(stdout)).pointers).toEqual({ greet: { production: "v1" } });
  });

  it("writes a file, from the folder where it runs, and not again if it is the same", async () => {
    const { dir } = project();
    mkdirSync(path.join(dir, "deploy"));
    const deploy = path.join(dir, "deploy");
    expect((await run(deploy, "--out", "pointers.json", "--sequence", "42")).stdout).toBe(
      "✓ pointers.json: 5 aliases of 2 prompts, sequence 42\n",
    );
    expect(JSON.parse(read(dir, "deploy/pointers.json"))).toEqual({
      pointersVersion: 1,
      sequence: 42,
      pointers: POINTERS,
    });
    const { mtimeMs } = statSync(path.join(deploy, "pointers.json"));
    expect((await run(deploy, "--out", "pointers.json", "--sequence", "42")).stdout).toContain(", unchanged\n");
    expect(statSync(path.join(deploy, "pointers.json")).mtimeMs).toBe(mtimeMs);
  });

  it("signs, and services that have the public key accept it", async () => {
    const { dir } = project();
    const publicKey = writeKeys(dir);
    const { stdout } = await run(dir, "--out", "pointers.json", "--sign", "key.pem", "--sequence", "7");
    expect(stdout).toBe("✓ pointers.json: 5 aliases of 2 prompts, sequence 7, signed\n");
    const document = read(dir, "pointers.json");
    const { pointers, sequence, lastError } = await followed(document, { publicKey });
    expect([pointers, sequence, lastError]).toEqual([{ greet: { production: "v1" } }, 7, undefined]);
    const { lastError: forged } = await followed(document.replace("v1", "v2"), { publicKey });
    expect(forged?.code).toBe("signature");
  });

  const ed = generateKeyPairSync("ed25519");
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  it.each<[problem: string, key: string | Buffer | undefined]>([
    ["it cannot be read (ENOENT", undefined],
    ["it is not a private key in PEM", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"],
    ["it is not a private key in PEM", ""],
    ["it is a public key", ed.publicKey.export({ type: "spki", format: "pem" })],
    ["it is an SSH key", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"],
    [
      "it is encrypted with a passphrase",
      ed.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" }),
    ],
    ["it is a key of the kind ec", ec.privateKey.export({ type: "pkcs8", format: "pem" })],
    ["it is a key of the kind rsa", rsa.privateKey.export({ type: "pkcs8", format: "pem" })],
  ])("refuses other keys: %s", async (problem, key) => {
    const { dir } = project();
    if (key !== undefined) writeFileSync(path.join(dir, "key.pem"), key);
    const { code, stderr } = await run(dir, "--out", "pointers.json", "--sign", "key.pem");
    expect(code).toBe(1);
    expect(stderr).toContain(`key.pem cannot sign pointers: ${problem}`);
    expect(() => read(dir, "pointers.json")).toThrow("ENOENT");
  });

  it("writes nothing if aliases.json has a mistake, or the file cannot be written", async () => {
    const { dir, write } = project();
    const missing = await run(dir, "--out", "nothing/pointers.json");
    expect([missing.code, missing.stderr]).toEqual([
      1,
      expect.stringContaining("nothing/pointers.json could not be written"),
    ]);
    write({ "aliases.json": ALIASES.replace("90", "0") });
    const wrong = await run(dir, "--out", "pointers.json");
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining("the weight of v1 must be a positive integer"),
    ]);
    write({ "aliases.json": '{ "greet": { "production": "v9" } }' });
    expect((await run(dir)).stdout).toBe("");
    expect(() => read(dir, "pointers.json")).toThrow("ENOENT");
  });

  it("replaces a link instead of writing where it leads", async () => {
    const { dir } = project();
    writeFileSync(path.join(dir, "other.json"), UNTOUCHED);
    symlinkSync("other.json", path.join(dir, "pointers.json"));
    expect((await run(dir, "--out", "pointers.json")).code).toBe(0);
    expect(read(dir, "other.json")).toBe(UNTOUCHED);
  });

  it("replaces only what it wrote itself", async () => {
    const { dir, write } = project();
    writeKeys(dir);
    write({ "package.json": "{}", "page.html": "<p>", "deploy.json": '{"payload":"x"}', "list.json": "[]" });
    symlinkSync("key.pem", path.join(dir, "link.pem"));
    for (const file of [
      "key.pem",
      "link.pem",
      "aliases.json",
      "prompts/greet.md",
      "package.json",
      "page.html",
      "deploy.json",
      "list.json",
    ]) {
      const before = read(dir, file);
      const { code, stdout, stderr } = await run(dir, "--sign", "key.pem", "--out", file);
      expect([code, stdout, stderr]).toEqual([
        1,
        "",
        expect.stringContaining(`${file} is not replaced: it is not a document that \`cuecard pointers\` wrote`),
      ]);
      expect(read(dir, file)).toBe(before);
    }
    const folder = await run(dir, "--out", "prompts");
    expect([folder.code, folder.stderr]).toEqual([
      1,
      expect.stringContaining("prompts is not replaced: it is a folder"),
    ]);
    const own = await run(dir, "--out", ".");
    expect([own.code, own.stderr]).toEqual([1, expect.stringContaining("is not replaced: it is a folder")]);
  });

  it("replaces signed documents by others, and empty files", async () => {
    const { dir, write } = project();
    writeKeys(dir);
    write({ "pointers.json": "" });
    for (const args of [[], ["--sign", "key.pem"], ["--sequence", "2"]]) {
      const { code, stdout } = await run(dir, "--out", "pointers.json", ...args);
      expect([code, stdout]).toEqual([0, expect.not.stringContaining("unchanged")]);
    }
  });

  it.each(["-1", "1.5", "", "x", "9007199254740992"])("refuses the sequence %j", async (sequence) => {
    const { code, stderr } = await run(project().dir, `--sequence=${sequence}`);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`--sequence is "${sequence}": pass an integer`)]);
  });

  it("is a function of a registry", async () => {
    const registry = await openRegistry({ dir: project().dir });
    const { document } = await registry.pointers({ sequence: 3 });
    expect([document?.aliases, document?.prompts, document?.written]).toEqual([5, 2, false]);
    const { diagnostics } = await registry.pointers({ sequence: -3 });
    expect(diagnostics[0]?.message).toContain("must be an integer from 0 to 2^53 - 1");
    registry.close();
  });
});
