// One consumer (run-times/consumer.mjs), unmodified, in every run time and through every bundler that the package supports. All of them
// are real, of fixed versions; run-times/pnpm-lock.yaml has them. What a machine has no program for is skipped.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { createFolder } from "@cuecard/testing";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { repository } from "../pack-packages.js";
import { runCommand, tryCommand } from "../run-command.js";
import { type AcmeProject, createAcmeProject } from "./acme-project.js";
import { launchBrowser, serveFolder } from "./browser.js";

// This file installs and runs large programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 600_000 });

const require = createRequire(import.meta.url);
const SETUP = path.join(import.meta.dirname, "run-times");
const { platform, arch } = process;
const folder = createFolder();
/** The tools are around the project, so that bundlers find plugins and frameworks from there. */
const tools = path.join(folder, "tools");
const project = path.join(tools, "acme");
const tool = (file: string) => path.join(tools, "node_modules", file);
let acme: AcmeProject;

const EXPECTED = `checked,finance/forecast,greet,triage
Greet Ada.
Hello Ada.
Hello Ada.
May June 
1,1,2,1,2,2
undefined
PromptNotFoundError: no prompt "gret" (gret@dev): did you mean "greet"? available: checked, finance/forecast, greet, triage
PromptArgumentError: greet@half is split between versions: pass { key }, the id of a user or session
PromptInputError: the input is not valid for prompts:/greet/working:
PromptInputError: the input is not valid for prompts:/checked/working:
Code a
{"severity":"act"}
6,6,6,3,6,5,5,6
object,object,string
gen_ai.prompt.name,gen_ai.prompt.version,gen_ai.prompt.variable.alert,gen_ai.prompt.variable.image
1 2 2 undefined`;

beforeAll(async () => {
  await cp(SETUP, tools, { recursive: true });
  const pnpm = path.join(repository, "node_modules/.bin/pnpm");
  const installed = runCommand(pnpm, ["install", "--frozen-lockfile", "--prefer-offline"], { cwd: tools });
  await mkdir(project);
  acme = await createAcmeProject(project, folder);
  await writePrompts();
  await acme.run("npm", "install");
  await acme.run("npx", "cuecard", "build");
  await copyFile(path.join(SETUP, "consumer.mjs"), path.join(project, "consumer.mjs"));
  await acme.write("main.mjs", 'import { use } from "./consumer.mjs";\n\nconsole.log(await use());\n');
  await installed;
});

afterAll(() => acme?.close());

async function writePrompts(): Promise<void> {
  const commit = async (...tags: readonly string[]) => {
    await acme.run("git", "add", "--all");
    await acme.run(
      "git",
      "-c",
      "user.name=Ada",
      "-c",
      "user.email=ada@example.com",
      "commit",
      "--quiet",
      "-m",
      "Prompts",
    );
    for (const tag of tags) await acme.run("git", "tag", tag);
  };
  await commit("greet@v1");
  await acme.write("prompts/greet.md", "---\ninput: { schema: { name: string } }\n---\nHello {{name}}.\n");
  await acme.write(
    "prompts/checked.md",
    '---\ninput: { schema: { type: object, properties: { code: { type: string, pattern: "^[a-z]$" } }, required: [code] } }\n---\nCode {{code}}\n',
  );
  await acme.write(
    "prompts/triage.md",
    `---
model: openai/gpt-5
config: { temperature: 0.2 }
input: { schema: { alert: string, image: string } }
output: { schema: { severity(enum): [watch, act] } }
tools: [{ name: search, parameters: { type: object, properties: {} } }]
---
{{role "system"}}You triage alerts.
{{role "user"}}{{media url=image}}{{alert}}
`,
  );
  await commit("greet@v2");
  const dev = { dev: "working" };
  const aliases = {
    ...{ checked: dev, triage: dev, "finance/forecast": dev },
    greet: { ...dev, production: "v1", half: { v1: 1, v2: 1 } },
  };
  await acme.write("aliases.json", JSON.stringify(aliases));
}

