// From an empty repository to a typed call, as a newcomer does it: with the packages as they are published, installed from
// a registry.

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packPackages } from "../pack-packages.js";
import { type PackageRegistry, startPackageRegistry } from "../package-registry.js";
import { runCommand, tryCommand } from "../run-command.js";
import { compilers, typeCheck } from "../type-check.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const folder = createFolder();
const project = path.join(folder, "acme");
let registry: PackageRegistry;

const npm = (...args: string[]) => runCommand("npm", args, { cwd: project, env: registry.env });
const cuecard = (...args: string[]) => runCommand("npx", ["cuecard", ...args], { cwd: project, env: registry.env });
const git = (...args: string[]) => runCommand("git", args, { cwd: project });
const write = (file: string, text: string) => writeFile(path.join(project, file), text);
const read = (file: string) => readFile(path.join(project, file), "utf8");

beforeAll(async () => {
  await mkdir(project);
  registry = await startPackageRegistry(path.join(folder, "registry"));
  for (const packed of await packPackages(path.join(folder, "packed"))) await registry.publish(packed);

  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Ada");
  await git("config", "user.email", "ada@example.com");
  await npm("install", "--save-dev", "cuecard");
  await cuecard("init", "--yes");
  await npm("install");

  await write("prompts/greet.md", "---\ninput:\n  schema:\n    name: string\n---\nGreet {{name}}.\n");
  await release("Add a greeting", "greet@v1");
  const second =
    "---\ninput:\n  schema:\n    name: string\n    visits: integer\n---\nGreet {{name}}, visit {{visits}}.\n";
  await write("prompts/greet.md", second);
  await release("Count visits", "greet@v2");
  await write("aliases.json", JSON.stringify({ greet: { production: "v1", staging: "v2" } }));
  await cuecard("build");
  await writeConsumer();
}, 300_000);

afterAll(() => registry?.close());

