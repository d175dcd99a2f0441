// What loads and reads the generated package besides Node and the newest compilers: Jest, older compilers and module resolutions,
// Deno, and an old version of Node. Everything is installed as users install it.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runCommand, tryCommand } from "../run-command.js";
import { compilers, olderCompilers, typeCheck } from "../type-check.js";
import { type AcmeProject, createAcmeProject } from "./acme-project.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const OLD_NODE = `node-${process.platform}-${process.arch}`;
const TOOLS = [`${OLD_NODE}@18.20.8`, "deno@2.9.6"];
const require = createRequire(import.meta.url);
const jest = require.resolve("jest/bin/jest");

const folder = createFolder();
const project = path.join(folder, "acme");
const tool = (file: string) => path.join(folder, "tools/node_modules", file);
let acme: AcmeProject;

beforeAll(async () => {
  await mkdir(path.join(folder, "tools"));
  const tools = path.join(folder, "tools");
  await writeFile(path.join(tools, "package.json"), "{}");
  const installed = (async () => {
    // One after the other: a machine may lack one of them.
    for (const name of TOOLS)
      await tryCommand("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", name], { cwd: tools });
  })();
  acme = await createAcmeProject(project, folder);
  await write("aliases.json", '{ "greet": { "dev": "working" }, "finance/forecast": { "dev": "working" } }');
  await acme.run("npm", "install");
  await acme.run("npx", "cuecard", "build");
  await installed;
});

afterAll(() => acme?.close());

async function write(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(project, file)), { recursive: true });
  await writeFile(path.join(project, file), text);
}

const USE = `import { load, PromptInputError, type PromptInput } from "@acme/prompts";
import { dev } from "@acme/prompts/finance/forecast";
import { prompts } from "@acme/prompts/follow";
import { toOpenAiChat } from "@cuecard/runtime/openai";
import { withFlags } from "@cuecard/runtime/openfeature";

declare const console: { log(...values: unknown[]): void };
const input: PromptInput<"greet", "dev"> = { name: "Ada" };
const text: string = load("greet", "dev").format(input);
console.log(text, dev.format({ months: ["May"] }), PromptInputError.name);
// @ts-expect-error: the prompt needs its name
const unnamed = () => load("greet", "dev").format({});
// @ts-expect-error: months is a list
const single = () => dev.format({ months: "May" });
const request = toOpenAiChat(load("greet", "dev"), { name: "Ada" });
const contents: readonly unknown[] = request.messages.map(({ content }) => content);
const flags = withFlags(prompts, { getStringDetails: (flagKey: string) => ({ flagKey, value: "" }) });
const flagged = flags.load("f", { targetingKey: "a" }, (load) => load("greet", "dev"));
const version: Promise<"working"> = flagged.then(({ prompt }) => prompt.version);
void [unnamed, single, contents, version];
`;

it("runs tests in Jest without any settings", async () => {
  await write(
    "service/greet.test.js",
    `jest.mock("@acme/prompts", () => {
  const prompts = jest.requireActual("@acme/prompts");
  return { ...prompts, load: jest.fn(prompts.load) };
});
const { load, PromptInputError } = require("@acme/prompts");
const forecast = require("@acme/prompts/finance/forecast");

test("renders", () => {
  expect(load("greet", "dev").format({ name: "Ada" })).toBe("Greet Ada.");
  expect(forecast.dev.format({ months: ["May", "June"] })).toBe("May June ");
  expect(load("finance/forecast", "dev")).toBe(forecast.dev);
});

test("refuses a wrong input", () => {
  expect(() => load("greet", "dev").format({ nmae: "Ada" })).toThrow(PromptInputError);
});

test("can be replaced", () => {
  load.mockReturnValueOnce({ format: () => "Hi" });
  expect(load("greet", "dev").format({ name: "Ada" })).toBe("Hi");
});
`,
  );
  const { code, stderr } = await tryCommand(process.execPath, [jest, "--ci"], { cwd: project });
  expect(stderr).toContain("Tests:       3 passed, 3 total");
  expect(code).toBe(0);
});