/** Forbids what Workers and strict policies forbid: code from text. */
const NO_EVAL = "--disallow-code-generation-from-strings";

describe("Node", () => {
  it.for([20, 22, 24, 26])("%i, as an ES module", async (major, { skip }) => {
    const node = tool(`node-${major}-${platform}-${arch}/bin/node`);
    if (!existsSync(node)) skip("there is no such Node for this machine");
    expect(await runCommand(node, ["--version"], { cwd: project })).toMatch(`v${major}.`);
    expect(await runCommand(node, [NO_EVAL, "main.mjs"], { cwd: project })).toBe(`${EXPECTED}\n`);
  });

  it.for([20, 22, 24, 26])("%i, through require", async (major, { skip }) => {
    const node = tool(`node-${major}-${platform}-${arch}/bin/node`);
    if (!existsSync(node)) skip("there is no such Node for this machine");
    const source = ["consumer.mjs", "--format=cjs", "--outfile=consumer.cjs"];
    await runCommand(tool(".bin/esbuild"), source, { cwd: project });
    await acme.write("main.cjs", 'require("./consumer.cjs").use().then(console.log);\n');
    expect(await runCommand(node, [NO_EVAL, "main.cjs"], { cwd: project })).toBe(`${EXPECTED}\n`);
    // Without loading ES modules, the CommonJS form is used.
    const old = ["--no-experimental-require-module", "main.cjs"];
    expect(await runCommand(node, old, { cwd: project })).toBe(`${EXPECTED}\n`);
  });
});

const BUN = tool(`@oven/bun-${platform}-${arch === "arm64" ? "aarch64" : arch}/bin/bun`);
const DENO = tool(`@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}/deno`);
const WORKERD = tool(`@cloudflare/workerd-${platform}-${arch === "x64" ? "64" : arch}/bin/workerd`);

it("Bun", async ({ skip }) => {
  if (!existsSync(BUN)) skip("there is no Bun for this machine");
  expect(await runCommand(BUN, ["main.mjs"], { cwd: project })).toBe(`${EXPECTED}\n`);
});

it("Deno", async ({ skip }) => {
  if (!existsSync(DENO)) skip("there is no Deno for this machine");
  const env = { DENO_NO_UPDATE_CHECK: "1", DENO_DIR: path.join(folder, "deno") };
  const args = ["run", "--allow-env", "--allow-read", "--node-modules-dir=manual", "main.mjs"];
  expect(await runCommand(DENO, args, { cwd: project, env })).toBe(`${EXPECTED}\n`);
});

it("Jest, as an ES module", async () => {
  await acme.write(
    "consumer.jest.mjs",
    `import { use } from "./consumer.mjs";
test("uses the package", async () => expect(await use()).toBe(${JSON.stringify(EXPECTED)}));
`,
  );
  const config = { testMatch: ["**/*.jest.mjs"], moduleFileExtensions: ["mjs", "js"], transform: {} };
  const jest = [
    "--experimental-vm-modules",
    require.resolve("jest/bin/jest"),
    "--ci",
    `--config=${JSON.stringify(config)}`,
  ];
  const { stderr } = await tryCommand(process.execPath, jest, { cwd: project });
  expect(stderr).toContain("Tests:       1 passed, 1 total");
});

it("Vitest", async () => {
  await acme.write(
    "consumer.vitest.mjs",
    `import { use } from "./consumer.mjs";
test("uses the package", async () => expect(await use()).toBe(${JSON.stringify(EXPECTED)}));
`,
  );
  await acme.write("vitest.config.mjs", 'export default { test: { include: ["*.vitest.mjs"], globals: true } };\n');
  const vitest = [path.join(repository, "node_modules/vitest/vitest.mjs"), "run"];
  const { stdout, stderr } = await tryCommand(process.execPath, vitest, { cwd: project });
  expect(stdout + stderr).toMatch(/Tests +1 passed/);
});