/** A service that calls the prompts rightly, and beside it one file a mistake. */
async function writeConsumer(): Promise<void> {
  await mkdir(path.join(project, "service", "wrong"), { recursive: true });
  const compilerOptions = { target: "es2022", lib: ["es2022", "dom"], module: "nodenext", strict: true, types: [] };
  const strict = { ...compilerOptions, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  await write("service/tsconfig.json", JSON.stringify({ compilerOptions: strict, include: ["*.ts"] }));
  await write("service/main.ts", RIGHT);
  await write("service/wrong/tsconfig.json", JSON.stringify({ compilerOptions: strict, include: ["*.ts"] }));
  for (const { mistake, call } of wrongCalls)
    await write(`service/wrong/${fileOf(mistake)}`, `import { load } from "@acme/prompts";\n\n${call};\n`);
}

const RIGHT = `import { load, type Prompts } from "@acme/prompts";
import { v2 } from "@acme/prompts/greet";

const alias: "production" | "staging" = process.argv.length > 2 ? "staging" : "production";
declare const process: { argv: string[] };
const shown: string[] = [
  load("greet", "production").format({ name: "Ada" }),
  load("greet", "staging").format({ name: "Ada", visits: 2 }),
  load("greet", "latest").format({ name: "Ada", visits: 3 }),
  load("greet", "v1").format({ name: "Ada" }),
  load("greet", 2).format({ name: "Ada", visits: 4 }),
  load("prompts:/greet@production").format({ name: "Ada" }),
  load("prompts:/greet/2").format({ name: "Ada", visits: 5 }),
  load("greet", alias).format({ name: "Ada", visits: 6 }),
  v2.format({ name: "Ada", visits: 7 }),
];
const name: keyof Prompts = "greet";
const { version, uri, commit } = load(name, "production");
console.log(JSON.stringify({ shown, version, uri, commit }));
`;

const wrongCalls: readonly { readonly mistake: string; readonly call: string; readonly names: string }[] = [
  { mistake: "missing variable", call: 'load("greet", "staging").format({ name: "Ada" })', names: "visits" },
  { mistake: "no input at all", call: 'load("greet", "production").format()', names: "arguments, but got 0" },
  { mistake: "misspelt variable", call: 'load("greet", "production").format({ nmae: "Ada" })', names: "nmae" },
  { mistake: "wrong type", call: 'load("greet", "staging").format({ name: "Ada", visits: "twice" })', names: "visits" },
  { mistake: "unknown prompt", call: 'load("great", "production")', names: "great" },
  { mistake: "unknown alias", call: 'load("greet", "prod")', names: "prod" },
  { mistake: "unknown version", call: 'load("greet", "v3")', names: "v3" },
  { mistake: "unknown version number", call: 'load("greet", 3)', names: "3" },
  { mistake: "unknown prompt in a URI", call: 'load("prompts:/great/1")', names: "great" },
  { mistake: "unknown alias in a URI", call: 'load("prompts:/greet@prod")', names: "prod" },
  { mistake: "unknown version in a URI", call: 'load("prompts:/greet/3")', names: "v3" },
  { mistake: "unknown entry point", call: 'import("@acme/prompts/great")', names: "great" },
];

function fileOf(mistake: string): string {
  return `${mistake.toLowerCase().replaceAll(" ", "-")}.ts`;
}

async function release(message: string, tag: string): Promise<void> {
  await git("add", "--all");
  await git("commit", "--quiet", "--message", message);
  await git("tag", tag);
}

describe("the repository", () => {
  it("holds what init wrote, with schemas that are there", async () => {
    for (const file of ["cuecard.config.json", "packages/prompts/package.json", ".github/workflows/prompts.yml"])
      expect(await read(file)).not.toBe("");
    const { $schema } = JSON.parse(await read("cuecard.config.json")) as { $schema: string };
    expect(JSON.parse(await read($schema))).toHaveProperty("properties");
  });

  it("locks both versions, and leaves nothing but the lock and the alias uncommitted", async () => {
    const locked = (await read("prompts.lock")).match(/^greet@v\d+ [0-9a-f]{40} sha256-\S+/gm);
    expect(locked?.map((line) => line.split(" ")[0])).toEqual(["greet@v1", "greet@v2"]);
    expect((await git("status", "--porcelain", "--", ":!service")).trim().split("\n")).toEqual([
      "M aliases.json",
      "?? prompts.lock",
    ]);
  });
});

describe.each(compilers)("the typed package under %s", (compiler) => {
  it("takes every right call, and the compiled service renders the released versions", async () => {
    expect(await typeCheck(compiler, path.join(project, "service"), ["--outDir", "built"])).toEqual([]);
    const main = path.join(project, "service", "built", "main.js");
    const commit = (await git("rev-parse", "greet@v1^{commit}")).trim();
    for (const flags of [[], ["--disallow-code-generation-from-strings"]]) {
      const output = await runCommand(process.execPath, [...flags, main], { cwd: project });
      expect(JSON.parse(output)).toEqual({
        shown: [
          "Greet Ada.",
          "Greet Ada, visit 2.",
          "Greet Ada, visit 3.",
          "Greet Ada.",
          "Greet Ada, visit 4.",
          "Greet Ada.",
          "Greet Ada, visit 5.",
          "Greet Ada.",
          "Greet Ada, visit 7.",
        ],
        version: 1,
        uri: "prompts:/greet/1",
        commit,
      });
    }
  });

  it("refuses every wrong call at its place, naming what is wrong", async () => {
    const errors = await typeCheck(compiler, path.join(project, "service", "wrong"), ["--noEmit"]);
    const found = wrongCalls.map(({ mistake, call, names }) => {
      const own = errors.filter(({ file }) => file === fileOf(mistake));
      const named = own.some(
        ({ line, column, message }) =>
          line === 3 && (message.includes(names) || call.slice(column - 1).startsWith(names)),
      );
      return { mistake, errors: own.length, named, message: own[0]?.message };
    });
    expect(found).toEqual(
      wrongCalls.map(({ mistake }) => ({ mistake, errors: 1, named: true, message: expect.any(String) })),
    );
  });
});

it("tells untyped callers everything that is wrong with an input", async () => {
  await write(
    "service/untyped.mjs",
    'import { load } from "@acme/prompts";\nload("greet", "staging").format({ nmae: "Ada", visits: "twice" });\n',
  );
  const { code, stderr } = await tryCommand(process.execPath, ["service/untyped.mjs"], { cwd: project });
  expect(code).toBe(1);
  expect(stderr).toContain("PromptInputError");
  expect(stderr).toMatch(/name: expected .*, got nothing; "nmae" was given: did you mean "name"\?/);
  expect(stderr).toContain("visits: expected");
});

it("builds the same package in a clone without tags", async () => {
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Point environments at versions");
  const clone = path.join(folder, "clone");
  await runCommand("git", ["clone", "--quiet", "--no-tags", project, clone], { cwd: folder });
  await runCommand("npx", ["cuecard", "build", "--frozen", "--cwd", clone], { cwd: project, env: registry.env });
  for (const file of ["index.js", "index.d.ts", "manifest.json", "prompts/greet.js", "prompts/greet.d.ts"]) {
    const built = await readFile(path.join(clone, "packages/prompts/dist", file), "utf8");
    expect(built, file).toBe(await read(`packages/prompts/dist/${file}`));
  }
});

it("checks a shallow clone with the action that init wrote and the cuecard that it names", async () => {
  const clone = path.join(folder, "shallow");
  await runCommand("git", ["clone", "--quiet", "--no-tags", "--depth=1", `file://${project}`, clone], { cwd: folder });
  const version = /default: "(\d\S+)"/.exec(await read(".github/actions/cuecard/action.yml"))?.[1] ?? "";
  const env = { ...registry.env, CI: "true", GITHUB_WORKSPACE: clone, RUNNER_TEMP: folder, CUECARD_VERSION: version };
  const step = (script: string) => tryCommand("bash", [`.github/actions/cuecard/${script}`], { cwd: clone, env });
  const fetched = "Fetching the history\nFetching 2 version tags\n";
  expect(await step("fetch-versions.sh")).toMatchObject({ code: 0, stdout: fetched });
  const { code, stdout } = await step("check.sh");
  expect(stdout).toContain("✓ 1 prompt, 2 versions checked");
  expect(code).toBe(0);
});

it("renders on the command line what the service gets", async () => {
  expect(await cuecard("render", "greet@production", "--var", "name=Ada")).toBe("Greet Ada.\n");
});