it("has one copy in a process that imports and requires it", async () => {
  await write(
    "service/both.mjs",
    `import * as imported from "@acme/prompts";
import * as forecast from "@acme/prompts/finance/forecast";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const required = require("@acme/prompts");
console.log(required.load === imported.load, required.PromptInputError === imported.PromptInputError);
console.log(require("@acme/prompts/finance/forecast").dev === forecast.dev);
`,
  );
  expect(await runCommand(process.execPath, ["service/both.mjs"], { cwd: project })).toBe("true true\ntrue\n");
  await write(
    "service/require.cjs",
    `console.log(require("@acme/prompts").load("greet", "dev").format({ name: "Ada" }));`,
  );
  const withoutModules = ["--no-experimental-require-module", "service/require.cjs"];
  expect(await runCommand(process.execPath, withoutModules, { cwd: project })).toBe("Greet Ada.\n");
});

const STRICT = {
  ...{ target: "es2022", lib: ["es2022"], types: [], strict: true, exactOptionalPropertyTypes: true },
  ...{ skipLibCheck: false, noEmit: true },
};
const SETTINGS = [
  ["nodenext, as an ES module and as CommonJS", ["use.mts", "use.cts"], { module: "nodenext" }],
  ["bundler", ["use.ts"], { module: "esnext", moduleResolution: "bundler" }],
  ["node10", ["use.ts"], { module: "commonjs", moduleResolution: "node10" }],
] as const;

describe.each([...olderCompilers, ...compilers])("the types under %s", (compiler) => {
  it.each(SETTINGS)("with %s", async (name, files, options) => {
    // TypeScript 6 needs to be told that node10 is meant, and TypeScript 7 does not have it.
    if (name === "node10" && compiler === "typescript7") return;
    const ignored = name === "node10" && compiler === "typescript" ? { ignoreDeprecations: "6.0" } : {};
    const dir = `service/${compiler}-${name.replace(/\W.*/, "")}`;
    for (const file of files) await write(`${dir}/${file}`, USE);
    await write(
      `${dir}/tsconfig.json`,
      JSON.stringify({ compilerOptions: { ...STRICT, ...options, ...ignored }, files }),
    );
    expect(await typeCheck(compiler, path.join(project, dir), [])).toEqual([]);
  });
});

it("runs in a CommonJS module that TypeScript compiled", async () => {
  await write("service/cjs/use.cts", USE);
  const compilerOptions = { ...STRICT, noEmit: false, module: "nodenext", outDir: "out" };
  await write("service/cjs/tsconfig.json", JSON.stringify({ compilerOptions, files: ["use.cts"] }));
  expect(await typeCheck("typescript", path.join(project, "service/cjs"), [])).toEqual([]);
  for (const option of ["--no-warnings", "--no-experimental-require-module"])
    expect(await runCommand(process.execPath, [option, "service/cjs/out/use.cjs"], { cwd: project })).toBe(
      "Greet Ada. May  PromptInputError\n",
    );
});

it("is checked and run by Deno", async ({ skip }) => {
  const deno = tool(".bin/deno");
  if (!existsSync(deno)) skip("Deno could not be installed");
  await write("service/use.ts", USE);
  const options = { cwd: project, env: { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: path.join(folder, "deno") } };
  expect(await tryCommand(deno, ["check", "--node-modules-dir=manual", "service/use.ts"], options)).toMatchObject({
    code: 0,
  });
  const printed = await runCommand(deno, ["run", "--node-modules-dir=manual", "service/use.ts"], options);
  expect(printed).toBe("Greet Ada. May  PromptInputError\n");
});

it("names the version of Node that the command line needs, where Node is older", async ({ skip }) => {
  const node = tool(`${OLD_NODE}/bin/node`);
  if (!existsSync(node)) skip("Node 18 could not be installed");
  const bin = path.join(project, "node_modules/cuecard/bin/cuecard.js");
  expect(await tryCommand(node, [bin, "list"], { cwd: project })).toEqual({
    code: 1,
    stdout: "",
    stderr: "cuecard needs Node 20.19 or later; this is 18.20.8\n",
  });
});