describe("the generated package", () => {
  it("passes publint", async () => {
    // Not its suggestions: one is to name a version of Node, and the package is not for Node alone.
    const { messages, pkg } = await publint({ pkgDir: path.join(project, "packages/prompts"), level: "warning" });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has types that resolve as its code does", async () => {
    const dir = path.join(project, "packages/prompts");
    await runCommand("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: dir });
    const [tarball = ""] = (await readdir(folder)).filter((file) => file.endsWith(".tgz"));
    const data = await readFile(path.join(folder, tarball));
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
    if (!result.types) throw new Error("no types were found");
    expect(result.problems).toEqual([]);
  });
});

/** What every bundle must not contain. */
async function expectNoEval(dir: string): Promise<void> {
  const files = (await readdir(dir, { recursive: true })).filter((file) => /\.[cm]?js$/.test(file));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(await readFile(path.join(dir, file), "utf8")).not.toMatch(/\beval\(|new Function\b/);
}

describe("a bundle for servers", () => {
  const run = async (dir: string, file: string) => {
    await expectNoEval(path.join(project, dir));
    expect(await runCommand(process.execPath, [NO_EVAL, `${dir}/${file}`], { cwd: project })).toBe(`${EXPECTED}\n`);
  };

  it("of esbuild", async () => {
    const args = [
      "main.mjs",
      "--bundle",
      "--minify",
      "--format=esm",
      "--platform=node",
      "--outdir=esbuild",
      "--out-extension:.js=.mjs",
    ];
    await runCommand(tool(".bin/esbuild"), args, { cwd: project });
    await run("esbuild", "main.mjs");
  });

  it("of Rollup", async () => {
    await acme.write(
      "rollup.config.mjs",
      `import { nodeResolve } from "@rollup/plugin-node-resolve";
export default { input: "main.mjs", plugins: [nodeResolve()], output: { dir: "rollup", entryFileNames: "[name].mjs" } };
`,
    );
    await runCommand(tool(".bin/rollup"), ["--config", "rollup.config.mjs"], { cwd: project });
    await run("rollup", "main.mjs");
  });

  it("of Rolldown", async () => {
    const { rolldown } = await import("rolldown");
    const bundle = await rolldown({ input: path.join(project, "main.mjs"), platform: "node" });
    await bundle.write({ dir: path.join(project, "rolldown"), entryFileNames: "[name].mjs", minify: true });
    await bundle.close();
    await run("rolldown", "main.mjs");
  });

  it("of webpack", async () => {
    await acme.write(
      "webpack.mjs",
      `import webpack from "webpack";
const output = { path: import.meta.dirname + "/webpack", filename: "main.mjs", module: true, chunkFormat: "module" };
const experiments = { outputModule: true };
const options = { entry: "./main.mjs", mode: "production", target: "node20", output, experiments, performance: false };
webpack(options, (error, stats) => {
  const { errors = [], warnings = [] } = stats?.toJson() ?? {};
  for (const { message } of [...errors, ...warnings]) console.error(message);
  if (error) throw error;
});
`,
    );
    const { stderr } = await tryCommand(process.execPath, ["webpack.mjs"], { cwd: project });
    expect(stderr).toBe("");
    await run("webpack", "main.mjs");
  });
});

it("a browser, with Vite, under a strict Content-Security-Policy", async () => {
  await acme.write(
    "index.html",
    `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; require-trusted-types-for 'script'">
<pre></pre><script type="module" src="./browser.mjs"></script>`,
  );
  await acme.write(
    "browser.mjs",
    `import { use } from "./consumer.mjs";
document.querySelector("pre").textContent = await use();
document.title = "done";
`,
  );
  const vite = await tryCommand(tool(".bin/vite"), ["build", "--base=./", "--outDir=vite", "--target=es2022"], {
    cwd: project,
  });
  expect(vite.stderr.replace(/\u001b\[\d+m/g, "")).not.toMatch(/warn|error|externalized/i);
  expect(vite.code).toBe(0);
  await expectNoEval(path.join(project, "vite"));
  const server = await serveFolder(path.join(project, "vite"), "/");
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(server.url);
    await page.waitForFunction("document.title === 'done'", undefined, { timeout: 30_000 }).catch(() => {});
    expect(problems).toEqual([]);
    expect(await page.locator("pre").textContent()).toBe(EXPECTED);
  } finally {
    await browser.close();
    await server.close();
  }
});

it("workerd, which forbids code from text", async ({ skip }) => {
  if (!existsSync(WORKERD)) skip("there is no workerd for this machine");
  await acme.write(
    "worker.mjs",
    `import { use } from "./consumer.mjs";
export default {
  async test() {
    const text = await use();
    if (text !== ${JSON.stringify(EXPECTED)}) throw new Error("it printed " + text);
    let refused = false;
    try { new Function("return 1")(); } catch { refused = true; }
    if (!refused) throw new Error("code from text is allowed here");
  },
};
`,
  );
  const conditions = "--conditions=workerd,worker,browser";
  const bundle = ["worker.mjs", "--bundle", "--format=esm", conditions, "--outfile=workerd/worker.js"];
  await runCommand(tool(".bin/esbuild"), bundle, { cwd: project });
  await acme.write(
    "workerd/config.capnp",
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2025-01-01",
);
`,
  );
  const { code, stderr } = await tryCommand(WORKERD, ["test", "workerd/config.capnp"], { cwd: project });
  expect(stderr).toContain("[ PASS ] main");
  expect(code).toBe(0);
});

it("Next.js, in a server component and an edge route", async () => {
  const app = path.join(project, "next");
  await mkdir(path.join(app, "app/edge"), { recursive: true });
  await copyFile(path.join(project, "consumer.mjs"), path.join(app, "consumer.mjs"));
  const write = (file: string, text: string) => writeFile(path.join(app, file), text);
  await write("package.json", '{ "name": "site", "private": true }');
  await write("next.config.mjs", `export default { turbopack: { root: ${JSON.stringify(tools)} } };\n`);
  await write("app/layout.js", "export default ({ children }) => <html lang='en'><body>{children}</body></html>;\n");
  await write(
    "app/page.js",
    'import { use } from "../consumer.mjs";\nexport default async function Page() {\n  return <pre>{await use()}</pre>;\n}\n',
  );
  await write(
    "app/edge/route.js",
    'import { use } from "../../consumer.mjs";\nexport const runtime = "edge";\nexport const GET = async () => new Response(await use());\n',
  );
  const env = { NEXT_TELEMETRY_DISABLED: "1" };
  const built = await tryCommand(tool(".bin/next"), ["build"], { cwd: app, env });
  expect(built.stderr + (built.code === 0 ? "" : built.stdout)).not.toMatch(/error/i);
  expect(built.code).toBe(0);
  const page = await readFile(path.join(app, ".next/server/app/index.html"), "utf8");
  const text = /<pre>(.*?)<\/pre>/s.exec(page)?.[1] ?? "";
  expect(text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'")).toBe(EXPECTED);
  expect(await askNext(app, env)).toBe(EXPECTED);
});

/** What the edge route answers. */
async function askNext(app: string, env: Readonly<Record<string, string>>): Promise<string> {
  const args = [tool("next/dist/bin/next"), "start", "--port", "0", "--hostname", "127.0.0.1"];
  const { PATH = "", HOME = "" } = process.env;
  const server = spawn(process.execPath, args, {
    cwd: app,
    env: { PATH, HOME, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    let printed = "";
    for await (const chunk of server.stdout) {
      printed += String(chunk);
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
      if (url !== undefined && printed.includes("Ready")) return await (await fetch(`${url}/edge`)).text();
    }
    throw new Error(`next ended: ${printed}`);
  } finally {
    server.kill();
  }
}
