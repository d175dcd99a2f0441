// A project's own template helpers, from its module to the package and to `render`.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Diagnostic, formatPlace } from "@cuecard/model";
import { createProject, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { listWrittenFiles } from "../../project/src/build/list-written-files.js";
import { openRegistry } from "../src/index.js";
import { loadedModules } from "./loaded-modules.js";
import { type CommandResult, runCommand } from "./run-command.js";

// This file makes TypeScript programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HELPERS = `import { SYMBOL } from "./lib/symbol.ts";

/** An amount of money. */
export function currency(amount: number, options: { places?: number } = {}): string {
  if (!Number.isFinite(amount)) throw new RangeError("no finite amount");
  return SYMBOL + amount.toFixed(options.places ?? 0);
}
`;

function billRepository(): TestRepository {
  const repository = createProject({
    "cuecard.config.json": '{ "helpers": "helpers.ts", "working": true }\n',
    "helpers.ts": HELPERS,
    "lib/symbol.ts": 'export const SYMBOL: string = "$";\n',
    "prompts/bill.md": "---\ninput: { schema: { cost: number } }\n---\nIt costs {{currency cost places=2}}.",
    "prompts/greet.md": "Hello {{name}}!",
    "packages/prompts/package.json": '{ "type": "module" }',
  });
  repository.commit();
  repository.tag("bill@v1", "First version");
  return repository;
}

const dist = (dir: string, file = "") => path.join(dir, "packages/prompts/dist", file);
const cuecard = (dir: string, ...args: string[]): Promise<CommandResult> => runCommand(args, { cwd: dir });
const textOf = (file: string) => readFileSync(file, "utf8");

function cacheFiles(dir: string): string[] {
  const cache = path.join(dir, "node_modules/.cache/cuecard");
  return readdirSync(path.join(cache, readdirSync(cache)[0] ?? "")).sort();
}

describe("helpers of a project", () => {
  it("are part of the package", async () => {
    const { dir } = billRepository();
    const { code, stdout, stderr } = await cuecard(dir, "build");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("2 prompts, 1 version");
    expect((await listWrittenFiles(dist(dir, "helpers"))).map(([file]) => file)).toEqual([
      "helpers.cjs",
      "helpers.js",
      "lib/symbol.cjs",
      "lib/symbol.js",
    ]);
    expect(textOf(dist(dir, "prompts/bill.js"))).toContain('from "../helpers/helpers.js"');
    expect(textOf(dist(dir, "prompts/greet.js"))).not.toContain("helpers");
    expect(textOf(dist(dir, "prompts/bill.cjs"))).toContain('require("../helpers/helpers.cjs")');
    const module = await import(pathToFileURL(dist(dir, "helpers/helpers.js")).href);
    expect(module.currency(3, { places: 1 })).toBe("$3.0");
  });

  it("are run only by render", async () => {
    const repository = billRepository();
    const { dir } = repository;
    repository.write({ "helpers.ts": `${HELPERS}\nif (true as boolean) throw new Error("it was run");\n` });
    for (const args of [
      ["check"],
      ["build"],
      ["list"],
      ["show", "bill"],
      ["render", "greet@working", "--var", "name=Ada"],
    ]) {
      const { code, stderr } = await cuecard(dir, ...args);
      expect([args[0], code, stderr]).toEqual([args[0], 0, ""]);
    }
    const failed = await cuecard(dir, "render", "bill", "--var", "cost:=3");
    expect(failed.stderr).toContain("bill@v1 cannot be rendered: the helpers cannot be loaded: Error: it was run");
    expect(failed.code).toBe(1);
    const registry = await openRegistry({ dir });
    const refusal = async (runsHelpers: boolean) => {
      const outcome = await registry.modelRequest("bill", { cost: 3 }, { runsHelpers });
      return outcome.kind === "refused" ? outcome.problem : outcome.kind;
    };
    expect(await refusal(false)).toContain("it calls helpers of the project (currency)");
    expect(await refusal(true)).toContain("it was run");
    registry.close();
    repository.write({ "helpers.ts": HELPERS });
    expect(await cuecard(dir, "render", "bill@v1", "--var", "cost:=3")).toMatchObject({
      code: 0,
      stdout: "It costs $3.00.\n",
    });
    expect(cacheFiles(dir)).toEqual(expect.arrayContaining(["compiled.bin", "helpers.json", "output.json"]));
  });

  it("do not keep the first build from writing its cache", async () => {
    const { dir } = billRepository();
    await cuecard(dir, "build");
    expect(cacheFiles(dir)).toEqual(expect.arrayContaining(["compiled.bin", "helpers.json", "output.json"]));
  });

  it("get their named arguments as one object, which is empty if the parameter is required but no argument is passed", async () => {
    const repository = billRepository();
    repository.write({
      "helpers.ts": `${HELPERS}
export function money(amount: number, { sign = "EUR" }: { sign?: string }): string {
  return amount + sign;
}
export function rounded(amount: number, { places }: { places?: number } = { places: 3 }): string {
  return amount.toFixed(places);
}
`,
      "prompts/bill.md":
        '---\ninput: { schema: { cost: number } }\n---\n{{money cost}} {{money cost sign="$"}} {{rounded cost}} {{rounded cost places=1}}',
    });
    expect(await cuecard(repository.dir, "render", "bill@working", "--var", "cost:=3")).toMatchObject({
      code: 0,
      stdout: "3EUR 3$ 3.000 3.0\n",
    });
  });

  it("can import packages, and errors name the prompt that calls them", async () => {
    const repository = billRepository();
    const { dir } = repository;
    repository.write({
      "node_modules/money/package.json": '{ "name": "money", "type": "module", "exports": "./money.js" }',
      "node_modules/money/money.js": "export const symbol = '£';",
      "node_modules/money/money.d.ts": "export declare const symbol: string;",
      "lib/symbol.ts": 'export { symbol as SYMBOL } from "money";\n',
    });
    const rendered = await cuecard(dir, "render", "bill", "--var", "cost:=3");
    expect(rendered.stdout).toBe("It costs £3.00.\n");
    const check = await cuecard(dir, "check");
    expect(check.stdout).toContain("lib/symbol.ts:1:34");
    expect(check.stdout).toContain("helpers/missing-dependency");
    repository.write({ "helpers.ts": HELPERS.replace("!Number.isFinite(amount)", "amount === 3") });
    const failed = await cuecard(dir, "render", "bill", "--var", "cost:=3");
    expect(failed.stderr).toContain('bill@v1 cannot be rendered: the helper "currency" failed: RangeError: no finite');
    expect(failed.code).toBe(1);
  });

  it("that cannot be loaded are why examples are not compared", async () => {
    const { dir, write } = billRepository();
    write({
      "helpers.ts": `${HELPERS}\nif (true as boolean) throw new Error("no network");\n`,
      "prompts/bill.md":
        "---\ninput: { schema: { cost: number } }\nexamples: [{ name: three, input: { cost: 3 } }]\n---\nPay {{currency cost}}.",
    });
    for (const args of [
      ["diff", "bill@v1", "--rendered"],
      ["review", "--base", "HEAD", "--helpers"],
    ]) {
      const { code, stdout, stderr } = await cuecard(dir, ...args);
      expect([args[0], code, stderr]).toEqual([args[0], 0, ""]);
      expect(stdout).toContain("the helpers cannot be loaded: Error: no network");
    }
  });

  it("stop a build if they have errors, each reported once", async () => {
    const repository = billRepository();
    const { dir } = repository;
    repository.write({ "lib/symbol.ts": "export const SYMBOL: string = 1;\n" });
    for (const args of [["build"], ["check"], ["show", "bill"]]) {
      const { code, stdout, stderr } = await cuecard(dir, ...args);
      expect(stdout + stderr).toContain("lib/symbol.ts:1:14");
      expect((stdout + stderr).split("helpers/type-error")).toHaveLength(2);
      expect(stdout + stderr).not.toContain("template/");
      expect(code).toBe(1);
    }
    expect(existsSync(dist(dir))).toBe(false);
    repository.write({ "cuecard.config.json": '{ "helpers": "helper.ts" }' });
    const { stdout } = await cuecard(dir, "check");
    expect(stdout).toContain("cuecard.config.json:1:14");
    expect(stdout).toContain('did you mean "helpers.ts"?');
  });

  it("are checked by their types, also within lists and objects", async () => {
    const repository = billRepository();
    repository.write({
      "helpers.ts": `interface Row { name: string; cost?: number }
export const rows = (names: string[], order: "up" | "down"): Row[] => order === "up" ? names.map((name) => ({ name })) : [];
export const find = (name: string): Row | undefined => (name === "" ? undefined : { name, cost: 1 });
`,
      "prompts/bill.md": `---
input: { schema: { names(array): string, sums(array): number } }
---
{{#each (rows names "up")}}{{name}} {{nam}} {{cost}}{{/each}}
{{#each (rows sums "upp")}}x{{/each}}
{{#with (find "a")}}{{name}}{{/with}} {{json (find "b")}}
`,
      "prompts/greet.md": '{{#each (rows names "down")}}{{name}}{{/each}}',
    });
    const { stdout, code } = await cuecard(repository.dir, "check", "--json");
    expect(code).toBe(1);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    const found = diagnostics.filter(({ file, ref }) => file.endsWith(".md") && ref === undefined);
    expect(found.map((finding) => `${formatPlace(finding)} ${finding.message}`)).toEqual([
      'prompts/bill.md:4:39 an item of the result of "rows" has no member "nam"',
      'prompts/bill.md:4:47 "cost" may be missing here',
      'prompts/bill.md:5:15 "rows" takes a string for "names[]", not a number',
      'prompts/bill.md:5:20 "rows" takes "down" or "up" for "order", not "upp"',
      'prompts/bill.md:6:47 the result of "find" may be missing here',
    ]);
  });

  it("are not part of a version: calls of a removed helper do not compile", async () => {
    const repository = billRepository();
    const { dir } = repository;
    await cuecard(dir, "build");
    repository.write({ "helpers.ts": HELPERS.replace("currency", "money"), "prompts/bill.md": "{{money cost}}" });
    const { code, stderr } = await cuecard(dir, "build");
    expect(stderr).toContain("prompts/bill.md@v1:4:");
    expect(stderr).toContain("template/unknown-helper");
    expect(code).toBe(1);
  });
});

describe("a second build", () => {
  it("with the same helpers loads neither TypeScript nor the compiler", async () => {
    const { dir } = billRepository();
    await cuecard(dir, "build");
    await cuecard(dir, "build");
    const before = await listWrittenFiles(dist(dir));
    const { loaded, stdout } = loadedModules(["build"], dir);
    expect(stdout).toContain("(unchanged)");
    expect(loaded).toContain("packages/project/");
    for (const heavy of ["packages/build/src/compile", "src/typescript/typescript.ts"])
      expect(loaded).not.toContain(heavy);
    expect(await listWrittenFiles(dist(dir))).toEqual(before);
  });

  it("uses changes in a helper, in its imports, and in its signature", async () => {
    const repository = billRepository();
    const { dir } = repository;
    const registry = await openRegistry({ dir });
    onTestFinished(() => registry.close());
    const build = async () => {
      const { diagnostics, package: written } = await registry.build();
      return { changed: written?.changed, codes: diagnostics.map(({ code }) => code) };
    };
    expect(await build()).toMatchObject({ codes: [] });
    expect(await build()).toEqual({ changed: 0, codes: [] });
    repository.write({ "helpers.ts": HELPERS.replace("?? 0", "?? 1") });
    expect(await build()).toEqual({ changed: 2, codes: [] });
    expect(textOf(dist(dir, "helpers/helpers.js"))).toContain("?? 1");
    repository.write({ "lib/symbol.ts": 'export const SYMBOL: string = "€";\n' });
    expect(await build()).toEqual({ changed: 2, codes: [] });
    expect(textOf(dist(dir, "helpers/lib/symbol.js"))).toContain("€");
    repository.write({ "helpers.ts": HELPERS.replace("places?: number }", "places?: number; more?: string }") });
    expect(await build()).toEqual({ changed: 2, codes: [] });
    // A variable that a helper of its name takes the place of.
    repository.write({ "helpers.ts": `${HELPERS}export const name = (): string => "the helper";\n` });
    expect((await build()).changed).toBeGreaterThan(1);
    expect(textOf(dist(dir, "prompts/greet.js"))).toContain("asText($name())");
    repository.write({ "helpers.ts": HELPERS });
    await build();
    expect(textOf(dist(dir, "prompts/greet.js"))).not.toContain("$name()");
    // Without a prompt that calls one, they are not part of the package.
    repository.write({ "prompts/bill.md": "It costs {{cost}}.", "prompts/greet.md": "Hi {{name}}!" });
    repository.git("tag", "-d", "bill@v1");
    repository.git("rm", "--quiet", "--cached", "--ignore-unmatch", "prompts.lock");
    repository.write({ "prompts.lock": "" });
    await build();
    expect(existsSync(dist(dir, "helpers"))).toBe(false);
  });
});
